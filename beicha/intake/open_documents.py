"""What an open document (.ods, .fods) says and the reader of cells does not: errors, pictures, hidden lines.

The document is walked row by row only where it holds the mark of one; where its XML breaks, the walk ends.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from beicha.intake.binary_records import Cell, Told
from beicha.intake.cells import is_error
from beicha.intake.guard import MOST_COLUMNS, MOST_FILLED, MOST_ROWS

_OFFICE, _TABLES, _TEXTS, _DRAWINGS, _CALC = (
    f"{{{space}}}"
    for space in (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    )
)
_TABLE, _ROW, _CELL, _COVERED = (
    f"{_TABLES}{name}" for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_COLUMN = f"{_TABLES}table-column"
_HIDDEN = ("collapse", "filter")
_MARKS = (b'"error"', b">#", b"<draw:image", b'"collapse"', b'"filter"')
_OTHER_ERROR = "#VALUE!"
"""As which LibreOffice itself gives out an error that only it knows, such as Err:502."""


class Placed(NamedTuple):
    """A cell with its place: the table by number and name, its first row and column, and how often it repeats."""

    table: int
    name: str
    row: int
    column: int
    down: int
    across: int
    node: Any


def told_of_tables(content: bytes) -> dict[int, Told]:
    """What is told of each table, by its place in the document."""
    walk = Walk(content)
    for placed in walk if any(mark in content for mark in _MARKS) else ():
        _look(placed, walk.told)
    return walk.told


@dataclass
class Walk:
    """The cells of a document as they come; ``told`` then has what is told of each table beside its cells."""

    content: bytes
    told: defaultdict[int, Told] = field(default_factory=lambda: defaultdict(Told))

    def __iter__(self) -> Iterator[Placed]:
        try:
            yield from self._cells()
        except (etree.XMLSyntaxError, ValueError):
            return  # the reader of cells says that the document is damaged

    def _cells(self) -> Iterator[Placed]:
        table = row = columns = 0
        tags, source = (_COLUMN, _ROW, _TABLE), BytesIO(self.content)
        for _, node in etree.iterparse(source, tag=tags, resolve_entities=False, no_network=True, load_dtd=False):
            told = self.told[table]
            if node.tag == _TABLE:
                shapes = node.find(f"{_TABLES}shapes")
                told.unplaced += 0 if shapes is None else _pictures_in(shapes)
                table, row, columns = table + 1, 0, 0
            elif node.tag == _COLUMN:
                across = _repeated(node, "number-columns-repeated")
                told.hidden_columns += _hidden(node, columns, across, MOST_COLUMNS)
                columns += across
            else:
                down = _repeated(node, "number-rows-repeated")
                told.hidden_rows += _hidden(node, row, down, MOST_ROWS)
                yield from _placed(node, table, row, down)
                row += down
            node.clear()


def _placed(row: Any, table: int, at: int, down: int) -> Iterator[Placed]:
    name = next((above.get(f"{_TABLES}name", "") for above in row.iterancestors(_TABLE)), "")
    column = 0
    for cell in row.iterchildren(_CELL, _COVERED):
        across = _repeated(cell, "number-columns-repeated")
        yield Placed(table, name, at, column, down, across, cell)
        column += across


def _hidden(node: Any, start: int, times: int, most: int) -> range:
    """The lines, counted from 1, that a row or a column stands for, if they are hidden."""
    is_hidden = node.get(f"{_TABLES}visibility") in _HIDDEN
    return range(start + 1, min(start + times, most) + 1) if is_hidden else range(0)


def is_filled(node: Any) -> bool:
    """Whether a cell holds a value or a formula."""
    return node.get(f"{_OFFICE}value-type") is not None or node.get(f"{_TABLES}formula") is not None


def _repeated(node: Any, name: str) -> int:
    given = node.get(f"{_TABLES}{name}", "1")
    return int(given) if given.isdecimal() and len(given) < 9 else 1


def _look(placed: Placed, told: defaultdict[int, Told]) -> None:
    error, pictures = _error(placed.node), _pictures_in(placed.node)
    if error:
        errors = told[placed.table].errors
        errors += [(at, error) for at in islice(_places(placed), max(0, MOST_FILLED - len(errors)))]
    if pictures:
        told[placed.table].pictures[placed.row, placed.column] += pictures


def _error(node: Any) -> str:
    """The error that a cell shows: LibreOffice marks it as one, other programs only show its text."""
    text = "".join("".join(line.itertext()) for line in node.iterchildren(f"{_TEXTS}p"))
    if node.get(f"{_CALC}value-type") == "error":
        return text if is_error(text) else _OTHER_ERROR
    return text if node.get(f"{_TABLES}formula") is not None and is_error(text) else ""


def _places(placed: Placed) -> Iterator[Cell]:
    """All cells that a repeated one stands for, as far as a sheet may reach."""
    for row in range(placed.row, min(placed.row + placed.down, MOST_ROWS)):
        for column in range(placed.column, min(placed.column + placed.across, MOST_COLUMNS)):
            yield row, column


def _pictures_in(node: Any) -> int:
    """The frames with an image; a chart or another document has one only for programs that cannot show it."""
    frames = node.iter(f"{_DRAWINGS}frame")
    return sum(
        frame.find(f"{_DRAWINGS}image") is not None and frame.find(f"{_DRAWINGS}object") is None for frame in frames
    )
