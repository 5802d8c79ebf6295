"""The package of a zipped workbook: which part is which sheet, and what belongs to it.

Positions are those of the workbook's list of sheets, as the reader of cells counts them.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath, split

Parts = dict[str, bytes]
"""The inflated XML parts of a zipped workbook by name, in an encoding that has the signs of ASCII in their places."""

LONGEST_TEXT = 32_767
"""Of one cell, as in Excel."""

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_SINCE_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTES = {
    name: re.compile(rb"""(?:^|[\s:])""" + name + rb"""\s*=\s*["']([^"']*)""")
    for name in (b"r", b"id", b"Id", b"Target", b"Type", b"min", b"max")
}
_CELL_NAME = re.compile(rb"([A-Z]{1,3})(\d{1,7})")


def sheet_parts(parts: Parts) -> list[str]:
    """The names of the sheets' parts in the order of the workbook; "" for one that is not to be found."""
    relations = {relation: target for relation, _, target in relations_of(parts, "xl/workbook.xml")}
    found = [attribute(sheet, b"id") for sheet in _SHEET.findall(parts.get("xl/workbook.xml", b""))]
    return [relations.get(name, "") for name in found]


def counts_since_1904(parts: Parts) -> bool:
    """Whether the workbook counts its days from 1904 on; of the binary .xlsb nothing is known."""
    return _SINCE_1904.search(parts.get("xl/workbook.xml", b"")) is not None


def relations_of(parts: Parts, name: str) -> Iterator[tuple[bytes, bytes, str]]:
    """The other parts that a part speaks of: the name it calls them by, their type, and their name in the package."""
    folder, file = split(name)
    for found in _RELATION.findall(parts.get(f"{folder}/_rels/{file}.rels", b"")):
        target = attribute(found, b"Target").decode("utf-8", "replace")
        yield attribute(found, b"Id"), attribute(found, b"Type"), normpath(join("/", dirname(name), target)).lstrip("/")


def may_hold_long_text(parts: Parts) -> bool:
    """Whether a cell may hold a longer text than Excel allows; a look at each would take a fifth of the reading."""
    texts = [(name, part) for name, part in parts.items() if name.startswith(("xl/sharedStrings", "xl/worksheets/"))]
    if not any(name.endswith(".xml") for name, _ in texts):
        return True
    return any(_has_long_run(part, b"si>" if "sharedStrings" in name else b"c>") for name, part in texts)


def _has_long_run(part: bytes, mark: bytes) -> bool:
    """Whether so many bytes stand somewhere without the mark that ends each text."""
    at = 0
    while at + LONGEST_TEXT < len(part):
        found = part.rfind(mark, at, at + LONGEST_TEXT)
        if found < 0:
            return True
        at = found + len(mark)
    return False


def attribute(attributes: bytes, name: bytes) -> bytes:
    """The value of an attribute, b"" where it is not there."""
    match = _ATTRIBUTES[name].search(attributes)
    return match[1] if match else b""


def cell_at(name: bytes) -> tuple[int, int] | None:
    """Row and column, counted from 0, of a cell called B3; None for what is no such name."""
    match = _CELL_NAME.fullmatch(name)
    if match is None:
        return None
    column = 0
    for sign in match[1]:
        column = column * 26 + sign - ord("A") + 1
    return int(match[2]) - 1, column - 1
