"""One worksheet's part as a grid: cells found or made at their place, texts written, a column made wide."""

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from beicha.intake.book import letter, position
from beicha.intake.checked.package import UnfitError, inert, relation_space

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BEHIND_DRAWINGS = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
)
"""What the format wants behind ``legacyDrawing``."""


class Grid:
    """The cells of a sheet; rows and columns are counted from 1, as the format does."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.space = etree.QName(root).namespace or ""
        data = self._child("sheetData")
        if data is None:
            raise UnfitError("a sheet has no cells")
        self._data = data
        self._rows: dict[int, Any] = {}
        number = 0
        for row in data.iterfind(self.tag("row")):
            number = int(row.get("r", number + 1))
            self._rows[number] = row
        self._last = max(self._rows, default=0)

    def tag(self, name: str) -> str:
        """A name in the sheet's own namespace."""
        return f"{{{self.space}}}{name}" if self.space else name

    def _child(self, name: str) -> Any:
        return self.root.find(self.tag(name))

    def cells(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, int, Any]]:
        """All cells that the part holds in these rows, with their row and column."""
        for number, row in self._rows.items():
            if number >= first and (last is None or number <= last):
                for column, cell in self._cells_of(row):
                    yield number, column, cell

    def _cells_of(self, row: Any) -> Iterator[tuple[int, Any]]:
        column = 0
        for cell in row.iterfind(self.tag("c")):
            place = _CELL.fullmatch(cell.get("r", ""))
            column = position(place[1]) + 1 if place else column + 1
            yield column, cell

    def merged(self) -> list[tuple[int, int, int, int]]:
        """The merged ranges as (top, left, bottom, right)."""
        ranges = self.root.iterfind(f"{self.tag('mergeCells')}/{self.tag('mergeCell')}")
        return [place for found in ranges if (place := corners(found.get("ref", ""))) is not None]

    def cell(self, row: int, column: int) -> Any:
        """The cell at a place; a new one has the style of its row or column."""
        line = self._row(row)
        behind = None
        for at, cell in self._cells_of(line):
            if at == column:
                return cell
            if at > column:
                behind = cell
                break
        made = etree.Element(self.tag("c"), r=f"{letter(column - 1)}{row}")
        style = self._style_beneath(line, column)
        if style:
            made.set("s", style)
        if behind is None:
            line.append(made)
        else:
            behind.addprevious(made)
        line.attrib.pop("spans", None)
        return made

    def _row(self, number: int) -> Any:
        if number in self._rows:
            return self._rows[number]
        made = etree.Element(self.tag("row"), r=str(number))
        if number > self._last:
            self._data.append(made)
            self._last = number
        else:
            min((at, row) for at, row in self._rows.items() if at > number)[1].addprevious(made)
        self._rows[number] = made
        return made

    def _style_beneath(self, row: Any, column: int) -> str:
        if row.get("customFormat") in ("1", "true"):
            return str(row.get("s", ""))
        beneath = next((col for col in self._columns() if _spans(col, column)), None)
        return "" if beneath is None else str(beneath.get("style", ""))

    def write(self, row: int, column: int, text: str, style: int | None = None) -> None:
        """Writes a text, which is nothing but a text, over whatever the cell holds."""
        cell = self.cell(row, column)
        clear(cell)
        if style is not None:
            cell.set("s", str(style))
        cell.set("t", "inlineStr")
        held = etree.SubElement(etree.SubElement(cell, self.tag("is")), self.tag("t"))
        held.text = inert(text)
        held.set(_SPACE, "preserve")

    def leads_formulas(self, row: int, column: int) -> bool:
        """Whether other cells take their formula from this one."""
        formula = self.cell(row, column).find(self.tag("f"))
        return formula is not None and formula.get("ref") is not None

    def set_height(self, row: int, points: float) -> None:
        """Gives a row a height of its own."""
        self._row(row).attrib.update({"ht": f"{points:g}", "customHeight": "1"})

    def reach(self, column: int) -> None:
        """Lets the sheet's stated size take in a column."""
        stated = self._child("dimension")
        place = corners(stated.get("ref", "")) if stated is not None else None
        if place is not None and place[3] < column:
            top, left, bottom, _ = place
            stated.set("ref", f"{letter(left - 1)}{top}:{letter(column - 1)}{bottom}")

    def _columns(self) -> list[Any]:
        held = self._child("cols")
        return [] if held is None else list(held.iterfind(self.tag("col")))

    def widen(self, column: int, width: float) -> None:
        """Gives a column a width of its own and shows it, the others left as they are."""
        own = {"min": str(column), "max": str(column), "width": f"{width:g}", "customWidth": "1"}
        for col in self._columns():
            if _spans(col, column):
                self._split(col, own)
                return
        made = etree.Element(self.tag("col"), own)
        held = self._child("cols")
        if held is None:
            held = etree.Element(self.tag("cols"))
            self._data.addprevious(held)
        behind = next((col for col in self._columns() if int(col.get("min", 0)) > column), None)
        if behind is None:
            held.append(made)
        else:
            behind.addprevious(made)

    def _split(self, col: Any, own: dict[str, str]) -> None:
        column, first, last = int(own["min"]), int(col.get("min", 0)), int(col.get("max", 0))
        if first < column:
            before = copy.deepcopy(col)
            before.set("max", str(column - 1))
            col.addprevious(before)
        if last > column:
            after = copy.deepcopy(col)
            after.set("min", str(column + 1))
            col.addnext(after)
        for name in ("hidden", "collapsed", "bestFit"):
            col.attrib.pop(name, None)
        col.attrib.update(own)

    def lead_to_drawing(self, relation: str, *, strict: bool) -> None:
        """Names the drawing that holds the boxes of the comments."""
        made = etree.Element(self.tag("legacyDrawing"))
        made.set(f"{{{relation_space(strict=strict)}}}id", relation)
        for child in self.root:
            if isinstance(child.tag, str) and etree.QName(child).localname in _BEHIND_DRAWINGS:
                child.addprevious(made)
                return
        self.root.append(made)


def clear(cell: Any) -> None:
    """Empties a cell but for its style."""
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "vm", "cm"):
        cell.attrib.pop(name, None)


def corners(reference: str) -> tuple[int, int, int, int] | None:
    """A range such as A1:C5 as (top, left, bottom, right); None for what is none."""
    first, _, last = reference.partition(":")
    start, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if start is None or end is None:
        return None
    return int(start[2]), position(start[1]) + 1, int(end[2]), position(end[1]) + 1


def _spans(col: Any, column: int) -> bool:
    return int(col.get("min", 0)) <= column <= int(col.get("max", 0))
