"""What the records of an .xls or .et say and the reader of cells does not: errors, floating pictures, hidden lines.

The records of Excel 5 to 2003 (BIFF5 and BIFF8) are walked as far as they are whole; a broken one ends the walk. Most
sheets hold none of these, and a look for their marks spares the walk.
"""

import re
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from beicha.intake.guard import MOST_COLUMNS

Cell = tuple[int, int]

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The numbers by which Excel keeps errors in all its binary files."""

_BEGIN, _END, _SHEET, _VALUE, _FORMULA, _DRAWING, _OBJECT = 0x0809, 0x000A, 0x0085, 0x0205, 0x0006, 0x00EC, 0x005D
_HEAD = struct.Struct("<HH")
_AN_ERROR = struct.Struct("<HH2xBB")
_RESULT = struct.Struct("<HH2xBxB3xH")
_IS_ERROR, _NO_NUMBER = 2, 0xFFFF
_PICTURE, _KIND_AT = 8, 4
_COMMON = b"\x15\0\x12\0"
_ANCHOR = re.compile(rb"\0\0\x10\xf0\x12\0\0\0..(..)..(..)", re.S)
_OLD_ANCHOR = struct.Struct("<10xH2xH")
_ROW, _COLUMNS = 0x0208, 0x007D
_ROW_LINE, _COLUMN_LINES = struct.Struct("<H10xH"), struct.Struct("<HH4xH")
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x20, 0x01
_HIDING = [re.escape(bytes(byte for byte in range(256) if byte & bit)) for bit in (_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN)]
_MARKS = tuple(
    re.compile(mark, re.S)
    for mark in (
        rb"\x05\x02\x08\0.{7}\x01",
        rb"\x06\0.{8}\x02.{5}\xff\xff",
        rb"\x5d\0.{6}\x08\0",
        rb"\x08\x02\x10\0.{12}[" + _HIDING[0] + rb"]",
        rb"\x7d\0[\x0b\x0c]\0.{8}[" + _HIDING[1] + rb"]",
    )
)


@dataclass
class Told:
    """What is told of a sheet: its errors, how many pictures each cell has and how many have no known place, and the
    hidden rows and columns, counted from 1.
    """

    errors: list[tuple[Cell, str]] = field(default_factory=list)
    pictures: Counter[Cell] = field(default_factory=Counter)
    unplaced: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class Records:
    """The stream of records of a workbook; whatever is broken in it, nothing here raises."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._starts = [*self._sheets()] if any(mark.search(stream) for mark in _MARKS) else []

    def told(self, position: int) -> Told:
        """What is told of the sheet at this place in the workbook's list of sheets."""
        return self._walked(self._starts[position]) if position < len(self._starts) else Told()

    def _sheets(self) -> Iterator[int]:
        """Where each sheet begins, in the order of the list."""
        for kind, at, length in self._records(0):
            if kind == _SHEET and length >= 4:
                yield int.from_bytes(self._stream[at : at + 4], "little")
            elif kind == _END:
                return

    def _walked(self, start: int) -> Told:
        sheet = _Sheet()
        for kind, at, length in self._own(start):
            take, shortest = _TAKERS.get(kind, (None, 0))
            if take and length >= shortest:
                take(sheet, self._stream[at : at + length])
        return sheet.told

    def _own(self, start: int) -> Iterator[tuple[int, int, int]]:
        """The records of the sheet that begins here; a chart that lies in it has records of its own."""
        depth = 0
        for kind, at, length in self._records(start):
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
            elif depth == 1:
                yield kind, at, length
            if depth < 1:
                return

    def _records(self, at: int) -> Iterator[tuple[int, int, int]]:
        """The kind of each whole record, and where its content begins and how long it is."""
        stream, end = self._stream, len(self._stream)
        while at + _HEAD.size <= end:
            kind, length = _HEAD.unpack_from(stream, at)
            at += _HEAD.size
            if at + length > end:
                return
            yield kind, at, length
            at += length


@dataclass
class _Sheet:
    """Takes the records of a sheet one after the other."""

    told: Told = field(default_factory=Told)
    corner: Cell | None = None
    """The cell at the upper left of the last shape drawn; a shape in a group is where the group is."""

    def take_value(self, content: bytes) -> None:
        row, column, code, is_error = _AN_ERROR.unpack_from(content)
        self._take_error((row, column), code if is_error else None)

    def take_formula(self, content: bytes) -> None:
        row, column, result, code, mark = _RESULT.unpack_from(content)
        self._take_error((row, column), code if result == _IS_ERROR and mark == _NO_NUMBER else None)

    def _take_error(self, cell: Cell, code: int | None) -> None:
        if code in ERRORS:
            self.told.errors.append((cell, ERRORS[code]))

    def take_row(self, content: bytes) -> None:
        row, flags = _ROW_LINE.unpack_from(content)
        if flags & _ROW_IS_HIDDEN:
            self.told.hidden_rows.append(row + 1)

    def take_columns(self, content: bytes) -> None:
        first, last, flags = _COLUMN_LINES.unpack_from(content)
        if flags & _COLUMN_IS_HIDDEN and len(self.told.hidden_columns) < MOST_COLUMNS:
            self.told.hidden_columns += range(first + 1, min(last + 1, MOST_COLUMNS) + 1)

    def take_drawing(self, content: bytes) -> None:
        corners = _ANCHOR.findall(content)
        if corners:
            column, row = (int.from_bytes(place, "little") for place in corners[-1])
            self.corner = row, column

    def take_object(self, content: bytes) -> None:
        """Counts an object if it is a picture; those of Excel 5 and 95 say themselves where they are."""
        if int.from_bytes(content[_KIND_AT : _KIND_AT + 2], "little") != _PICTURE:
            return
        corner = self.corner
        if not content.startswith(_COMMON):
            column, row = _OLD_ANCHOR.unpack_from(content) if len(content) >= _OLD_ANCHOR.size else (None, None)
            corner = None if row is None or column is None else (row, column)
        if corner is None:
            self.told.unplaced += 1
        else:
            self.told.pictures[corner] += 1


_TAKERS: dict[int, tuple[Callable[[_Sheet, bytes], None], int]] = {
    _VALUE: (_Sheet.take_value, _AN_ERROR.size),
    _FORMULA: (_Sheet.take_formula, _RESULT.size),
    _ROW: (_Sheet.take_row, _ROW_LINE.size),
    _COLUMNS: (_Sheet.take_columns, _COLUMN_LINES.size),
    _DRAWING: (_Sheet.take_drawing, 0),
    _OBJECT: (_Sheet.take_object, _KIND_AT + 2),
}
"""What takes each kind of record, and how long one must be at the least."""
