"""A workbook made anew from the values of one that is no package of XML parts: .xls, .xlsb, .ods, text."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.checked.marks import Marks, SheetMarks
from beicha.intake.opening import open_book
from beicha.words.workbook import sheet_name

_FORMATS: dict[type, str] = {
    date: "yyyy-mm-dd",
    datetime: "yyyy-mm-dd hh:mm:ss",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}
_NARROWEST, _WIDEST, _WIDE_FROM, _ROWS_MEASURED = 8.0, 40.0, "\u2e80", 200
_MOST_CHARACTERS = 32_767


def fresh_workbook(content: bytes, marks: Marks) -> tuple[bytes, Marks] | Refusal:
    """An .xlsx with the values of the book, and the marks under the names that its sheets have there."""
    book = open_book(content)
    if isinstance(book, Refusal):
        return book
    made = Workbook()
    made.remove(made.active)
    names = _names(book, marks)
    pictured = {sheet.sheet: sheet.pictured for sheet in marks.sheets}
    for sheet, name in zip(book.sheets, names, strict=True):
        page = made.create_sheet(name)
        _write(page, sheet)
        for row, column, value in pictured.get(sheet.name, ()):
            _put(page.cell(row, column), value)
    target = BytesIO()
    made.save(target)
    return target.getvalue(), _renamed(book, marks, names)


def _names(book: Book, marks: Marks) -> list[str]:
    """A text has no sheet's name: it is read under the name of its file."""
    if book.kind == "text":
        return [sheet_name(marks.file.rpartition(".")[0] or marks.file)]
    return [sheet_name(sheet.name) for sheet in book.sheets]


def _renamed(book: Book, marks: Marks, names: list[str]) -> Marks:
    now = dict(zip((sheet.name for sheet in book.sheets), names, strict=True))

    def name(old: str) -> str:
        return names[0] if book.kind == "text" and old else now.get(old, old)

    sheets: tuple[SheetMarks, ...] = tuple(replace(sheet, sheet=name(sheet.sheet)) for sheet in marks.sheets)
    return replace(marks, sheets=sheets, lines=tuple(replace(line, sheet=name(line.sheet)) for line in marks.lines))


def _write(page: Any, sheet: Sheet) -> None:
    for at, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None and value != "":
                _put(page.cell(at, column), value)
    for top, left, bottom, right in sheet.merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for number in sheet.hidden_rows:
        page.row_dimensions[number].hidden = True
    for column in range(len(sheet.rows[0]) if sheet.rows else 0):
        page.column_dimensions[get_column_letter(column + 1)].width = _width(sheet, column)
    for number in sheet.hidden_columns:
        page.column_dimensions[get_column_letter(number)].hidden = True
    if sheet.hidden:
        page.sheet_state = "hidden"


def _put(cell: Any, value: Any) -> None:
    """A text stays a text, also one that begins like a formula."""
    if isinstance(value, bool | int | float | date | time | timedelta):
        cell.value = value
        if type(value) in _FORMATS:
            cell.number_format = _FORMATS[type(value)]
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_MOST_CHARACTERS]
    cell.data_type = "s"
    cell.number_format = "@"


def _width(sheet: Sheet, column: int) -> float:
    texts = (str(row[column]) for row in sheet.rows[:_ROWS_MEASURED] if row[column] not in ("", None))
    lengths = (sum(2 if sign >= _WIDE_FROM else 1 for sign in text[: int(_WIDEST)]) for text in texts)
    return min(max([_NARROWEST, *(length + 2.0 for length in lengths)]), _WIDEST)
