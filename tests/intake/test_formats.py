"""One ledger in every format that clerks send: the same facts come out, whatever the file is called."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from beicha.intake.book import Refusal
from beicha.intake.child import read_book
from tests.intake.old_formats import FILEPASS, compound, record, xls, xlsb, xml_2003
from tests.intake.packages import archived, parts_of, replaced, with_floating, with_parts
from tests.intake.workbooks import HALL, HALL_ROW, codes, hall, read, saved, the_values, workbook

FILES = Path(__file__).with_name("files")
ROWS = [
    HALL,
    [1, date(2026, 3, 5), "孝老爱亲", "道德讲堂", 45, "李讲师", "有"],
    [2, date(2026, 3, 6), "诚实守信", None, 30, None, "无"],
]
COVER = [["台账上报"], [], ["社区", "桂花社区"], ["月份", "2026年3月"]]
SHEETS = {"封面": COVER, "道德讲堂活动": ROWS}
FACTS = {
    "date": [date(2026, 3, 5), date(2026, 3, 6)],
    "topic": ["孝老爱亲", "诚实守信"],
    "place": ["道德讲堂", None],
    "people": [45, 30],
    "lecturer": ["李讲师", None],
    "pictured": [True, False],
}


def page(*, charset: str = "utf-8", declared: str = "") -> bytes:
    """The ledger as a web page with one table for each sheet."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    tables = "".join(f"<h2>{name}</h2><table>{''.join(map(page_row, rows))}</table>" for name, rows in SHEETS.items())
    return f"<!DOCTYPE html><html><head>{meta}</head><body>{tables}</body></html>".encode(charset)


def page_row(row: list) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in ('' if value is None else value for value in row))}</tr>"


