"""From a file's bytes to its sheets, whatever kind of workbook they are. Runs in the reading process alone."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from python_calamine import CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from beicha.intake.asides import Aside, Look, look_at_compound, look_at_package
from beicha.intake.binary_records import Cell
from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.encodings import decoded
from beicha.intake.far_cells import far_in_document, far_in_sheet
from beicha.intake.guard import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FILLED,
    MOST_MERGES,
    MOST_ROWS,
    MOST_SHEETS,
    open_parts,
)
from beicha.intake.kinds import kind_of, kind_of_text
from beicha.intake.old_workbooks import as_chinese, as_western, is_locked
from beicha.intake.package import LONGEST_TEXT, Parts, counts_since_1904, may_hold_long_text
from beicha.intake.separated import read_separated
from beicha.intake.web_tables import read_page
from beicha.intake.xml_workbooks import as_package, read_xml_workbook

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_VISIBLE = SheetVisibleEnum.Visible
_ENCRYPTED = b"encryption-data"
_VBA = "_VBA_PROJECT".encode("utf-16-le")


def open_book(content: bytes) -> Book | Refusal:
    """The sheets in the bytes, or why there are none. Whatever the bytes hold, it raises nothing."""
    kind = kind_of(content)
    if isinstance(kind, Refusal):
        return kind
    if kind == "text":
        book = _open_text(content)
    elif kind == "zip":
        book = _open_package(content)
    else:
        book = _open_compound(content)
    return _refuse_filling(book) or book if isinstance(book, Book) else book


def _open_compound(content: bytes) -> Book | Refusal:
    if is_locked(content):
        return Refusal("encrypted")
    notes = ("macros_ignored",) if _VBA in content else ()
    western, look = as_western(content), look_at_compound(content)
    if western is None:
        return _read_cells(content, look, notes)
    book = _read_cells(western, look, notes)
    return as_chinese(book) if isinstance(book, Book) else book


def _open_text(content: bytes) -> Book | Refusal:
    text = decoded(content)
    if text is None:
        return Refusal("not_a_workbook")
    kind = kind_of_text(text)
    if kind == "separated":
        return read_separated(text)
    if kind == "page":
        return read_page(text)
    if kind == "xml_workbook":
        return read_xml_workbook(text)
    package = as_package(text) if kind == "flat" else Refusal("not_a_workbook")
    return package if isinstance(package, Refusal) else _open_package(package)


def _open_package(content: bytes) -> Book | Refusal:
    parts = open_parts(content)
    if isinstance(parts, Refusal):
        return parts
    if parts.get("mimetype", _SPREADSHEET)[: len(_SPREADSHEET)] != _SPREADSHEET:
        return Refusal("is_document")
    if _ENCRYPTED in parts.get("META-INF/manifest.xml", b""):
        return Refusal("encrypted")
    notes = ("macros_ignored",) if any(name.endswith("vbaProject.bin") for name in parts) else ()
    far = far_in_document(parts.get("content.xml", b""))
    book = far or _read_cells(content, look_at_package(parts), notes, parts)
    return _since_1904(book) if isinstance(book, Book) and counts_since_1904(parts) else book


def _since_1904(book: Book) -> Book:
    """The book with the word of its sheets that days count from 1904 on."""
    sheets = tuple(replace(sheet, since_1904=True) for sheet in book.sheets)
    return replace(book, sheets=sheets, notes=(*book.notes, "dates_since_1904"))


def _refuse_filling(book: Book) -> Refusal | None:
    """Why the filled cells of a book are too many, or none at all."""
    rows = [row for sheet in book.sheets for row in sheet.rows]
    if sum(map(len, rows)) > MOST_FILLED and sum(len(row) - row.count("") for row in rows) > MOST_FILLED:
        return Refusal("too_much_inside", {"what": "cells"})
    if any(sheet.unstored for sheet in book.sheets) or any(cell != "" for row in rows for cell in row):
        return None
    return Refusal("only_pictures" if any(sheet.pictures for sheet in book.sheets) else "workbook_blank")


def _has_long_text(book: Book) -> bool:
    cells = (cell for sheet in book.sheets for row in sheet.rows for cell in row)
    return any(cell.__class__ is str and len(cell) > LONGEST_TEXT for cell in cells)


def _read_cells(content: bytes, look: Look, notes: tuple[str, ...], parts: Parts | None = None) -> Book | Refusal:
    try:
        book = _sheets(content, look, notes)
    except PasswordError:
        return Refusal("encrypted")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the reader is no Exception
        return Refusal("damaged")
    if isinstance(book, Book) and may_hold_long_text(parts or {}) and _has_long_text(book):
        return Refusal("too_much_inside", {"what": "text"})
    return book


def _sheets(content: bytes, look: Look, notes: tuple[str, ...]) -> Book | Refusal:
    workbook = load_workbook(BytesIO(content))
    kept = [(at, data) for at, data in enumerate(workbook.sheets_metadata) if data.typ == SheetTypeEnum.WorkSheet]
    if len(kept) > MOST_SHEETS:
        return Refusal("too_much_inside", {"what": "sheets"})
    sheets, cells = [], 0
    for position, data in kept:
        far = far_in_sheet(look.parts[position], data.name) if position < len(look.parts) else None
        if far:
            return far
        sheet = workbook.get_sheet_by_index(position)
        cells += _size(sheet)
        if cells > MOST_CELLS or _reaches_too_far(sheet):
            return Refusal("too_much_inside", {"what": "cells"})
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append(_sheet(sheet, rows, look.aside(position, rows), is_hidden=data.visible != _VISIBLE))
    return Book("workbook", tuple(sheets), notes)


def _size(sheet: CalamineSheet) -> int:
    return (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end else 0


def _reaches_too_far(sheet: CalamineSheet) -> bool:
    if sheet.end and (sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS):
        return True
    return len(_merges(sheet)) > MOST_MERGES


def _merges(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _sheet(sheet: CalamineSheet, rows: list[list[Any]], aside: Aside, *, is_hidden: bool) -> Sheet:
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in _merges(sheet))
    _write_errors(rows, aside.errors)
    lines = aside.hidden_rows, aside.hidden_columns
    return Sheet(sheet.name, rows, merged, is_hidden, *lines, aside.pictures, aside.unstored, aside.unplaced)


def _write_errors(rows: list[list[Any]], errors: Iterable[tuple[Cell, str]]) -> None:
    """Puts the errors of formulas, which the reader takes for blanks and some programs keep as 0, into their cells."""
    for (row, column), text in errors:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] in ("", 0):
            rows[row][column] = text
