"""The sheet 校验说明: all problems of the workbook in one list, each with a link to its cell."""

import math
from typing import Any

from lxml import etree

from beicha.intake.book import letter
from beicha.intake.checked.fills import Fills
from beicha.intake.checked.grid import Grid
from beicha.intake.checked.marks import Line, Marks
from beicha.intake.checked.package import inert
from beicha.words.workbook import CHECK_NOTES

_WIDTHS = (11.0, 26.0, 16.0, 22.0, 48.0, 48.0)
_PLACE = 2
_LINE_HEIGHT, _WIDE_FROM = 16, "\u2e80"
_BLUE, _PALE, _GREY = "1F4E79", "DCE6F1", "595959"


def notes_sheet(marks: Marks, intro: tuple[str, ...], fills: Fills, space: str) -> bytes:
    """The sheet as a part of a workbook whose parts are of this namespace."""
    root = _frame(space, len(intro) + 3)
    grid = Grid(root)
    grid.write(1, 1, CHECK_NOTES, fills.lettered(bold=True, size=16, colour=_BLUE))
    for row, text in enumerate(intro, 2):
        grid.write(row, 1, text, fills.lettered(colour=_GREY))
    head = len(intro) + 3
    for column, text in enumerate(marks.headings, 1):
        grid.write(head, column, text, fills.lettered(bold=True, colour=_BLUE, fill=_PALE))
    links = etree.Element(grid.tag("hyperlinks"))
    for row, line in enumerate(marks.lines, head + 1):
        _write(grid, row, line, fills)
        if line.cell:
            where = f"'{line.sheet.replace(chr(39), chr(39) * 2)}'!{line.cell}"
            etree.SubElement(links, grid.tag("hyperlink"), ref=f"{letter(_PLACE - 1)}{row}", location=inert(where))
    _finish(grid, len(intro), links)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _frame(space: str, head: int) -> Any:
    def tag(name: str) -> str:
        return f"{{{space}}}{name}"

    root = etree.Element(tag("worksheet"), nsmap={None: space})
    about = etree.SubElement(root, tag("sheetPr"))
    etree.SubElement(about, tag("tabColor"), rgb="FFD55E00")
    etree.SubElement(about, tag("pageSetUpPr"), fitToPage="1")
    view = etree.SubElement(etree.SubElement(root, tag("sheetViews")), tag("sheetView"))
    view.attrib.update({"showGridLines": "0", "tabSelected": "1", "workbookViewId": "0"})
    frozen = {"ySplit": str(head), "topLeftCell": f"A{head + 1}", "activePane": "bottomLeft", "state": "frozen"}
    etree.SubElement(view, tag("pane"), frozen)
    cols = etree.SubElement(root, tag("cols"))
    for column, width in enumerate(_WIDTHS, 1):
        etree.SubElement(cols, tag("col"), min=str(column), max=str(column), width=f"{width:g}", customWidth="1")
    etree.SubElement(root, tag("sheetData"))
    return root


def _write(grid: Grid, row: int, line: Line, fills: Fills) -> None:
    for column, text in enumerate(line.texts, 1):
        style = fills.text(0, line.level if column == 1 and line.level != "note" else None)
        if column == _PLACE and line.cell:
            style = fills.lettered(colour=_BLUE)
        grid.write(row, column, text, style)
    # Not every program works out the height of a row with wrapped texts by itself.
    grid.set_height(row, _LINE_HEIGHT * max(map(_lines, line.texts, _WIDTHS)))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, a Chinese character counting twice."""
    return max(1, math.ceil(sum(2 if sign >= _WIDE_FROM else 1 for sign in text) / (width - 2)))


def _finish(grid: Grid, intro: int, links: Any) -> None:
    """What stands behind the cells, in the order that the format wants."""
    merges = etree.SubElement(grid.root, grid.tag("mergeCells"))
    for row in range(1, intro + 2):
        etree.SubElement(merges, grid.tag("mergeCell"), ref=f"A{row}:{letter(len(_WIDTHS) - 1)}{row}")
    if len(links):
        grid.root.append(links)
    margins = {"left": "0.4", "right": "0.4", "top": "0.5", "bottom": "0.5", "header": "0.3", "footer": "0.3"}
    etree.SubElement(grid.root, grid.tag("pageMargins"), margins)
    page = {"paperSize": "9", "orientation": "landscape", "fitToWidth": "1", "fitToHeight": "0"}
    etree.SubElement(grid.root, grid.tag("pageSetup"), page)
