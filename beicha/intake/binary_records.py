"""What the records of an .xls or .et say of a sheet and the reader of cells does not: errors and floating pictures.

The records of Excel 5 to 2003 (BIFF5 and BIFF8) are walked as far as they are whole; a broken one ends the walk. Most
sheets hold neither errors nor pictures, and a look for their marks spares the walk.
"""

import re
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

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
_MARKS = tuple(
    re.compile(mark, re.S)
    for mark in (rb"\x05\x02\x08\0.{7}\x01", rb"\x06\0.{8}\x02.{5}\xff\xff", rb"\x5d\0.{6}\x08\0")
)


@dataclass
class Told:
    """What a sheet's records tell: its errors, how many pictures each cell has, and how many have no known place."""

    errors: list[tuple[Cell, str]] = field(default_factory=list)
    pictures: Counter[Cell] = field(default_factory=Counter)
    unplaced: int = 0


class Records:
    """The stream of records of a workbook; whatever is broken in it, nothing here raises."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._has_marks = any(mark.search(stream) for mark in _MARKS)
        self._starts = [*self._sheets()] if self._has_marks else []

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
        told, depth, anchor = Told(), 0, None
        for kind, at, length in self._records(start):
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
            if depth < 1:
                break
            if depth > 1:  # a chart that lies in the sheet has records of its own
                continue
            if kind in (_VALUE, _FORMULA):
                told.errors += self._error(kind, at, length)
            elif kind == _DRAWING:
                anchor = _corner(self._stream[at : at + length]) or anchor
            elif kind == _OBJECT:
                _count(self._stream[at : at + length], anchor, told)
        return told

    def _error(self, kind: int, at: int, length: int) -> Iterator[tuple[Cell, str]]:
        """The error of a cell's record, if it holds one."""
        if kind == _VALUE and length >= _AN_ERROR.size:
            row, column, code, is_error = _AN_ERROR.unpack_from(self._stream, at)
        elif kind == _FORMULA and length >= _RESULT.size:
            row, column, result, code, mark = _RESULT.unpack_from(self._stream, at)
            is_error = result == _IS_ERROR and mark == _NO_NUMBER
        else:
            return
        if is_error and code in ERRORS:
            yield (row, column), ERRORS[code]

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


def _corner(drawing: bytes) -> Cell | None:
    """The cell at the upper left of the shape that a record draws; a shape in a group is where the group is."""
    corners = _ANCHOR.findall(drawing)
    return (int.from_bytes(corners[-1][1], "little"), int.from_bytes(corners[-1][0], "little")) if corners else None


def _count(content: bytes, anchor: Cell | None, told: Told) -> None:
    """Counts the object of a record if it is a picture; those of Excel 5 and 95 say themselves where they are."""
    if int.from_bytes(content[_KIND_AT : _KIND_AT + 2], "little") != _PICTURE:
        return
    if not content.startswith(_COMMON):
        column, row = _OLD_ANCHOR.unpack_from(content) if len(content) >= _OLD_ANCHOR.size else (None, None)
        anchor = None if row is None or column is None else (row, column)
    if anchor is None:
        told.unplaced += 1
    else:
        told.pictures[anchor] += 1
