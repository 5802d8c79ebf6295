"""Criteria declared not applicable."""

import pytest

from tests.intake.workbooks import HALL, HALL_ROW, codes, read, workbook

HEADINGS = ["测评标准代码", "理由"]


def declared(*rows, headings=HEADINGS, titles=()):
    return read(workbook({"道德讲堂": [HALL, HALL_ROW], "不适用申报": [*titles, headings, *rows]}))


@pytest.mark.parametrize("code", ["A3-1", "a3-1", " A3-1 ", "Ａ３－１", "A3-1 环境"])
def test_a_declaration_gives_the_reason_by_the_code(code):
    reading = declared([code, "辖区内没有"])
    assert codes(reading) == []
    assert reading.reports[0].not_applicable == {"A3-1": "辖区内没有"}


def test_titles_and_other_names_of_the_columns_do_not_matter():
    reading = declared([1, "A2", "没有"], headings=["序号", "标准编号", "不适用原因"], titles=[["不适用申报表"]])
    assert reading.reports[0].not_applicable == {"A2": "没有"}


def test_an_unknown_code_is_an_error_with_codes_that_are_near():
    reading = declared(["A3-2", "没有"])
    assert [(p.code, p.row, p.column, p.values["near"][0]) for p in reading.errors] == [
        ("criterion_unknown", 2, "A", "A3-1")
    ]


def test_what_is_not_optional_is_refused():
    reading = declared(["A1", "没有"], ["A2", "没有"])
    assert [(p.code, p.found, p.row) for p in reading.errors] == [("not_applicable_refused", "A1", 2)]
    assert reading.reports[0].not_applicable == {"A2": "没有"}


def test_a_declaration_without_a_reason_is_warned_of():
    reading = declared(["A2", None])
    assert [(p.code, p.level) for p in reading.problems] == [("reason_blank", "warning")]
    assert reading.reports[0].not_applicable == {"A2": ""}


def test_empty_rows_and_footers_are_no_declarations():
    reading = declared([None, None], ["填表人：某某"])
    assert (codes(reading), reading.reports[0].not_applicable) == ([], {})
    assert reading.sheets[2].ignored == ((1, "heading"), (2, "blank"), (3, "footer"))


def test_a_sheet_without_its_headings_is_an_error():
    reading = read(workbook({"不适用申报": [["甲", "乙"], ["A2", "没有"]]}))
    assert codes(reading) == ["ledger_without_heading"]


def test_declarations_alone_are_a_report():
    reading = read(workbook({"不适用申报": [HEADINGS, ["A2", "没有"]]}))
    assert (codes(reading), reading.reports[0].ledgers) == ([], {})
