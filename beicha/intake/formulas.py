"""What a zipped workbook's sheet says of formulas and the reader of cells does not: errors, and values never stored.

Both come out of the reader as blanks. A value is missing where a program wrote the formula and nobody has opened
and saved the file in Excel or WPS since. Only cells that bear their name are looked at, as all usual programs write
them. Other kinds of workbooks tell their errors elsewhere: ``binary_records`` (.xls, .et), ``binary_parts`` (.xlsb) and
``open_documents`` (.ods); a page, a text file and the XML of Excel 2003 show the error itself.
"""

import re
from collections.abc import Iterator

from beicha.intake.package import attribute, cell_at

Cell = tuple[int, int]

_LONGEST = 4096
_ERROR_MARKS = (b' t="e"', b" t='e'")
_VALUE = re.compile(rb"v>(#[^<]{1,30})<")
_IN_CELL_PICTURE = re.compile(rb"\bvm\s*=")
_PREFIX = re.compile(rb"<(\w+:)?sheetData\b")


def error_cells(part: bytes) -> Iterator[tuple[Cell, str]]:
    """The cells that show an error, with its text; a picture that Excel keeps in a cell is none."""
    for attributes, body in _cells_of_errors(part):
        at, value = cell_at(attribute(attributes, b"r")), _VALUE.search(body)
        if at and value and not _IN_CELL_PICTURE.search(attributes):
            yield at, value[1].decode("utf-8", "replace")


def picture_cells(part: bytes) -> Iterator[Cell]:
    """The cells in which Excel keeps a picture: to older programs they show an error."""
    for attributes, _ in _cells_of_errors(part):
        at = cell_at(attribute(attributes, b"r"))
        if at and _IN_CELL_PICTURE.search(attributes):
            yield at


def _cells_of_errors(part: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The attributes and the content of each cell of the type error."""
    for mark in _ERROR_MARKS:
        end = 0
        while (at := part.find(mark, end)) >= 0:
            end = at + len(mark)
            start, close = part.rfind(b"<", max(0, at - _LONGEST), at), part.find(b">", end, end + _LONGEST)
            if start >= 0 and close >= 0 and part[close - 1 : close] != b"/":
                yield part[start:close], part[close : close + _LONGEST].partition(b"c>")[0]


def unstored_cells(part: bytes) -> Iterator[Cell]:
    """The cells with a formula and no stored value; an empty text that a formula gave is a stored one."""
    prefix = _PREFIX.search(part)
    name = (prefix[1] or b"").decode() if prefix else ""
    if f"<{name}f".encode() not in part:
        return
    opening = f"<{name}c ".encode()
    for found in _without_value(name).finditer(part):
        start = part.rfind(opening, max(0, found.start() - _LONGEST), found.start())
        attributes = part[start : found.start()]
        at = cell_at(attribute(attributes, b"r")) if start >= 0 else None
        if at and b't="str"' not in attributes:
            yield at


def _without_value(name: str) -> re.Pattern[bytes]:
    formula = rf"<{name}f\b[^>]{{0,500}}(?:/>|>[^<]{{0,9000}}</{name}f>)"
    no_value = rf"(?:<{name}v\s?/>|<{name}v></{name}v>)?"
    return re.compile(rf"{formula}\s{{0,20}}{no_value}\s{{0,20}}</{name}c>".encode())
