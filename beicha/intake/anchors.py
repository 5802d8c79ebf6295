"""The pictures of a zipped workbook's sheets: those that float above the cells, and those that a cell holds.

A floating picture belongs to the cell in which its upper left corner lies. A cell of WPS holds one by the formula
=DISPIMG("ID_…",1), whose pictures stand in a part of their own; a formula that was copied from another workbook
shows none. An .xls and an .et keep no such list where it can be had without more reading than it is worth, so there
each such formula counts as a picture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree

from beicha.intake.formulas import picture_cells
from beicha.intake.package import Parts, relations_of

Counts = tuple[tuple[int, int, int], ...]
"""Row and column of a cell, counted from 0, and how many pictures it has."""

_FORMULA = "=DISPIMG("
_FORMULA_MARK = b"DISPIMG"
_NAME = re.compile(r'"([^"]*)"')
_LIST_OF_PICTURES = "xl/cellimages.xml"
_ANCHORS = ("oneCellAnchor", "twoCellAnchor")


def pictures_of(parts: Parts, name: str, rows: Sequence[Sequence[Any]]) -> Counts:
    """How many pictures each cell of a sheet has; ``name`` is the sheet's part, ``rows`` are its values."""
    counts = Counter(_floating(parts, name))
    part = parts.get(name, b"")
    if "xl/richData/richValueRel.xml" in parts:
        counts.update(picture_cells(part))
    is_binary = name.endswith(".bin")
    if is_binary or _FORMULA_MARK in part or _FORMULA_MARK in parts.get("xl/sharedStrings.xml", b""):
        kept = set(_names_kept(parts.get(_LIST_OF_PICTURES, b"")))
        counts.update(at for at, wanted in _by_formula(rows) if wanted in kept)
    return plain(counts)


def pictures_by_formula(rows: Sequence[Sequence[Any]]) -> Counts:
    """The cells with a formula for a picture, one each."""
    return plain(Counter(at for at, _ in _by_formula(rows)))


def plain(counts: Counter[tuple[int, int]]) -> Counts:
    """The counts in the order of the cells."""
    return tuple((row, column, count) for (row, column), count in sorted(counts.items()))


def _by_formula(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[tuple[int, int], str]]:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.__class__ is str and cell.startswith(_FORMULA):
                wanted = _NAME.search(cell)
                yield (at, column), wanted[1] if wanted else ""


def _names_kept(part: bytes) -> Iterable[str]:
    root = _tree(part)
    return (node.get("name", "") for node in root.iter("{*}cNvPr")) if root is not None else ()


def _floating(parts: Parts, name: str) -> Iterator[tuple[int, int]]:
    for _, kind, target in relations_of(parts, name):
        root = _tree(parts.get(target, b"")) if kind.endswith(b"/drawing") else None
        for anchor in root.iter(*(f"{{*}}{kind}" for kind in _ANCHORS)) if root is not None else ():
            corner = anchor.find("{*}from")
            row, column = (None, None) if corner is None else (corner.findtext("{*}row"), corner.findtext("{*}col"))
            if row and column and row.strip().isdecimal() and column.strip().isdecimal():
                yield from ((int(row), int(column)) for _ in range(_pictures_in(anchor)))


def _pictures_in(anchor: Any) -> int:
    """The pictures below an anchor, also in groups; the picture for old programs is not one more."""
    return sum(1 for picture in anchor.iter("{*}pic") if next(picture.iterancestors("{*}Fallback"), None) is None)


def _tree(part: bytes) -> Any:
    """The root of an XML part, or None where it is none."""
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
