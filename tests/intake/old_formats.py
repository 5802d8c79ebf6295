"""Small writers of the formats that no library here writes: .xls of Excel 95 and 97, .xlsb, XML of Excel 2003, .et."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.intake.packages import RELATIONS, archived

Rows = Sequence[Sequence[Any]]

SECTOR = 512
NONE, END = 0xFFFFFFFF, 0xFFFFFFFE
PLAIN, DATE = 0, 1
FILEPASS = 0x002F
ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


@dataclass(frozen=True)
class Fault:
    """A cell that shows an error, which a formula gave or which was written into it."""

    error: str
    is_written: bool = False


def serial(day: date) -> int:
    """The number that Excel keeps for a day."""
    return (day - date(1899, 12, 30)).days


def compound(**streams: bytes) -> bytes:
    """A compound file with these streams, each of which is padded to 4096 bytes so that none needs the small ones."""
    contents = [
        stream + bytes(-len(stream) % SECTOR + max(0, 4096 - len(stream) - SECTOR)) for stream in streams.values()
    ]
    contents = [stream + bytes(max(0, 4096 - len(stream))) for stream in contents]
    entries = len(streams) + 1
    directory_sectors = -(-entries * 128 // SECTOR)
    chains = [[0xFFFFFFFD], [*range(2, 1 + directory_sectors), END]]
    directory = [_entry("Root Entry", 5, END, 0, child=1)]
    body, at = b"", 1 + directory_sectors
    for number, (name, content) in enumerate(zip(streams, contents, strict=True), 1):
        sectors = len(content) // SECTOR
        directory.append(_entry(name, 2, at, len(content), right=number + 1 if number < len(streams) else NONE))
        chains.append([*range(at + 1, at + sectors), END])
        at += sectors
        body += content
    fat = [sector for chain in chains for sector in chain]
    assert len(fat) <= SECTOR // 4, "one sector of the allocation table is all there is"
    table = struct.pack(f"<{SECTOR // 4}I", *fat, *[NONE] * (SECTOR // 4 - len(fat)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[NONE] * 108)
    return header + table + b"".join(directory).ljust(directory_sectors * SECTOR, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, *, child: int = NONE, right: int = NONE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    return head + struct.pack("<3I", NONE, right, child) + bytes(36) + struct.pack("<IQ", start, size)


def xls(sheets: dict[str, Rows], version: int = 8, extra: bytes = b"", objects: bytes = b"", **streams: bytes) -> bytes:
    """A workbook of Excel 95 (version 5) or 97 (version 8).

    ``extra`` records come first after its beginning, those of ``objects`` after the cells of its last sheet.
    """
    stream = biff(sheets, version, extra, objects)
    return compound(**{"Workbook" if version == 8 else "Book": stream}, **streams)


def biff(sheets: dict[str, Rows], version: int = 8, extra: bytes = b"", objects: bytes = b"") -> bytes:
    """The stream of records that such a workbook holds."""
    last = len(sheets) - 1
    bodies = [_sheet(rows, version, objects if at == last else b"") for at, rows in enumerate(sheets.values())]
    head = _begin(version, 0x0005) + extra + record(0x0042, struct.pack("<H", 1200 if version == 8 else 936))
    head += _format(PLAIN, version) + _format(14, version)
    names = [_text(name, version, "<B") for name in sheets]
    at = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += record(0x0085, struct.pack("<IBB", at, 0, 0) + name)
        at += len(body)
    return head + record(0x000A) + b"".join(bodies)


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of a .xls."""
    return struct.pack("<HH", kind, len(content)) + content


