"""Plain tables as a workbook: text stays text, numbers stay numbers, and the look is that of the screen."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from beicha.papers.looks import write_text
from beicha.words.workbook import sheet_name

ACCENT, HEAD, INK, MUTED = "1F4E79", "F4F6F8", "1F2933", "5F6B77"


@dataclass(frozen=True)
class Column:
    """A column's heading, its width in characters, and how its numbers are shown."""

    title: str
    width: float = 14.0
    form: str = "0.00"


@dataclass(frozen=True)
class Sheet:
    """A table with a title and notes above it. A row's cells may be text, numbers or None.

    ``grounds`` gives cells a colour: (row, column) counted from 0, to "#RRGGBB".
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()
    grounds: dict[tuple[int, int], str] | None = None


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _draw(book.create_sheet(sheet_name(sheet.title)), sheet)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _draw(page: Worksheet, sheet: Sheet) -> None:
    _write(page.cell(1, 1), sheet.title, Font(name="Microsoft YaHei", size=14, bold=True, color=ACCENT))
    for number, note in enumerate(sheet.notes, start=2):
        _write(page.cell(number, 1), note, Font(name="Microsoft YaHei", size=9, color=MUTED))
    head = len(sheet.notes) + 3
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
        _draw_heading(page.cell(head, place), column.title)
    for line, row in enumerate(sheet.rows, start=head + 1):
        for place, value in enumerate(row):
            _draw_value(page.cell(line, place + 1), value, sheet.columns[place].form)
    for (line, place), colour in (sheet.grounds or {}).items():
        page.cell(head + 1 + line, place + 1).fill = PatternFill("solid", fgColor=colour.removeprefix("#"))
    page.freeze_panes = page.cell(head + 1, 1)
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head}:{head}"


def _draw_heading(cell: Cell, title: str) -> None:
    _write(cell, title, Font(name="Microsoft YaHei", size=10, bold=True, color=INK))
    cell.fill = PatternFill("solid", fgColor=HEAD)
    cell.border = Border(bottom=Side("thin", color=ACCENT))
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _draw_value(cell: Cell, value: Any, form: str) -> None:
    font = Font(name="Microsoft YaHei", size=10, color=INK)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return
    if isinstance(value, str):
        _write(cell, value, font)
        return
    cell.value, cell.font = value, font
    cell.number_format = "0" if isinstance(value, int) else form


def _write(cell: Cell, text: str, font: Font) -> None:
    write_text(cell, text)
    cell.font = font
