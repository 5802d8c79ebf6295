"""The binary parts of an .xlsb: which part is which sheet, and the cells of a sheet with the errors they show.

A part is walked as far as its records are whole; a broken one ends the walk.
"""

import re
import struct
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from beicha.intake.binary_records import ERRORS, Cell
from beicha.intake.package import Parts, relations_of

_WORKBOOK = "xl/workbook.bin"
_SHEET, _ROW, _SIZE, _DATA = 156, 0, 148, 145
_ERROR_KINDS, _VALUE_KINDS = (3, 11), range(2, 12)
"""Cells of the kind 1 are blank; those from 8 on hold a formula."""
_ERROR_MARKS = tuple(
    re.compile(head + rb"..\0\0.{4}[\0\x07\x0f\x17\x1d\x24\x2a\x2b]", re.S)
    for head in (rb"\x03\x09", rb"\x0b[\x09-\xff].?")
)
"""How a cell with an error may begin; a look for them spares most sheets the walk."""
_FIRST_RECORDS = 20
_SEVEN, _MORE, _LONGEST_KIND, _LONGEST_SIZE = 7, 0x80, 2, 4
_NUMBER = struct.Struct("<I")


class Record(NamedTuple):
    """A record by its kind, its content's place in the part, and how long that is."""

    kind: int
    at: int
    length: int


def binary_sheets(parts: Parts) -> list[str]:
    """The names of the sheets' parts in the order of the workbook; "" for one that is not to be found."""
    part = parts.get(_WORKBOOK, b"")
    relations = {name: target for name, _, target in relations_of(parts, _WORKBOOK)}
    sheets = (record for record in _records(part) if record.kind == _SHEET)
    return [relations.get(_relation(part, sheet), "") for sheet in sheets]


def _relation(part: bytes, sheet: Record) -> bytes:
    """The name of a sheet's relation, which stands behind the sheet's state and number."""
    start = sheet.at + 8
    if sheet.length < 8 + _NUMBER.size:
        return b""
    (length,) = _NUMBER.unpack_from(part, start)
    text = part[start + _NUMBER.size : min(start + _NUMBER.size + 2 * length, sheet.at + sheet.length)]
    return text.decode("utf-16-le", "replace").encode()


def binary_errors(part: bytes) -> Iterator[tuple[Cell, str]]:
    """The cells of a sheet's part that show an error, with its text."""
    for at, record in _cells(part) if any(mark.search(part) for mark in _ERROR_MARKS) else ():
        if record.kind in _ERROR_KINDS and record.length > 8:
            error = ERRORS.get(part[record.at + 8])
            if error:
                yield at, error


def binary_corner(part: bytes) -> Cell:
    """The last row and column that the part says it has."""
    for record in islice(_records(part), _FIRST_RECORDS):
        if record.kind == _SIZE and record.length >= 16:
            _, row, _, column = struct.unpack_from("<4I", part, record.at)
            return row, column
    return 0, 0


def binary_filled(part: bytes) -> Iterator[Cell]:
    """The cells of a sheet's part that hold something, as they come."""
    return (at for at, _ in _cells(part))


def _cells(part: bytes) -> Iterator[tuple[Cell, Record]]:
    row, is_inside = 0, False
    for record in _records(part):
        if record.kind == _DATA:
            is_inside = True
        elif is_inside and record.length >= _NUMBER.size:
            if record.kind == _ROW:
                (row,) = _NUMBER.unpack_from(part, record.at)
            elif record.kind in _VALUE_KINDS:
                yield (row, *_NUMBER.unpack_from(part, record.at)), record


def _records(part: bytes) -> Iterator[Record]:
    """The whole records of a part."""
    at = 0
    while at < len(part):
        kind, at = _in_sevens(part, at, _LONGEST_KIND)
        length, at = _in_sevens(part, at, _LONGEST_SIZE)
        if at + length > len(part):
            return
        yield Record(kind, at, length)
        at += length


def _in_sevens(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of which each byte gives seven bits, and where the next one stands."""
    number = 0
    for place, byte in enumerate(part[at : at + longest]):
        number |= (byte & ~_MORE) << _SEVEN * place
        if byte < _MORE:
            return number, at + place + 1
    return number, at + longest
