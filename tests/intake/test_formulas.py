"""Cells with formulas: an error is no blank, and a value that nobody stored is missed."""

from datetime import date
from pathlib import Path

import pytest

from beicha.intake.child import read_book
from beicha.intake.formulas import error_cells, unstored_cells
from tests.intake.old_formats import ERRORS, Fault, xls, xlsb
from tests.intake.packages import replaced
from tests.intake.workbooks import HALL, HALL_ROW, codes, hall, read, the_values

FILES = Path(__file__).with_name("files")
LEDGER = "xl/worksheets/sheet2.xml"
BINARY = {
    "xls of Excel 95": lambda sheets: xls(sheets, 5),
    "xls of Excel 97": lambda sheets: xls(sheets, 8),
    "et": lambda sheets: xls(sheets, 8, ETExtData=b"\0" * 64),
    "xlsb": xlsb,
}


def told(content: bytes) -> list[tuple]:
    """The problems of cells with errors: code, sheet, row, column and what the cell shows."""
    found = [p for p in read(content).problems if p.code in ("formula_error", "text_is_error")]
    return [(p.code, p.sheet, p.row, p.column, p.found) for p in found]


def with_error(cell: str, error: str) -> bytes:
    """The ledger whose second row of items shows an error, as Excel stores it."""
    column = ord(cell[0]) - ord("A")
    second = [*HALL_ROW]
    second[2], second[column] = "第二场", "=VLOOKUP(1,X1:Y9,2)"
    content = hall(HALL_ROW, second)
    formula = f'<c r="{cell}"><f>VLOOKUP(1,X1:Y9,2)</f><v></v></c>'
    return replaced(content, LEDGER, formula, f'<c r="{cell}" t="e"><f>VLOOKUP(1,X1:Y9,2)</f><v>{error}</v></c>')


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"])
def test_an_error_in_a_number_names_the_cell_and_what_it_shows(error):
    reading = read(with_error("E3", error))
    found = [(p.row, p.column, p.heading, p.found) for p in reading.problems if p.code == "formula_error"]
    assert found == [(3, "E", "参加人数", error)]
    assert the_values(reading, "people") == [45, None]


def test_an_error_in_a_text_is_read_as_blank_and_said():
    reading = read(with_error("F3", "#N/A"))
    assert [(p.row, p.column, p.found) for p in reading.problems if p.code == "text_is_error"] == [(3, "F", "#N/A")]
    assert the_values(reading, "lecturer") == ["李讲师", None]


def test_an_error_in_a_key_leaves_the_key_blank():
    assert codes(read(with_error("C3", "#REF!")), "error") == ["key_blank"]


@pytest.mark.parametrize("is_written", [False, True])
@pytest.mark.parametrize("name", BINARY)
def test_an_error_in_a_binary_workbook_names_the_cell_as_in_any_other(name, is_written):
    rows = [[1, *HALL_ROW[1:4], Fault(error, is_written), "李讲师", "有"] for error in ERRORS]
    content = BINARY[name]({"封面": [["社区", "桂花社区"], ["月份", "2026年3月"]], "道德讲堂活动": [HALL, *rows]})
    assert told(content) == [
        ("formula_error", "道德讲堂活动", row, "E", error) for row, error in enumerate(ERRORS, start=2)
    ]


@pytest.mark.parametrize("name", BINARY)
def test_an_error_in_a_total_of_a_binary_workbook_harms_nothing(name):
    total = ["合计", None, None, None, Fault("#DIV/0!"), None, None]
    sheets = {"封面": [["社区", "桂花社区"], ["月份", "2026年3月"]], "道德讲堂活动": [HALL, HALL_ROW, total]}
    reading = read(BINARY[name](sheets))
    assert codes(reading, "error") == []
    assert the_values(reading, "people") == [45]


