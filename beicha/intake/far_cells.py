"""A cell that is filled far outside its table, such as XFD1048576: to read the empty ones before it fills the memory.

What the sheet says of its size, and its last cell, tell whether to look for one at all. A table that is simply too
long has no such gap, and is refused as too large.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from beicha.intake.binary_parts import binary_corner, binary_filled
from beicha.intake.binary_records import Cell
from beicha.intake.book import Refusal, letter
from beicha.intake.guard import MOST_COLUMNS, MOST_ROWS
from beicha.intake.open_documents import Walk, is_filled
from beicha.intake.package import attribute, cell_at

_LOOK, _TAIL = 4096, 1024
_LONGEST_CELL = 40_000
_SIZE = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*\bref=["'](?:[A-Z]+\d+:)?([A-Z]+\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b")
_REPEATED = re.compile(rb'-repeated="(\d{3,8})"(?!/></table:table-row>)')
"""But for the empty cells behind the last one of a row, with which every row ends."""
_ROW, _COLUMN = b"<table:table-row", b"<table:table-column"
_TABLE_END, _ROW_END = b"</table:table>", b"</table:table-row>"
_FILLED = (b"office:value-type=", b"table:formula=")


def far_in_sheet(part: bytes, name: str) -> Refusal | None:
    """The refusal of a workbook whose sheet, called so and kept in this part, has such a cell."""
    if b"<" in part[:8]:
        cells = _filled(part) if _is_far(_corner(part)) or _is_far(_last(part)) else ()
    else:
        cells = binary_filled(part) if _is_far(binary_corner(part)) else ()
    far = _stray(cells)
    return None if far is None else _refusal(name, far)


def far_in_document(content: bytes) -> Refusal | None:
    """The refusal of an open document that has such a cell, or repeats a filled one so far."""
    filled: defaultdict[str, list[Cell]] = defaultdict(list)
    for placed in Walk(content) if _may_reach_far(content) else ():
        if is_filled(placed.node):
            last = placed.row + placed.down - 1, placed.column + placed.across - 1
            filled[placed.name] = [*filled[placed.name][-1:], last]
            if _stray(filled[placed.name]):
                return _refusal(placed.name, last)
    return None


def _refusal(name: str, far: Cell) -> Refusal:
    return Refusal("cell_far_away", {"sheet": name, "row": far[0] + 1, "column": letter(far[1])})


def _is_far(cell: Cell | None) -> bool:
    return cell is not None and (cell[0] >= MOST_ROWS or cell[1] >= MOST_COLUMNS)


def _stray(cells: Iterable[Cell]) -> Cell | None:
    """The first cell outside a sheet's bounds that has more nothing before it than a whole table may be long."""
    before = (0, 0)
    for cell in cells:
        if _is_far(cell) and (cell[0] - before[0] > MOST_ROWS or cell[1] - before[1] > MOST_COLUMNS):
            return cell
        before = cell
    return None


def _corner(part: bytes) -> Cell | None:
    """The last row and column that a sheet says it has."""
    found = _SIZE.search(part, 0, _LOOK)
    return cell_at(found[1]) if found else None


def _last(part: bytes) -> Cell | None:
    """The last cell of a sheet."""
    end = max(part.rfind(b"sheetData>"), 0)
    names = _CELL.findall(part, max(0, end - _TAIL), end)
    return cell_at(attribute(names[-1], b"r")) if names else None


def _filled(part: bytes) -> Iterator[Cell]:
    """The cells of a sheet that hold a value, as they come; one that is only formatted holds none."""
    for found in _CELL.finditer(part):
        end = part.find(b"c>", found.end(), found.end() + _LONGEST_CELL)
        at = cell_at(attribute(found[1], b"r"))
        if at and not found[1].endswith(b"/") and _VALUE.search(part, found.end(), max(end, found.end())):
            yield at


def _may_reach_far(content: bytes) -> bool:
    """Whether cells repeat beyond a sheet's bounds and something is in them or behind them."""
    at = 0
    while found := _REPEATED.search(content, at):
        at, start = found.end(), content.rfind(b"<", max(0, found.start() - _LOOK), found.start())
        is_row, is_column = (content.startswith(tag, max(start, 0)) for tag in (_ROW, _COLUMN))
        if is_column or int(found[1]) < (MOST_ROWS if is_row else MOST_COLUMNS):
            continue
        end = content.find(_TABLE_END if is_row else _ROW_END, at)
        if any(content.find(mark, max(start, 0), end) >= 0 for mark in _FILLED):
            return True
        at = max(at, end)
    return False
