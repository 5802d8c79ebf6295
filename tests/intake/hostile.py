"""Files made to harm whoever opens them, each with the answers that are right: refused with a sentence, or read."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

from openpyxl import Workbook

from tests.intake.old_formats import biff, compound, record, xls, xlsb, xml_2003
from tests.intake.packages import archived, parts_of, with_parts
from tests.intake.workbooks import HALL, HALL_ROW, hall, saved

SHEET = "xl/worksheets/sheet2.xml"
MEGABYTE = 2**20
REFUSED = ("damaged", "unsafe_workbook", "too_much_inside", "reader_stopped", "took_too_long")
"""Any of these is a right answer to a file that is broken on purpose."""
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

MERGE = '<mergeCell ref="A1:B2"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Case = tuple[bytes, tuple[str, ...]]
"""The bytes, and the codes of refusal that are right; "read" stands for being read."""


def with_sheet(data: str, before: str = "", after: str = "") -> bytes:
    """A workbook whose sheet holds these rows, with what stands before and after them."""
    part = f'<worksheet xmlns="{NS}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    return with_parts(hall(HALL_ROW), {SHEET: part})


def with_lying_size(declared: int) -> bytes:
    """A workbook one part of which inflates to 30 MB and says it holds less, in both of its headers."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(hall(HALL_ROW)).items():
            archive.writestr(name, part)
        archive.writestr("xl/extra.xml", bytes(30 * MEGABYTE))
    return target.getvalue().replace(struct.pack("<I", 30 * MEGABYTE), struct.pack("<I", declared))


def quine_like() -> bytes:
    """An archive whose members lie over each other: many names for the same packed bytes."""
    content = bytearray(archived({"xl/workbook.xml": bytes(MEGABYTE)}))
    directory = content.rindex(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    entry = bytes(content[directory:end])
    entries = b"".join(entry.replace(b"xl/workbook.xml", b"xl/%011d" % number) for number in range(200))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 201, 201, len(entries) + len(entry), directory, 0)
    return bytes(content[:directory]) + entry + entries + tail


def corners(*cells: str) -> bytes:
    book = Workbook()
    for cell in cells:
        book.active[cell] = 1
    return saved(book)


def many_sheets(count: int) -> bytes:
    sheets = "".join(f'<sheet name="s{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, count + 1))
    part = f'<workbook xmlns="{NS}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    return with_parts(hall(HALL_ROW), {"xl/workbook.xml": part})


def with_directory(change: Callable[[bytearray, int], None]) -> bytes:
    """A workbook whose list of parts is changed."""
    content = bytearray(hall(HALL_ROW))
    change(content, content.rindex(b"PK\x05\x06"))
    return bytes(content)


def _entry_far_away(content: bytearray, end: int) -> None:
    struct.pack_into("<I", content, end + 16, 0xFFFFFFF0)


def _more_entries(content: bytearray, end: int) -> None:
    struct.pack_into("<HH", content, end + 8, 60_000, 60_000)


def _part_elsewhere(content: bytearray, end: int) -> None:
    (directory,) = struct.unpack_from("<I", content, end + 16)
    struct.pack_into("<I", content, directory + 42, 0x7FFFFFFF)


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
LAUGH = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
EXCEL_2003 = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
OPEN = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:'
    'opendocument:xmlns:table:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
    "<office:spreadsheet>{}</office:spreadsheet></office:body></office:document>"
)
REPEATED = (
    '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>'
)