@pytest.mark.parametrize("name", ["errors.xls", "errors.ods", "errors.fods"])
def test_errors_that_libreoffice_stored_are_told_and_its_empty_texts_are_not(name):
    assert sorted(told((FILES / name).read_bytes())) == [
        ("formula_error", "道德讲堂活动", 2, "E", "#DIV/0!"),
        ("formula_error", "道德讲堂活动", 3, "E", "#DIV/0!"),
        ("formula_error", "道德讲堂活动", 4, "E", "#NAME?"),
        ("formula_error", "道德讲堂活动", 5, "E", "#VALUE!"),
        ("formula_error", "道德讲堂活动", 6, "E", "#VALUE!"),
        ("text_is_error", "道德讲堂活动", 2, "F", "#N/A"),
    ]


@pytest.mark.parametrize("text", ["N/A", "NA", "n/a", "null", "#3楼", "#"])
def test_a_text_that_only_resembles_an_error_stays(text):
    row = [*HALL_ROW]
    row[5] = text
    assert the_values(read(hall(row)), "lecturer") == [text]


def test_a_formula_without_a_stored_value_is_named():
    row = [*HALL_ROW]
    row[4] = "=20+25"
    reading = read(hall(HALL_ROW, row))
    assert [(p.row, p.column) for p in reading.problems if p.code == "formula_unstored"] == [(3, "E")]


def test_rows_of_nothing_but_formulas_are_not_passed_over():
    reading = read(hall(HALL_ROW, ["=1", "=A9", "=B9", "=C9", "=D9", "=E9", "=F9"]))
    assert len([p for p in reading.problems if p.code == "formula_unstored"]) == 6


def test_stored_values_are_plain_values():
    content = hall(HALL_ROW, [2, date(2026, 3, 6), "第二场", "", "=20+25", "", ""])
    content = replaced(content, LEDGER, "<f>20+25</f><v></v>", "<f>20+25</f><v>45</v>")
    assert the_values(read(content), "people") == [45, 45]


def test_formulas_are_found_with_a_prefix_shared_and_with_an_empty_text():
    plain = (
        b'<sheetData><row r="1"><c r="A1"><f>1</f></c><c r="B1"><f t="shared" si="0"/><v/></c>'
        b'<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1</f><v>1</v></c><c r="E1" t="n"><f>2</f>\n<v></v></c>'
    )
    prefixed = plain.replace(b"<", b"<x:").replace(b"<x:/", b"</x:")
    assert list(unstored_cells(plain)) == list(unstored_cells(prefixed)) == [(0, 0), (0, 1), (0, 4)]


def test_errors_are_found_in_cells_as_they_are_written():
    part = b'<c r="AB12" s="3" t="e"><f>#REF!+1</f><v>#REF!</v></c><c t="e" r="B1"><v>#N/A</v></c><c r="C1" t="e"/>'
    assert list(error_cells(part)) == [((11, 27), "#REF!"), ((0, 1), "#N/A")]


@pytest.mark.parametrize("number", [14, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
def test_a_date_in_a_format_that_is_built_into_a_chinese_excel_is_a_date(number):
    styled = hall([1, date(2026, 3, 5), *HALL_ROW[2:]])
    content = replaced(styled, "xl/styles.xml", 'numFmtId="164" fontId', f'numFmtId="{number}" fontId')
    value = read_book(content).sheets[1].rows[1][1]
    assert value.isoformat()[:10] == "2026-03-05"


OPEN_ROW = "<table:table-row{}><table:table-cell{}><text:p>{}</text:p></table:table-cell></table:table-row>"
OPEN = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:'
    'opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="a">{}</table:table></office:spreadsheet></office:body>'
    "</office:document>"
)


@pytest.mark.parametrize(
    ("attributes", "text", "value"),
    [
        (' table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!", "#DIV/0!"),
        (' office:value-type="string"', "#DIV/0!", "#DIV/0!"),
        (' table:formula="of:=A1" office:value-type="float" office:value="0"', "0", 0.0),
        (' table:formula="of:=A1" office:value-type="string"', "#3楼", "#3楼"),
    ],
)
def test_an_open_document_of_another_program_shows_its_errors_in_the_text_alone(attributes, text, value):
    rows = OPEN_ROW.format(' table:number-rows-repeated="3"', attributes, text)
    assert read_book(OPEN.format(rows).encode()).sheets[0].rows == [[value]] * 3
