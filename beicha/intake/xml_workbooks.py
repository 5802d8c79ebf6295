"""Workbooks in the XML of Excel 2003, which many programs give out as .xls, and flat open documents (.fods)."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from lxml import etree

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.grid import Grid, OutOfBoundsError
from beicha.intake.guard import MOST_COLUMNS, MOST_SHEETS

_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SHEET, _ROW, _COLUMN, _CELL, _DATA = (f"{_NS}{name}" for name in ("Worksheet", "Row", "Column", "Cell", "Data"))
_INDEX, _TYPE, _FORMULA, _HIDDEN = (f"{_NS}{name}" for name in ("Index", "Type", "Formula", "Hidden"))
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_OPEN_DOCUMENT}"/></manifest:manifest>"""


def read_xml_workbook(text: str) -> Book | Refusal:
    """The sheets of a workbook in the XML of Excel 2003, or why there are none."""
    if "<!DOCTYPE" in text:
        return Refusal("unsafe_workbook", {"what": "doctype"})
    try:
        sheets = tuple(_sheets(_without_declaration(text).encode("utf-8", "replace")))
    except (etree.LxmlError, ValueError):
        return Refusal("damaged")
    except OutOfBoundsError as found:
        return found.refusal
    return Book("workbook", sheets)


def as_package(text: str) -> bytes | Refusal:
    """A flat open document as the zipped one, which the reader of cells knows."""
    if "<!DOCTYPE" in text:
        return Refusal("unsafe_workbook", {"what": "doctype"})
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(_without_declaration(text).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return Refusal("damaged")
    body = root.find("{*}body")
    if body is None or body.find("{*}spreadsheet") is None:
        return Refusal("is_document")
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", _OPEN_DOCUMENT)
        archive.writestr("content.xml", etree.tostring(body, encoding="utf-8"))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return target.getvalue()


def _without_declaration(text: str) -> str:
    """The XML without its first line, which may name the encoding that it had as bytes."""
    text = text.lstrip("\ufeff").lstrip()
    return text.partition("?>")[2] if text.startswith("<?xml") else text


def _sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets in their order; what is read is let go, so that memory holds one row of the tree at a time."""
    grid, row, count, column, is_hidden = Grid(), 0, 0, 0, False
    tags = (_ROW, _COLUMN, _SHEET, _VISIBLE)
    parsed = etree.iterparse(BytesIO(content), tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
    for _, node in parsed:
        if node.tag == _ROW:
            row = _index(node, row)
            _put_row(grid, row, node)
            row += 1
            node.clear()
        elif node.tag == _COLUMN:
            column = _index(node, column)
            column = _put_column(grid, column, node)
        elif node.tag == _VISIBLE:
            is_hidden = node.text != "SheetVisible"
        else:
            count += 1
            if count > MOST_SHEETS:
                raise OutOfBoundsError("sheets")
            yield grid.sheet(node.get(f"{_NS}Name", ""), hidden=is_hidden)
            grid, row, column, is_hidden = Grid(), 0, 0, False
            node.clear()


def _put_row(grid: Grid, row: int, node: Any) -> None:
    if node.get(_HIDDEN) == "1":
        grid.hidden_rows.append(row + 1)
    column = 0
    for cell in node.iterchildren(_CELL):
        column = _index(cell, column)
        data = cell.find(_DATA)
        if data is not None:
            grid.put(row, column, _value(data))
        elif cell.get(_FORMULA):
            grid.unstored.append((row, column))
        across, down = _number(cell.get(f"{_NS}MergeAcross")), _number(cell.get(f"{_NS}MergeDown"))
        grid.merge(row, column, down, across)
        column += across + 1


def _put_column(grid: Grid, column: int, node: Any) -> int:
    """Notes hidden columns; gives the place of the next one."""
    end = min(column + _number(node.get(f"{_NS}Span")) + 1, MOST_COLUMNS)
    if node.get(_HIDDEN) == "1":
        grid.hidden_columns += range(column + 1, end + 1)
    return end


def _index(node: Any, following: int) -> int:
    """The place of a row, a column or a cell from 0: the one it names, or the following one."""
    return max(_number(node.get(_INDEX)) - 1, following)


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 9 else 0


def _value(data: Any) -> Any:
    text, kind = "".join(data.itertext()), data.get(_TYPE)
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text
