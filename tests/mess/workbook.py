"""A draft as bytes: laid out on sheets, so that every line knows its row, and written as .xlsx or as separated text."""

import csv
import re
from collections.abc import Iterator
from html import escape
from io import BytesIO, StringIO
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.mess.draft import Cell, Draft, Line, Page, Table

TEXT_KINDS = {
    "csv-gb18030": ("gb18030", ","),
    "csv-utf8": ("utf-8", ","),
    "csv-utf8-mark": ("utf-8-sig", ","),
    "csv-utf16-tabs": ("utf-16", "\t"),
    "csv-semicolons": ("gb18030", ";"),
    "csv-tabs": ("gb18030", "\t"),
}
"""The kinds of text files: encoding and separator."""

WEB_PAGE = "web-page"

Grid = dict[tuple[int, int], Cell]
Span = tuple[int, int, int, int]


def laid_out(page: Page) -> tuple[Grid, list[Span]]:
    """The cells of a sheet by row and column from 1, and its merged ranges; notes in the draft where lines went."""
    grid: Grid = {}
    spans: list[Span] = []
    row, left = page.top + 1, page.left
    for table in page.tables:
        table.sheet = page.name
        end = _lay_above(table, grid, spans, row, left)
        end = _lay_headings(table, grid, spans, end, left)
        end = _lay_lines(table, grid, spans, end, left)
        if page.beside:
            left += len(table.columns) + page.gap
        else:
            row = end + page.gap
    return grid, spans


def _lay_above(table: Table, grid: Grid, spans: list[Span], row: int, left: int) -> int:
    for texts in table.above:
        for at, text in enumerate(texts, left + 1):
            grid[row, at] = Cell(text)
        if table.merges_titles and len(texts) == 1 and len(table.columns) > 1:
            spans.append((row, left + 1, row, left + len(table.columns)))
        row += 1
    return row


def _lay_headings(table: Table, grid: Grid, spans: list[Span], top: int, left: int) -> int:
    levels = max(len(column.heading) for column in table.columns)
    table.letters = {column.key: get_column_letter(at) for at, column in enumerate(table.columns, left + 1)}
    for level in range(levels):
        for is_parent, group in _headed_together(table, level):
            first, last = left + 1 + group[0], left + 1 + group[-1]
            grid[top + level, first] = Cell(table.columns[group[0]].heading[level])
            bottom = top + level if is_parent else top + levels - 1
            if table.merges_headings and (bottom, last) != (top + level, first):
                spans.append((top + level, first, bottom, last))
    table.heading_row = top
    return top + levels


def _headed_together(table: Table, level: int) -> Iterator[tuple[bool, list[int]]]:
    """The columns of each heading of a level, and whether it is a parent of others."""
    places = [at for at, column in enumerate(table.columns) if level < len(column.heading)]

    def path(at: int) -> tuple[str, ...]:
        heading = table.columns[at].heading
        return tuple(heading[: level + 1]) if level + 1 < len(heading) else (str(at),)

    for _, group in groupby(places, path):
        together = list(group)
        yield level + 1 < len(table.columns[together[0]].heading), together


def _lay_lines(table: Table, grid: Grid, spans: list[Span], row: int, left: int) -> int:
    for line in table.lines:
        line.row = row
        for at, column in enumerate(table.columns, left + 1):
            if column.key in line.cells:
                grid[row, at] = line.cells[column.key]
        if line.first:
            grid[row, left + 1] = Cell(line.first)
        if line.is_wide and len(table.columns) > 1:
            spans.append((row, left + 1, row, left + len(table.columns)))
        row += 1
    for key, first, last in table.spans:
        place = [at for at, column in enumerate(table.columns, left + 1) if column.key == key]
        rows = [line.row for line in table.items][first : last + 1]
        if place and len(rows) > 1 and rows == list(range(rows[0], rows[-1] + 1)):
            spans.append((rows[0], place[0], rows[-1], place[0]))
            for covered in rows[1:]:
                grid.pop((covered, place[0]), None)
    return row


def written(draft: Draft) -> bytes:
    """The bytes of the file."""
    if draft.kind == WEB_PAGE:
        return _web_page(draft)
    return _separated(draft) if draft.kind in TEXT_KINDS else _workbook(draft)