CASES: dict[str, Callable[[], Case]] = {
    "a part of 90 MB that packs to nothing": lambda: (
        with_parts(hall(HALL_ROW), {"xl/theme/theme1.xml": bytes(90 * MEGABYTE)}),
        ("unsafe_workbook",),
    ),
    "a sheet of 30 MB of spaces": lambda: (with_sheet(" " * 30 * MEGABYTE), ("unsafe_workbook",)),
    "an archive in an archive in an archive": lambda: (
        archived({"a.zip": archived({"b.zip": archived({"c": bytes(MEGABYTE)})})}),
        ("is_archive",),
    ),
    "a size that lies by being small": lambda: (with_lying_size(100), ("unsafe_workbook", "damaged")),
    "a size that lies by being large": lambda: (with_lying_size(0xFFFFFFF0), ("unsafe_workbook", "damaged")),
    "parts that lie over each other": lambda: (quine_like(), ("unsafe_workbook", "too_much_inside", "damaged")),
    "a cell in the last corner": lambda: (corners("A1", "XFD1048576"), ("cell_far_away",)),
    "a cell at ZZ100000": lambda: (corners("A1", "ZZ100000"), ("cell_far_away",)),
    "a cell in the last row": lambda: (corners("A1", "A1048576"), ("cell_far_away",)),
    "thousands of sheets": lambda: (many_sheets(20_000), ("too_much_inside",)),
    "a million merges": lambda: (
        with_sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            after=f"<mergeCells>{MERGE * 1_000_000}</mergeCells>",
        ),
        ("too_much_inside", "unsafe_workbook"),
    ),
    "entities that grow": lambda: (
        with_parts(hall(HALL_ROW), {SHEET: f"{LAUGH}<worksheet>&l9;</worksheet>"}),
        ("unsafe_workbook",),
    ),
    "an entity from a file": lambda: (
        with_parts(hall(HALL_ROW), {SHEET: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'}),
        ("unsafe_workbook",),
    ),
    "entities that grow in a page": lambda: (
        f"{LAUGH}<html><table><tr><td>&l9;</td></tr></table></html>".encode(),
        ("read", "web_page", "not_a_workbook", "damaged"),
    ),
    "entities that grow in the XML of Excel 2003": lambda: (
        f'<?xml version="1.0"?>{LAUGH}<Workbook {EXCEL_2003}/>'.encode(),
        ("unsafe_workbook",),
    ),
    "XML a hundred thousand levels deep": lambda: (
        with_sheet("<a>" * 100_000 + "</a>" * 100_000),
        ("damaged", "read", "reader_stopped", "unsafe_workbook"),
    ),
    "a page a hundred thousand levels deep": lambda: (
        b"<table><tr><td>" * 100_000,
        ("damaged", "web_page", "too_much_inside", "workbook_blank"),
    ),
    "a drawing a hundred thousand levels deep": lambda: (
        with_parts(hall(HALL_ROW), {"xl/drawings/drawing1.xml": "<a>" * 100_000}),
        ("read",),
    ),
    "a text of 300 000 letters": lambda: (
        with_sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{random_text(300_000)}</t></is></c></row>'),
        ("too_much_inside",),
    ),
    "a column number that overflows": lambda: (
        with_sheet('<row r="1"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>'),
        ("damaged", "read", "reader_stopped", "too_much_inside"),
    ),
    "a row number that overflows": lambda: (
        with_sheet('<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>'),
        ("damaged", "read", "reader_stopped", "too_much_inside"),
    ),
    "a shared text that is not there": lambda: (
        with_sheet('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>'),
        ("damaged", "read"),
    ),
    "a name that leads out of the package": lambda: (
        with_parts(hall(HALL_ROW), {"../../../etc/passwd": "x", "xl/../../a": "x"}),
        ("read",),
    ),
    "a relation that leads to itself": lambda: (
        with_parts(hall(HALL_ROW), {"xl/worksheets/_rels/sheet2.xml.rels": loop_of_relations()}),
        ("read",),
    ),
    "a list of parts that lies far away": lambda: (with_directory(_entry_far_away), ("damaged",)),
    "a list of more parts than there are": lambda: (with_directory(_more_entries), ("damaged", "read")),
    "a part that lies behind the end": lambda: (with_directory(_part_elsewhere), ("damaged",)),
    "a line of 20 MB": lambda: (b"a" * (20 * MEGABYTE), ("too_much_inside",)),
    "a million columns": lambda: (b"," * 1_000_000, ("too_much_inside",)),
    "nothing but quotes": lambda: (b'"' * 2_000_001, ("too_much_inside", "damaged", "read")),
    "a million lines": lambda: (b"a,b\n" * 1_000_000, ("too_much_inside",)),
    "a page whose cell spans all": lambda: (
        b"<table><tr>" + b"<td colspan=9999 rowspan=9999>a</td>" * 5000 + b"</tr></table>",
        ("too_much_inside",),
    ),
    "a page of a million tables": lambda: (b"<table><tr><td>1" * 300_000, ("too_much_inside", "damaged", "web_page")),
    "an index beyond all rows": lambda: (
        xml_2003({"a": [["x"]]}).replace(b"<Row>", b'<Row ss:Index="99999999">'),
        ("too_much_inside",),
    ),
    "cells repeated to the last corner": lambda: (
        OPEN.format(REPEATED).encode(),
        ("cell_far_away",),
    ),
    "a chain of sectors that bites its tail": lambda: (looped_sectors(), (*REFUSED, "not_a_workbook", "read")),
    "a record that is longer than the file": lambda: (
        compound(Workbook=biff({"a": [["x"]]})[:60] + record(0x00FC)[:2] + b"\xff\xff" + bytes(5000)),
        (*REFUSED, "workbook_blank"),
    ),
    "shared texts that are promised and missing": lambda: (
        xls({"a": [["x"]]}, 8, record(0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))),
        (*REFUSED, "read"),
    ),
    "an xlsb row beyond all rows": lambda: (
        with_parts(xlsb({"a": [["x"]]}), {"xl/worksheets/sheet1.bin": b"\x81\x01\0\x91\x01\0\0\x19" + b"\xff" * 200}),
        (*REFUSED, "workbook_blank", "read"),
    ),
}


def random_text(length: int) -> str:
    """Letters that pack badly, so that their number alone is what is wrong with them."""
    return "".join(random.Random(7).choices("abcdefghijklmnop天地玄黄宇宙洪荒", k=length))


def loop_of_relations() -> str:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/drawing" Target="sheet2.xml"/>'
    return f"<Relationships>{relation * 50}</Relationships>"


def looped_sectors() -> bytes:
    content = bytearray(xls({"a": [HALL, HALL_ROW]}))
    struct.pack_into("<I", content, 512 + 4 * 3, 2)
    return bytes(content)


def truncated(content: bytes, places: int = 24) -> Iterator[bytes]:
    """The file cut off at places spread over it, and in its last bytes."""
    for at in range(places):
        yield content[: len(content) * at // places]
    for left in range(1, 30, 4):
        yield content[:-left]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The file with a few of its bytes changed, doubled, moved or taken out."""
    result = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, length = chance.randrange(len(result) + 1), chance.choice((1, 1, 2, 4, 64))
        kind = chance.randrange(5)
        if kind == 0 and at < len(result):
            result[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            result[at : at + length] = chance.randbytes(length)
        elif kind == 2:
            del result[at : at + length]
        elif kind == 3:
            result[at:at] = result[at : at + length] * chance.choice((1, 3, 100))
        else:
            result[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"<!--"))
    return bytes(result)


def mutated_inside(content: bytes, chance: random.Random) -> bytes:
    """The package with one of its parts mutated and packed again, so that the parser sees it and not the checksum."""
    parts = parts_of(content)
    name = chance.choice([*parts])
    return archived({**parts, name: mutated(parts[name], chance)})