def strict() -> bytes:
    """The ledger as Strict OOXML: other names of the same things."""
    transitional = "http://schemas.openxmlformats.org/"
    pairs = [
        (f"{transitional}spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (f"{transitional}officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
        (f"{transitional}drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
    ]
    parts = {}
    for name, part in parts_of(workbook({"道德讲堂活动": ROWS})).items():
        for old, new in pairs:
            part = part.replace(old.encode(), new.encode())
        parts[name] = part
    assert any(b"purl.oclc.org" in part for part in parts.values())
    return archived(parts)


def without_declaration(text: bytes) -> bytes:
    return text.partition(b"?>")[2].lstrip()


FORMATS = {
    "xlsx": lambda: workbook({"道德讲堂活动": ROWS}),
    "xlsx strict": strict,
    "xls of Excel 95": lambda: xls(SHEETS, 5),
    "xls of Excel 97": lambda: xls(SHEETS, 8),
    "xls of LibreOffice": lambda: (FILES / "libreoffice.xls").read_bytes(),
    "et": lambda: xls(SHEETS, 8, ETExtData=b"\0" * 64),
    "xlsb": lambda: xlsb(SHEETS),
    "ods": lambda: (FILES / "libreoffice.ods").read_bytes(),
    "fods": lambda: (FILES / "libreoffice.fods").read_bytes(),
    "page in UTF-8": page,
    "page in GBK": lambda: page(charset="gbk", declared="gb2312"),
    "page in GBK that says nothing": lambda: page(charset="gbk"),
    "page in GB18030 that names no charset there is": lambda: page(charset="gb18030", declared="nonsense"),
    "page in UTF-16": lambda: page(charset="utf-16"),
    "page of LibreOffice": lambda: (FILES / "libreoffice.html").read_bytes(),
    "XML of Excel 2003": lambda: xml_2003(SHEETS),
    "XML of Excel 2003 in UTF-16": lambda: xml_2003(SHEETS, "utf-16"),
    "XML of Excel 2003 in GB18030": lambda: xml_2003(SHEETS, "gb18030"),
    "XML of Excel 2003 without its first line": lambda: without_declaration(xml_2003(SHEETS)),
}


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_facts_come_out_of_every_format_under_any_name(name, suffix):
    reading = read(FORMATS[name](), f"台账.{suffix}")
    assert codes(reading) == []
    (report,) = reading.reports
    assert (report.community, report.ledgers["hall"].values) == ("C01", FACTS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_same_facts_come_out_of_every_text_file(encoding, separator):
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in ROWS]
    reading = read("\r\n".join([*lines, ""]).encode(encoding), "桂花社区2026年3月道德讲堂活动.csv")
    assert codes(reading) == []
    assert reading.reports[0].ledgers["hall"].values == FACTS


def test_text_files_keep_quotes_lines_and_what_is_meant_as_text():
    text = 'sep=;\n活动主题;备注\n"孝老;爱亲\n第二行";="00123"\n"a""b";1,5\n'
    assert read_book(text.encode()).sheets[0].rows == [
        ["活动主题", "备注"],
        ["孝老;爱亲\n第二行", "00123"],
        ['a"b', "1,5"],
    ]


def test_a_separator_is_what_parts_all_lines_alike():
    text = "甲;乙;丙\n1,5;2,5,5,5;a\n1;2,5;b,c,d,e,f\n"
    assert [len(row) for row in read_book(text.encode()).sheets[0].rows] == [3, 3, 3]


def test_a_workbook_with_macros_is_read_and_says_so():
    content = with_parts(workbook({"道德讲堂活动": ROWS}), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    reading = read(content)
    assert [(problem.code, problem.level) for problem in reading.problems] == [("macros_ignored", "note")]
    assert codes(read(xls(SHEETS, 8, _VBA_PROJECT_CUR=b"x"))) == ["macros_ignored"]


def test_cells_of_a_page_reach_across_and_down():
    text = """<table><caption>公益广告</caption>
      <tr><td colspan=3>标题<br>第二行</td></tr>
      <tr><td rowspan="2">甲</td><td>1&nbsp;</td><td> a
      b </td></tr>
      <tr><td>2</td><td><p>c</p><p>d</p></td></tr>
      <tr style="display: none"><td colspan="2" rowspan="999999999999">乙</td><td>3</td></tr></table>"""
    sheet = read_book(text.encode()).sheets[0]
    assert sheet.name == "公益广告"
    assert sheet.rows == [["标题\n第二行", "", ""], ["甲", "1", "a b"], ["", "2", "c\nd"], ["乙", "", "3"]]
    assert sheet.merged == ((0, 0, 0, 2), (1, 0, 2, 0), (3, 0, 3, 1))
    assert sheet.hidden_rows == (4,)


def test_a_table_inside_a_table_is_a_sheet_of_its_own():
    text = "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table><table><tr><td>2</td></tr></table>"
    book = read_book(text.encode())
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("表1", [["1"]]), ("表2", [["2"]])]


def test_what_a_page_calls_from_elsewhere_stays_there():
    text = '<table><tr><td>1<script>alert(1)</script><img src="http://127.0.0.1:9/x.png"></td></tr></table>'
    assert read_book(text.encode()).sheets[0].rows == [["1"]]


def test_the_xml_of_excel_2003_says_what_is_hidden_merged_and_not_computed():
    text = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:s="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet s:Name="表"><Table>
      <Column s:Index="2" s:Hidden="1" s:Span="1"/>
      <Row s:Index="2"><Cell s:MergeAcross="1" s:MergeDown="1"><Data s:Type="String">甲</Data>
      <Comment><Data s:Type="String">不读</Data></Comment></Cell><Cell><Data s:Type="Boolean">1</Data></Cell></Row>
      <Row s:Hidden="1"><Cell s:Index="4"><Data s:Type="Error">#N/A</Data></Cell></Row>
      <Row><Cell s:Formula="=1+1"/></Row></Table>
      <x:WorksheetOptions xmlns:x="urn:schemas-microsoft-com:office:excel"><x:Visible>SheetHidden</x:Visible>
      </x:WorksheetOptions></Worksheet></Workbook>"""
    sheet = read_book(text.encode()).sheets[0]
    assert sheet.rows == [["", "", "", ""], ["甲", "", True, ""], ["", "", "", "#N/A"]]
    assert (sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) == (True, (3,), (2, 3))
    assert (sheet.merged, sheet.unstored) == (((1, 0, 2, 1),), ((3, 0),))


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
LOCK = (b"\x04Lina".ljust(55) + b"\x04\0L\0i\0n\0a\0").ljust(165)
UNREADABLE = {
    "password": (compound(EncryptedPackage=b"x", EncryptionInfo=b"x"), "encrypted"),
    "password in an xls": (xls(SHEETS, 8, record(FILEPASS, b"\1\0" + bytes(52))), "encrypted"),
    "old password in an xls": (xls(SHEETS, 8, record(0x86) + record(FILEPASS, bytes(6))), "encrypted"),
    "password in an xls of Excel 95": (xls(SHEETS, 5, record(FILEPASS, bytes(4))), "encrypted"),
    "rights": (compound(EncryptedPackage=b"x", DRMEncryptedTransform=b"x"), "rights_managed"),
    "nothing": (b"", "empty_file"),
    "blanks": (b"\r\n \0", "empty_file"),
    "no cell": (workbook({"表": []}, cover=None), "workbook_blank"),
    "no cell in an xls": (xls({"表": []}), "workbook_blank"),
    "png": (PNG, "is_picture"),
    "jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "is_picture"),
    "gif": (b"GIF89a\1\0", "is_picture"),
    "bmp": (b"BM" + bytes(4) + bytes(4) + b"6\0\0\0", "is_picture"),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "is_picture"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0", "is_picture"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is_pdf"),
    "ofd": (archived({"OFD.xml": "<ofd/>"}), "is_pdf"),
    "docx": (archived({"[Content_Types].xml": "<a/>", "word/document.xml": "<w/>"}), "is_document"),
    "doc": (compound(WordDocument=b"x"), "is_document"),
    "rtf": (b"{\\rtf1\\ansi", "is_document"),
    "odt": (archived({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "is_document"),
    "pptx": (archived({"ppt/presentation.xml": "<p/>"}), "is_presentation"),
    "ppt": (compound(**{"PowerPoint Document": b"x"}), "is_presentation"),
    "zip": (archived({"三月/甲.xlsx": "x", "三月/乙.xlsx": "x"}), "is_archive"),
    "empty zip": (archived({}), "is_archive"),
    "rar": (b"Rar!\x1a\x07\x01\0", "is_archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "is_archive"),
    "gz": (b"\x1f\x8b\x08\0", "is_archive"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "is_web_archive"),
    "lock": (LOCK, "is_lock_file"),
    "lnk": (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F", "is_shortcut"),
    "url": (b"[InternetShortcut]\r\nURL=file:///x", "is_shortcut"),
    "page without a table": (b"<html><body><p>1</p></body></html>", "web_page"),
    "frames of a page": (b"<html><frameset><frame src='sheet001.htm'></frameset></html>", "web_page"),
    "other xml": (b'<?xml version="1.0"?><invoice/>', "not_a_workbook"),
    "program": (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8" + bytes(range(32)) * 20, "not_a_workbook"),
    "damaged": (workbook({"表": [["x"]]})[:3000], "damaged"),
    "damaged xls": (xls(SHEETS)[:700], "damaged"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_has_a_reason_of_its_own(name):
    content, code = UNREADABLE[name]
    answer = read_book(content)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert codes(read(content)) == [code]


def test_a_workbook_of_pictures_alone_is_told_apart_from_an_empty_one():
    assert read_book(with_floating(workbook({"表": []}, cover=None), (2, 2))).code == "only_pictures"


def test_a_document_type_is_refused_in_any_encoding():
    declared = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x/>'
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        content = with_parts(workbook({"表": [["x"]]}), {"xl/theme/theme1.xml": declared.encode(encoding)})
        assert read_book(content) == Refusal("unsafe_workbook", {"what": "doctype"})


def test_a_text_longer_than_a_cell_may_hold_is_refused():
    for length, is_refused in ((32_767, False), (32_768, True)):
        content = replaced(workbook({"表": [["long"]]}), "xl/worksheets/sheet2.xml", "long", "文" * length)
        answers = [read_book(content), read_book(("甲,乙\n" + "a" * length + ",b\n").encode())]
        answers.append(read_book(f"<table><tr><td>{'a' * length}</td></tr></table>".encode()))
        assert [answer == Refusal("too_much_inside", {"what": "text"}) for answer in answers] == [is_refused] * 3


@pytest.mark.parametrize("is_so", [True, False])
def test_a_workbook_that_counts_its_days_from_1904_says_so(is_so):
    book = load_workbook(BytesIO(hall([1, 44624, *HALL_ROW[2:]])))
    book.epoch = CALENDAR_MAC_1904 if is_so else book.epoch
    reading = read(saved(book))
    assert the_values(reading, "date") == [date(2026, 3, 5) if is_so else date(2022, 3, 4)]
    assert codes(reading) == (["dates_since_1904"] if is_so else []) + ["date_from_number"]


@pytest.mark.parametrize("name", ["hidden.xls", "hidden.ods"])
def test_hidden_rows_and_columns_of_old_and_open_workbooks_are_told(name):
    sheet = read_book((FILES / name).read_bytes()).sheets[1]
    columns = tuple(column for column in sheet.hidden_columns if column <= len(HALL))
    assert (sheet.hidden_rows, columns) == ((3, 4), (4, 6))
    assert codes(read((FILES / name).read_bytes())) == ["rows_hidden", "columns_hidden"]


def test_a_page_that_libreoffice_saved_has_its_sheets_names_and_no_remarks():
    page = (
        '<html><body><a name="table0"><h1>Sheet 1: <em>封面</em></h1></a>'
        "<table><tr><td>社区</td><td>桂花社区</td></tr><tr><td>月份</td><td>2026-03</td></tr></table>"
        '<a name="table1"><h1>Sheet 2: <em>道德讲堂活动</em></h1></a>'
        "<table><tr><td><comment>日期，必填。</comment>活动时间</td><td>活动主题</td></tr>"
        "<tr><td>2026-03-05</td><td>孝老爱亲</td></tr></table></body></html>"
    )
    reading = read(page.encode(), "台账.xls")
    assert [(sheet.sheet, sheet.rows_read) for sheet in reading.sheets] == [("封面", 0), ("道德讲堂活动", 1)]
    assert the_values(reading, "topic") == ["孝老爱亲"]