def file_name(draft: Draft) -> str:
    suffix = "xls" if draft.kind == WEB_PAGE else "csv" if draft.kind in TEXT_KINDS else "xlsx"
    return f"{draft.stem}.{suffix}"


def _separated(draft: Draft) -> bytes:
    encoding, separator = TEXT_KINDS[draft.kind]
    grid, _ = laid_out(draft.pages[0])
    width, height = max(at for _, at in grid), max(row for row, _ in grid)
    target = StringIO(newline="")
    lines = csv.writer(target, delimiter=separator)
    for row in range(1, height + 1):
        lines.writerow([_as_text(grid.get((row, at), Cell(None))) for at in range(1, width + 1)])
    draft.pages[0].tables[0].sheet = draft.stem
    return target.getvalue().encode(encoding)


def _web_page(draft: Draft) -> bytes:
    """A table of a web page in GB18030, as systems give them out under the name of an .xls."""
    grid, spans = laid_out(draft.pages[0])
    sizes = {
        (top, left): f' rowspan="{bottom - top + 1}" colspan="{right - left + 1}"' for top, left, bottom, right in spans
    }
    covered = {
        (row, at)
        for top, left, bottom, right in spans
        for row in range(top, bottom + 1)
        for at in range(left, right + 1)
    } - set(sizes)
    width, height = max(at for _, at in grid), max(row for row, _ in grid)
    rows = [
        "".join(
            f"<td{sizes.get((row, at), '')}>{_as_markup(grid.get((row, at), Cell(None)))}</td>"
            for at in range(1, width + 1)
            if (row, at) not in covered
        )
        for row in range(1, height + 1)
    ]
    draft.pages[0].tables[0].sheet = draft.stem
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    page = f'<html><head><meta charset="gb18030"></head><body><table border=1>{body}</table></body></html>'
    return page.encode("gb18030")


def _as_markup(cell: Cell) -> str:
    return escape(_as_text(cell)).replace("\r", "").replace("\n", "<br>")


def _as_text(cell: Cell) -> str:
    if cell.wrote is None:
        return ""
    if isinstance(cell.wrote, bool):
        return str(cell.wrote).upper()
    return str(cell.wrote)


def _workbook(draft: Draft) -> bytes:
    book = Workbook()
    front = book.active
    front.title = draft.cover_name
    if draft.epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in draft.cover or []:
        front.append(row)
    for page in draft.pages:
        _write_page(book, page)
    for name, rows, is_hidden in draft.others:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if is_hidden else "visible"
    if draft.cover is None:
        book.remove(front)
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        book.worksheets[0].sheet_state = "visible"
    target = BytesIO()
    book.save(target)
    content = target.getvalue()
    return content if draft.chinese_format is None else _with_chinese_dates(content, draft.chinese_format)


_FRAME = Border(*(Side("thin"),) * 4)


def _write_page(book: Workbook, page: Page) -> None:
    sheet = book.create_sheet(page.name)
    grid, spans = laid_out(page)
    for (row, column), cell in grid.items():
        if cell.wrote is None and not cell.look:
            continue
        place = sheet.cell(row, column, cell.wrote)
        if cell.look == "frame":
            place.border = _FRAME
        elif cell.look:
            place.number_format = cell.look
    for top, left, bottom, right in spans:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for table in page.tables:
        _hide(sheet, table, table.lines)
    sheet.sheet_state = "hidden" if page.hidden else "visible"


def _hide(sheet: Any, table: Table, lines: list[Line]) -> None:
    for line in lines:
        if line.hidden:
            sheet.row_dimensions[line.row].hidden = True
    for column in table.columns:
        if column.hidden:
            sheet.column_dimensions[table.letters[column.key]].hidden = True


_BUILT_IN = re.compile(rb'numFmtId="14"')
"""The built-in date format that openpyxl can write; those of Chinese Excel (27–36, 50–58) it cannot."""


def _with_chinese_dates(content: bytes, number: int) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as changed:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/styles.xml":
                part = _BUILT_IN.sub(f'numFmtId="{number}"'.encode(), part)
            changed.writestr(name, part)
    return target.getvalue()
