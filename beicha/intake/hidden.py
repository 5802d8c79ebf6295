"""Which rows and columns of a sheet in a zipped workbook are hidden: the reader of cells does not tell."""

import re

from beicha.intake.package import attribute

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_IS_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_MARK = b"hidden="
_MOST_COLUMNS = 300


def hidden_rows(part: bytes) -> tuple[int, ...]:
    """The hidden rows of a sheet's part, counted from 1."""
    if _MARK not in part:
        return ()
    rows, number = [], 0
    for attributes in _ROW.findall(part):
        given = attribute(attributes, b"r")
        number = int(given) if given.isdigit() else number + 1
        if _IS_HIDDEN.search(attributes):
            rows.append(number)
    return tuple(rows)


def hidden_columns(part: bytes) -> tuple[int, ...]:
    """The hidden columns of a sheet's part, counted from 1."""
    columns: list[int] = []
    head = part.partition(b"sheetData")[0]
    for attributes in _COLUMN.findall(head) if _MARK in head else ():
        first, last = attribute(attributes, b"min"), attribute(attributes, b"max")
        if _IS_HIDDEN.search(attributes) and first.isdigit() and last.isdigit():
            columns += range(int(first), min(int(last), _MOST_COLUMNS) + 1)
    return tuple(columns)
