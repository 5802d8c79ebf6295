"""From a file's bytes to its sheets, whatever kind of workbook they are. Runs in the reading process alone."""

from io import BytesIO
from itertools import islice
from typing import Any

from python_calamine import CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from beicha.intake.anchors import pictures_by_formula, pictures_of
from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.formulas import error_cells, unstored_cells
from beicha.intake.guard import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    MOST_SHEETS,
    kind_of,
    open_parts,
)
from beicha.intake.hidden import hidden_columns, hidden_rows
from beicha.intake.package import Parts, sheet_parts
from beicha.intake.separated import read_separated


def open_book(content: bytes) -> Book | Refusal:
    """The sheets in the bytes, or why there are none. Whatever the bytes hold, it raises nothing."""
    kind = kind_of(content)
    if isinstance(kind, Refusal):
        return kind
    if kind == "text":
        return read_separated(content)
    parts = open_parts(content) if kind == "zip" else {}
    return parts if isinstance(parts, Refusal) else _read_cells(content, parts)


def _read_cells(content: bytes, parts: Parts) -> Book | Refusal:
    try:
        return _sheets(content, parts)
    except PasswordError:
        return Refusal("encrypted")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the reader is no Exception
        return Refusal("damaged")


def _sheets(content: bytes, parts: Parts) -> Book | Refusal:
    workbook = load_workbook(BytesIO(content))
    kept = [(at, data) for at, data in enumerate(workbook.sheets_metadata) if data.typ == SheetTypeEnum.WorkSheet]
    if len(kept) > MOST_SHEETS:
        return Refusal("too_much_inside", {"what": "sheets"})
    names = dict(enumerate(sheet_parts(parts)))
    sheets, cells = [], 0
    for position, data in kept:
        sheet = workbook.get_sheet_by_index(position)
        cells += _size(sheet)
        if cells > MOST_CELLS or _reaches_too_far(sheet):
            return Refusal("too_much_inside", {"what": "cells"})
        visible = data.visible == SheetVisibleEnum.Visible
        sheets.append(_sheet(sheet, not visible, parts, names.get(position, "")))
    return Book("workbook", tuple(sheets))


def _size(sheet: CalamineSheet) -> int:
    return (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end else 0


def _reaches_too_far(sheet: CalamineSheet) -> bool:
    if sheet.end and (sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS):
        return True
    return len(_merges(sheet)) > MOST_MERGES


def _merges(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _sheet(sheet: CalamineSheet, is_hidden: bool, parts: Parts, name: str) -> Sheet:
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in _merges(sheet))
    rows, part = sheet.to_python(skip_empty_area=False), parts.get(name, b"")
    _write_errors(rows, part)
    lines = hidden_rows(part), hidden_columns(part)
    pictures = pictures_of(parts, name, rows) if parts else pictures_by_formula(rows)
    unstored = islice(unstored_cells(part), MOST_CELLS)
    return Sheet(sheet.name, rows, merged, is_hidden, *lines, pictures, tuple(unstored))


def _write_errors(rows: list[list[Any]], part: bytes) -> None:
    """Puts the errors of formulas, which the reader takes for blanks, into their cells."""
    for (row, column), text in error_cells(part):
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = text
