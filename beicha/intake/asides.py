"""What a file says of its sheets beside the values of their cells, whatever kind of workbook it is.

Errors of formulas, values that were never stored, pictures, and what is hidden: the reader of cells tells none of them.
An .xls, an .et, an .xlsb and an .ods do not tell what was never stored, and an .xlsb does not tell what is hidden.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from beicha.intake.anchors import Counts, pictures_by_formula, pictures_of, plain
from beicha.intake.binary_parts import binary_errors, binary_sheets
from beicha.intake.binary_records import Cell, Records, Told
from beicha.intake.compound import stream_of
from beicha.intake.formulas import error_cells, unstored_cells
from beicha.intake.guard import MOST_CELLS
from beicha.intake.hidden import hidden_columns, hidden_rows
from beicha.intake.open_documents import told_of_tables
from beicha.intake.package import Parts, sheet_parts

_STREAMS = ("Workbook", "Book")
_OPEN_DOCUMENT = "content.xml"


class Aside(NamedTuple):
    """What is told of one sheet; ``unplaced`` counts the pictures of which no cell is known."""

    errors: Iterable[tuple[Cell, str]] = ()
    pictures: Counts = ()
    unplaced: int = 0
    unstored: tuple[Cell, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


class Look(NamedTuple):
    """How a file is asked: by a sheet's place in the list of sheets and its values; and the sheets' parts, if any."""

    aside: Callable[[int, Sequence[Sequence[Any]]], Aside]
    parts: Sequence[bytes] = ()


def look_at_compound(content: bytes) -> Look:
    """Asks an .xls or an .et."""
    records = Records(stream_of(content, _STREAMS))

    def aside(position: int, rows: Sequence[Sequence[Any]]) -> Aside:
        return _of_told(records.told(position), pictures_by_formula(rows))

    return Look(aside)


def look_at_package(parts: Parts) -> Look:
    """Asks a zipped workbook, or an open document."""
    if _OPEN_DOCUMENT in parts:
        tables = told_of_tables(parts[_OPEN_DOCUMENT])
        return Look(lambda position, _: _of_told(tables.get(position, Told())))
    names, binary = sheet_parts(parts), binary_sheets(parts)

    def aside(position: int, rows: Sequence[Sequence[Any]]) -> Aside:
        name = (names or binary)[position] if position < len(names or binary) else ""
        part, pictures = parts.get(name, b""), pictures_of(parts, name, rows)
        if binary:
            return Aside(islice(binary_errors(part), MOST_CELLS), pictures)
        unstored = tuple(islice(unstored_cells(part), MOST_CELLS))
        return Aside(error_cells(part), pictures, 0, unstored, hidden_rows(part), hidden_columns(part))

    return Look(aside, [parts.get(name, b"") for name in names or binary])


def _of_told(told: Told, by_formula: Counts = ()) -> Aside:
    pictures = told.pictures.copy()
    for row, column, count in by_formula:
        pictures[row, column] += count
    lines = tuple(told.hidden_rows), tuple(told.hidden_columns)
    return Aside(told.errors, plain(pictures), told.unplaced, (), *lines)
