"""From a file's bytes to its sheets, whatever kind of workbook they are. Runs in the reading process alone."""

from io import BytesIO

from python_calamine import CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.guard import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    MOST_SHEETS,
    kind_of,
    open_parts,
)
from beicha.intake.hidden import Hidden, hidden_lines
from beicha.intake.separated import read_separated


def open_book(content: bytes) -> Book | Refusal:
    """The sheets in the bytes, or why there are none. Whatever the bytes hold, it raises nothing."""
    kind = kind_of(content)
    if isinstance(kind, Refusal):
        return kind
    if kind == "text":
        return read_separated(content)
    hidden: Hidden = {}
    if kind == "zip":
        parts = open_parts(content)
        if isinstance(parts, Refusal):
            return parts
        hidden = hidden_lines(parts)
        del parts
    return _read_cells(content, hidden)


def _read_cells(content: bytes, hidden: Hidden) -> Book | Refusal:
    try:
        return _sheets(content, hidden)
    except PasswordError:
        return Refusal("encrypted")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the reader is no Exception
        return Refusal("damaged")


def _sheets(content: bytes, hidden: Hidden) -> Book | Refusal:
    workbook = load_workbook(BytesIO(content))
    kept = [(at, data) for at, data in enumerate(workbook.sheets_metadata) if data.typ == SheetTypeEnum.WorkSheet]
    if len(kept) > MOST_SHEETS:
        return Refusal("too_much_inside", {"what": "sheets"})
    sheets, cells = [], 0
    for position, data in kept:
        sheet = workbook.get_sheet_by_index(position)
        cells += _size(sheet)
        if cells > MOST_CELLS or _reaches_too_far(sheet):
            return Refusal("too_much_inside", {"what": "cells"})
        visible = data.visible == SheetVisibleEnum.Visible
        sheets.append(_sheet(sheet, not visible, hidden.get(position, ((), ()))))
    return Book("workbook", tuple(sheets))


def _size(sheet: CalamineSheet) -> int:
    return (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end else 0


def _reaches_too_far(sheet: CalamineSheet) -> bool:
    if sheet.end and (sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS):
        return True
    return len(_merges(sheet)) > MOST_MERGES


def _merges(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _sheet(sheet: CalamineSheet, is_hidden: bool, lines: tuple[tuple[int, ...], tuple[int, ...]]) -> Sheet:
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in _merges(sheet))
    return Sheet(sheet.name, sheet.to_python(skip_empty_area=False), merged, is_hidden, *lines)
