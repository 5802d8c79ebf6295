"""Tables of any length, written row by row so that they need no memory: as a workbook, and as CSV."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from beicha.papers.looks import MOST_CHARACTERS
from beicha.papers.sheets import Column
from beicha.words.workbook import sheet_name

MOST_ROWS = 1_000_000
"""A sheet of Excel holds little more; what is longer goes on in another."""

Row = Sequence[str | int | float | None]


def write_workbook(file: BinaryIO, title: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Write the rows as .xlsx with a line of headings on each sheet; text that looks like a formula stays text."""
    book = Workbook(write_only=True)
    page = _page(book, title, columns)
    for number, row in enumerate(rows):
        if number and number % MOST_ROWS == 0:
            page = _page(book, f"{title} {number // MOST_ROWS + 1}", columns)
        page.append([_cell(page, value) for value in row])
    book.save(file)


def write_csv(file: BinaryIO, headings: Sequence[str], rows: Iterable[Row]) -> None:
    """Write the rows as CSV in UTF-8 with a BOM, so that Excel and WPS read its Chinese."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([inert(value) for value in row] for row in rows)
    text.flush()
    text.detach()


def inert(value: Any) -> Any:
    """The value for a CSV cell: a text that looks like a formula is kept from being one, a number stays a number."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _page(book: Workbook, title: str, columns: Sequence[Column]) -> Any:
    page = book.create_sheet(sheet_name(title))
    page.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.append([_heading(page, column.title) for column in columns])
    return page


def _heading(page: Any, title: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, title)
    cell.font = Font(name="Microsoft YaHei", size=10, bold=True)
    return cell


def _cell(page: Any, value: str | float | None) -> Any:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_CHARACTERS]
    if not text.startswith(("=", "#")):
        return text
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell
