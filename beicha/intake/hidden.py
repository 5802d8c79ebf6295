"""Which rows and columns of a zipped workbook are hidden: the reader of cells does not tell."""

import re
from posixpath import join, normpath

from beicha.intake.guard import Parts

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_IS_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_ATTRIBUTES = {
    name: re.compile(rb"""(?:^|[\s:])""" + name + rb"""\s*=\s*["']([^"']*)""")
    for name in (b"r", b"id", b"Id", b"Target", b"min", b"max")
}
_MARK = b"hidden="
_MOST_COLUMNS = 300

Hidden = dict[int, tuple[tuple[int, ...], tuple[int, ...]]]
"""By the position of the sheet: its hidden rows and its hidden columns, counted from 1."""


def hidden_lines(parts: Parts) -> Hidden:
    """The hidden rows and columns of each sheet that has any; a sheet that cannot be placed is left out."""
    sheets = {name: part for name, part in parts.items() if "worksheets/" in name and _MARK in part}
    lines = {name: (_hidden_rows(part), _hidden_columns(part)) for name, part in sheets.items()}
    marked = {name: found for name, found in lines.items() if any(found)}
    if not marked:
        return {}
    return {position: marked[name] for position, name in enumerate(_sheet_parts(parts)) if name in marked}


def _hidden_rows(part: bytes) -> tuple[int, ...]:
    rows, number = [], 0
    for attributes in _ROW.findall(part):
        given = _attribute(attributes, b"r")
        number = int(given) if given.isdigit() else number + 1
        if _IS_HIDDEN.search(attributes):
            rows.append(number)
    return tuple(rows)


def _hidden_columns(part: bytes) -> tuple[int, ...]:
    columns: list[int] = []
    for attributes in _COLUMN.findall(part.partition(b"sheetData")[0]):
        first, last = _attribute(attributes, b"min"), _attribute(attributes, b"max")
        if _IS_HIDDEN.search(attributes) and first.isdigit() and last.isdigit():
            columns += range(int(first), min(int(last), _MOST_COLUMNS) + 1)
    return tuple(columns)


def _sheet_parts(parts: Parts) -> list[str]:
    """The names of the sheets' parts in the order of the workbook; "" for one that is not to be found."""
    relations = {
        _attribute(found, b"Id"): _attribute(found, b"Target").decode("utf-8", "replace")
        for found in _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    found = [_attribute(sheet, b"id") for sheet in _SHEET.findall(parts.get("xl/workbook.xml", b""))]
    return [normpath(join("/xl", relations.get(name, ""))).lstrip("/") for name in found]


def _attribute(attributes: bytes, name: bytes) -> bytes:
    match = _ATTRIBUTES[name].search(attributes)
    return match[1] if match else b""
