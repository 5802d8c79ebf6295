"""Filling in the standard workbook as a clerk does: rows below the headings, answers beside the labels."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from beicha.demo.sheets import Value, cell_xml, letters, packed

_PROPERTIES = "docProps/core.xml"
_MOMENT, _LONG_AGO = re.compile(rb"\d{4}-\d\d-\d\dT[\d:]+Z"), b"2026-01-01T00:00:00Z"
"""Two templates of one edition give the same bytes, whenever they were made."""

_STRING = re.compile(r"<si>(.*?)</si>", re.S)
_TEXT = re.compile(r"<t(?: [^>]*)?>(.*?)</t>", re.S)
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_TARGET = re.compile(
    r'<Relationship [^>]*?Target="([^"]*)"[^>]*?Id="([^"]*)"|<Relationship [^>]*?Id="([^"]*)"[^>]*?Target="([^"]*)"'
)
_ROW = re.compile(r'<row [^>]*?r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', re.S)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.S)
_STYLE = re.compile(r's="(\d+)"')


@dataclass(frozen=True)
class _Row:
    number: int
    texts: Mapping[str, str]
    styles: Mapping[str, str]
    xml: str


class Template:
    """A standard workbook taken apart once, to be filled in many times."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(BytesIO(content)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._parts[_PROPERTIES] = _MOMENT.sub(_LONG_AGO, self._parts[_PROPERTIES])
        strings = self._text("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in self._parts else ""
        self._strings = ["".join(map(unescape, _TEXT.findall(found))) for found in _STRING.findall(strings)]
        self._sheets = self._find_sheets()
        self._rows = {name: self._read_rows(part) for name, part in self._sheets.items()}

    def filled(
        self, tables: Mapping[str, Sequence[Mapping[str, Value]]], answers: Mapping[str, Mapping[str, Value]]
    ) -> bytes:
        """The workbook with ``tables`` (sheet → rows by heading) and ``answers`` (sheet → values by label)."""
        parts = dict(self._parts)
        for sheet, rows in tables.items():
            parts[self._sheets[sheet]] = self._with_rows(sheet, rows).encode()
        for sheet, values in answers.items():
            parts[self._sheets[sheet]] = self._with_answers(sheet, values).encode()
        return packed(parts.items())

    def _text(self, part: str) -> str:
        return self._parts[part].decode()

    def _find_sheets(self) -> dict[str, str]:
        targets = {}
        for target, after, before, other in _TARGET.findall(self._text("xl/_rels/workbook.xml.rels")):
            targets[after or before] = "xl/" + (target or other).removeprefix("/xl/").removeprefix("xl/")
        return {unescape(name): targets[place] for name, place in _SHEET.findall(self._text("xl/workbook.xml"))}

    def _read_rows(self, part: str) -> list[_Row]:
        return [
            _Row(int(found[1]), self._texts(found[2] or ""), _styles(found[2] or ""), found[0])
            for found in _ROW.finditer(self._text(part))
        ]

    def _texts(self, cells: str) -> dict[str, str]:
        texts = {}
        for column, attributes, content in _CELL.findall(cells):
            if 't="s"' in attributes:
                texts[column] = self._strings[int(re.sub(r"\D", "", content))]
            elif 't="inlineStr"' in attributes:
                texts[column] = "".join(map(unescape, _TEXT.findall(content)))
        return texts

    def _with_rows(self, sheet: str, rows: Sequence[Mapping[str, Value]]) -> str:
        """The sheet with these rows below its headings, in the place of what stood there."""
        wanted = set().union(*rows) if rows else set()
        head = max(self._rows[sheet], key=lambda row: len(wanted & set(row.texts.values())))
        columns = {text: column for column, text in head.texts.items() if text in wanted}
        if wanted - columns.keys():
            raise KeyError(f"{sheet}: {sorted(wanted - columns.keys())}")
        below = next((row.styles for row in self._rows[sheet] if row.number > head.number), {})
        kept = [row.xml for row in self._rows[sheet] if row.number <= head.number or not rows]
        new = [_row(head.number + 1 + at, row, columns, below) for at, row in enumerate(rows)]
        return self._with_data(sheet, [*kept, *new])

    def _with_answers(self, sheet: str, answers: Mapping[str, Value]) -> str:
        """The sheet with each answer in the cell to the right of its label."""
        rows = []
        for row in self._rows[sheet]:
            label = next((column for column, text in row.texts.items() if text in answers), None)
            if label is None:
                rows.append(row.xml)
                continue
            beside = letters(_number(label) + 1)
            rows.append(_with_cell(row, beside, answers[row.texts[label]]))
        return self._with_data(sheet, rows)

    def _with_data(self, sheet: str, rows: Sequence[str]) -> str:
        before, _, rest = self._text(self._sheets[sheet]).partition("<sheetData>")
        return f"{before}<sheetData>{''.join(rows)}</sheetData>{rest.partition('</sheetData>')[2]}"


def _styles(cells: str) -> dict[str, str]:
    return {column: style[1] for column, attributes, _ in _CELL.findall(cells) if (style := _STYLE.search(attributes))}


def _row(number: int, values: Mapping[str, Value], columns: Mapping[str, str], styles: Mapping[str, str]) -> str:
    placed = {columns[heading]: value for heading, value in values.items()}
    cells = (
        cell_xml(f"{column}{number}", placed[column], styles.get(column, "0")) for column in sorted(placed, key=_number)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _with_cell(row: _Row, column: str, value: Value) -> str:
    new = cell_xml(f"{column}{row.number}", value, row.styles.get(column, "0"))
    old = next((found for found in _CELL.finditer(row.xml) if found[1] == column), None)
    if old:
        return row.xml.replace(old[0], new)
    return row.xml.replace("</row>", f"{new}</row>")


def _number(column: str) -> int:
    """The place of a column counted from 0, from its letters."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number - 1
