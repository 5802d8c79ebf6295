"""Tables of a web page: what many systems give out as .xls, and what Excel saves as a page. Each is a sheet of texts.

Nothing is fetched, and nothing but the tables is looked at.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.grid import Grid, OutOfBoundsError
from beicha.intake.guard import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from beicha.words.workbook import TABLE

_BREAKS = {"br", "p", "div", "li"}
_UNSEEN = {"script", "style", "table", "head", "comment"}
_TITLES = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "caption"}
_LONGEST_TITLE = 60
_NUMBER = re.compile(r"^Sheet \d+: ?")
"""What LibreOffice puts before the name of a sheet."""


def read_page(text: str) -> Book | Refusal:
    """The tables that hold anything, in their order; the only one has no name of its own."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Refusal("damaged")
    sheets: list[Sheet] = []
    try:
        for table in root.iter("table"):
            grid = _grid(table)
            if not grid.is_empty:
                sheets.append(grid.sheet(_title(table) or TABLE.format(number=len(sheets) + 1)))
            if len(sheets) > MOST_SHEETS:
                return Refusal("too_much_inside", {"what": "sheets"})
    except OutOfBoundsError as found:
        return found.refusal
    if not sheets:
        return Refusal("web_page")
    return Book("text" if len(sheets) == 1 else "workbook", tuple(sheets))


def _grid(table: Any) -> Grid:
    grid = Grid()
    covered: dict[int, int] = {}
    for number, row in enumerate(_rows(table)):
        if "none" in row.get("style", "") and "display:none" in row.get("style", "").replace(" ", ""):
            grid.hidden_rows.append(number + 1)
        _put_row(grid, number, row, covered)
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
    return grid


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table itself, not of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _put_row(grid: Grid, number: int, row: Any, covered: dict[int, int]) -> None:
    """Puts the cells of a row where cells that reach down from above leave room."""
    column = 0
    for cell in row.iterchildren("td", "th"):
        while column in covered:
            column += 1
        grid.put(number, column, _text(cell))
        across = _span(cell.get("colspan"), MOST_COLUMNS - column)
        down = _span(cell.get("rowspan"), MOST_ROWS)
        grid.merge(number, column, down - 1, across - 1)
        if down > 1:
            covered.update((at, down) for at in range(column, column + across))
        column += across


def _span(given: str | None, most: int) -> int:
    number = (given or "").strip()
    return max(1, min(int(number), most)) if number.isdecimal() and len(number) < 6 else 1


def _text(cell: Any) -> str:
    """What a cell shows, lines kept and other white space drawn together."""
    if not len(cell):
        return " ".join((cell.text or "").split())
    pieces: list[str] = []
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, node in walker:
        if event == "end":
            pieces.append("" if node is cell else _unbroken(node.tail))
        elif node is not cell and node.tag in _UNSEEN:
            walker.skip_subtree()
        else:
            pieces.append("\n" if node.tag in _BREAKS else "")
            pieces.append(_unbroken(node.text))
    lines = "".join(pieces).split("\n")
    return "\n".join(kept for line in lines if (kept := " ".join(line.split())))


def _unbroken(text: str | None) -> str:
    """A text of the page's source, in which a line break is no more than a space."""
    return (text or "").replace("\r", " ").replace("\n", " ")


def _title(table: Any) -> str:
    """What stands as the table's title in it or right before it."""
    caption = table.find("caption")
    before = table.getprevious() if caption is None else caption
    if before is None or before.tag not in _TITLES:
        return ""
    title = _NUMBER.sub("", " ".join(before.text_content().split()))
    return title if len(title) <= _LONGEST_TITLE else ""
