"""Workbooks as plain bytes: what a clerk's spreadsheet program writes. The same sheets always give the same bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Value = str | int | float | date | None
Style = Literal["", "title", "heading"]

_EPOCH = date(1899, 12, 30)
_WHEN = (2026, 1, 1, 0, 0, 0)
_STYLES = {"": "0", "date": "1", "title": "2", "heading": "3"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STYLE_SHEET = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>'
    '<xf fontId="2" applyFont="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells, merged spans as (top, left, bottom, right) counted from 0, and how some rows look."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    looks: Mapping[int, Style] | None = None


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an .xlsx file with these sheets."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relationships(
            [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
            + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLE_SHEET,
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in enumerate(sheets, 1)}
    return packed((name, content.encode()) for name, content in parts.items())


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The parts in a zip whose bytes do not tell when it was made."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in parts:
            entry = ZipInfo(name, _WHEN)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def _row_xml(number: int, values: Sequence[Value], style: Style = "") -> str:
    """A row of a sheet, its number as Excel shows it."""
    cells = (
        cell_xml(f"{letters(column)}{number}", value, _STYLES["date" if isinstance(value, date) else style])
        for column, value in enumerate(values)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def letters(column: int) -> str:
    """The letters of a column counted from 0: A to ZZ."""
    return letters(column // 26 - 1) + chr(65 + column % 26) if column >= 26 else chr(65 + column)


def serial(day: date) -> int:
    """The day as the number that spreadsheets keep."""
    return (day - _EPOCH).days


def cell_xml(place: str, value: Value, style: str) -> str:
    """A cell at a place such as B7, with the number of its style."""
    if value is None:
        return f'<c r="{place}" s="{style}"/>' if style != "0" else ""
    if isinstance(value, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{serial(value) if isinstance(value, date) else value!r}</v></c>'


def _sheet(sheet: Sheet) -> str:
    looks = sheet.looks or {}
    rows = "".join(_row_xml(at + 1, values, looks.get(at, "")) for at, values in enumerate(sheet.rows))
    spans = "".join(
        f'<mergeCell ref="{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"/>'
        for top, left, bottom, right in sheet.merged
    )
    merged = f'<mergeCells count="{len(sheet.merged)}">{spans}</mergeCells>' if spans else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetFormatPr defaultRowHeight="15"/><cols>'
        f'<col min="1" max="30" width="14" customWidth="1"/></cols><sheetData>{rows}</sheetData>{merged}</worksheet>'
    )


def _book(sheets: Sequence[Sheet]) -> str:
    entries = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{entries}</sheets></workbook>'


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{sheets}</Types>'
    )
