"""How our workbooks look: one font, one blue, thin lines, and texts that stay texts."""

from datetime import date
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Microsoft YaHei"
BLUE, PALE, GREY, LINE = "1F4E79", "DCE6F1", "595959", "BFBFBF"
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"

_THIN = Side(style="thin", color=LINE)
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
TITLE = Font(name=FONT, size=16, bold=True, color=BLUE)
STRONG = Font(name=FONT, size=11, bold=True)
PLAIN = Font(name=FONT, size=11)
SMALL = Font(name=FONT, size=10, color=GREY)
ON_BLUE = Font(name=FONT, size=11, bold=True, color="FFFFFF")
FILLED = PatternFill("solid", fgColor=BLUE)
TINTED = PatternFill("solid", fgColor=PALE)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center", wrap_text=True)

_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_LETTERS = 260, 22, 18


def put(
    sheet: Worksheet, row: int, column: int, value: Any, font: Font = PLAIN, *, fill: PatternFill | None = None
) -> Cell:
    """Writes a value; a text that begins like a formula stays a text."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = DATE_FORMAT
    cell.font = font
    if fill is not None:
        cell.fill = fill
    return cell


MOST_CHARACTERS = 32_767
"""What fits into one cell of Excel."""


def write_text(cell: Cell, text: str) -> None:
    """Writes a text so that it can never become a formula, cut to what one cell of Excel holds."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST_CHARACTERS]
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def comment(cell: Cell, text: str) -> None:
    """A comment large enough for its text."""
    lines = sum(1 + len(line) // _COMMENT_LETTERS for line in text.splitlines())
    cell.comment = Comment(text, "", width=_COMMENT_WIDTH, height=_COMMENT_LINE * (lines + 1))


def width_of(text: str) -> float:
    """The width in characters that a text takes, a Chinese one counting twice."""
    return float(sum(1 if ord(character) < 0x2E80 else 2 for character in text))


def set_widths(sheet: Worksheet, widths: list[float]) -> None:
    """Sets the widths of the first columns, in characters."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def set_page(sheet: Worksheet, repeated_rows: str | None = None) -> None:
    """A4 across, as wide as the page, with the headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    if repeated_rows:
        sheet.print_title_rows = repeated_rows