def _begin(version: int, kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHH", 0x0600 if version == 8 else 0x0500, kind, 0x0DBB, 1996) + bytes(8))


def _format(number: int, version: int) -> bytes:
    return record(0x00E0, struct.pack("<HH", 0, number).ljust(20 if version == 8 else 16, b"\0"))


def _text(text: str, version: int, length: str = "<H") -> bytes:
    if version == 8:
        return struct.pack(length, len(text)) + b"\1" + text.encode("utf-16-le")
    content = text.encode("gb18030")
    return struct.pack(length, len(content)) + content


def _sheet(rows: Rows, version: int, objects: bytes) -> bytes:
    cells = b"".join(
        _cell(at, column, value, version) for at, row in enumerate(rows) for column, value in enumerate(row)
    )
    width = max(map(len, rows), default=0)
    size = struct.pack("<IIHHH" if version == 8 else "<HHHHH", 0, len(rows), 0, width, 0)
    return _begin(version, 0x0010) + record(0x0200, size) + cells + objects + record(0x000A)


def _cell(row: int, column: int, value: Any, version: int) -> bytes:
    if value is None or value == "":
        return b""
    if isinstance(value, Fault):
        return _fault(row, column, value)
    if isinstance(value, date):
        return record(0x0203, struct.pack("<HHHd", row, column, DATE, serial(value)))
    if isinstance(value, (int, float)):
        return record(0x0203, struct.pack("<HHHd", row, column, PLAIN, value))
    return record(0x0204, struct.pack("<HHH", row, column, PLAIN) + _text(value, version))


def _fault(row: int, column: int, value: Fault) -> bytes:
    code = ERRORS[value.error]
    if value.is_written:
        return record(0x0205, struct.pack("<HHHBB", row, column, PLAIN, code, 1))
    result = struct.pack("<BxBxxxH", 2, code, 0xFFFF)
    return record(0x0006, struct.pack("<HHH", row, column, PLAIN) + result + bytes(6) + b"\2\0\x1c" + bytes((code,)))


def picture(anchor: tuple[int, int] | None, kind: int = 8, version: int = 8) -> bytes:
    """The records of an object (8 is a picture) whose upper left corner lies in a cell, given by row and column."""
    if version == 5:
        row, column = anchor or (0, 0)
        return record(0x005D, struct.pack("<IHHHHHH", 1, kind, 1, 0, column, 0, row).ljust(34, b"\0"))
    drawn = b""
    if anchor:
        row, column = anchor
        drawn = record(
            0x00EC, b"\0\0\x10\xf0\x12\0\0\0" + struct.pack("<9H", 2, column, 0, row, 0, column + 1, 0, row + 1, 0)
        )
    return drawn + record(0x005D, struct.pack("<HHHHH", 0x15, 0x12, kind, 1, 0).ljust(26, b"\0"))


def xlsb(sheets: dict[str, Rows]) -> bytes:
    """A binary workbook (.xlsb) as Excel lays it out, without shared texts."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet_relations = (
        "".join(
            f'<Relationship Id="rId{at}" Type="{office}/worksheet" Target="worksheets/sheet{at}.bin"/>'
            for at in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rIdS" Type="{office}/styles" Target="styles.bin"/>'
    )
    bundle = b"".join(
        _part(156, struct.pack("<II", 0, at) + _wide(f"rId{at}") + _wide(name)) for at, name in enumerate(sheets, 1)
    )
    parts: dict[str, bytes | str] = {
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.bin"/>'
        ),
        "xl/_rels/workbook.bin.rels": RELATIONS.format(sheet_relations),
        "xl/workbook.bin": _part(131) + _part(143) + bundle + _part(144) + _part(132),
        "xl/styles.bin": _part(278)
        + _part(617, struct.pack("<I", 2))
        + _part(47, struct.pack("<HH", 0xFFFF, 0).ljust(16, b"\0"))
        + _part(47, struct.pack("<HH", 0xFFFF, 14).ljust(16, b"\0"))
        + _part(618)
        + _part(279),
    }
    for at, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{at}.bin"] = _binary_sheet(rows)
    return archived(parts)


def _binary_sheet(rows: Rows) -> bytes:
    width = max(map(len, rows), default=1)
    content = _part(129) + _part(148, struct.pack("<4I", 0, max(0, len(rows) - 1), 0, width - 1)) + _part(145)
    for at, row in enumerate(rows):
        content += _part(0, struct.pack("<II", at, 0).ljust(25, b"\0"))
        content += b"".join(_binary_cell(column, value) for column, value in enumerate(row))
    return content + _part(146) + _part(130)


def _binary_cell(column: int, value: Any) -> bytes:
    if value is None or value == "":
        return b""
    if isinstance(value, Fault):
        return _binary_fault(column, value)
    if isinstance(value, date):
        return _part(5, struct.pack("<IId", column, DATE, serial(value)))
    if isinstance(value, (int, float)):
        return _part(5, struct.pack("<IId", column, PLAIN, value))
    return _part(6, struct.pack("<II", column, PLAIN) + _wide(value))


def _binary_fault(column: int, value: Fault) -> bytes:
    shown = struct.pack("<IIB", column, PLAIN, ERRORS[value.error])
    return _part(3, shown) if value.is_written else _part(11, shown + bytes(2) + struct.pack("<I", 0) * 2)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _part(kind: int, content: bytes = b"") -> bytes:
    """One record of an .xlsb: kind and length in sevens of bits."""
    head = struct.pack("<B", kind) if kind < 128 else struct.pack("<BB", kind & 0x7F | 0x80, kind >> 7)
    length = len(content)
    while length > 127:
        head += struct.pack("<B", length & 0x7F | 0x80)
        length >>= 7
    return head + struct.pack("<B", length) + content


def xml_2003(sheets: dict[str, Rows], encoding: str = "utf-8") -> bytes:
    """A workbook in the XML of Excel 2003."""
    body = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{"".join(map(_xml_row, rows))}</Table></Worksheet>'
        for name, rows in sheets.items()
    )
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{body}</Workbook>'
    )
    return text.encode(encoding)


def _xml_row(row: Sequence[Any]) -> str:
    cells, is_gap = "", False
    for at, value in enumerate(row, 1):
        if value is None or value == "":
            is_gap = True
            continue
        index = f' ss:Index="{at}"' if is_gap else ""
        is_gap = False
        kind, text = ("String", value)
        if isinstance(value, date):
            kind, text = "DateTime", f"{value.isoformat()}T00:00:00.000"
        elif isinstance(value, (int, float)):
            kind, text = "Number", str(value)
        cells += f'<Cell{index}><Data ss:Type="{kind}">{text}</Data></Cell>'
    return f"<Row>{cells}</Row>"
