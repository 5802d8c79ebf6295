"""What is a person's own in a workbook is told on upload, and nothing else is taken for it."""

from datetime import date

import pytest

from beicha.intake.personal import holds_personal
from beicha.intake.problems import sentence
from tests.intake.workbooks import COMMUNITIES, HALL, HALL_ROW, edition, read_workbook, workbook

ID, PHONE = "33010219900307102X", "13812345678"
CODES = ("identity_numbers", "identity_numbers_cut", "phone_numbers", "phone_numbers_minors", "personal_column")


def told(sheets, cover=("桂花社区", "2026年3月")):
    """The problems about personal data of a workbook with these sheets."""
    read = read_workbook("台账.xlsx", workbook(sheets, cover=cover), edition(), COMMUNITIES)
    return [problem for problem in read.problems if problem.code in CODES]


def hall(*extra, heading="备注", rows=1):
    """The ledger of lectures with one more column."""
    return {"道德讲堂活动": [[*HALL, heading], *([*HALL_ROW, *extra] for _ in range(rows))]}


def test_identity_numbers_are_told_with_their_column_count_and_first_row():
    (found,) = told(hall(ID, heading="证件", rows=3))
    assert (found.code, found.level) == ("identity_numbers", "warning")
    assert (found.sheet, found.column, found.heading) == ("道德讲堂活动", "H", "证件")
    assert (found.row, found.values["count"], found.values["first"]) == (1, 3, 2)
    assert "330*************2X" in sentence(found, "zh_CN")
    assert ID not in str(found)


def test_a_single_cell_is_told_at_its_place():
    (found,) = told(hall(f"家长王芳 {PHONE}"))
    assert (found.code, found.level, found.row, found.column) == ("phone_numbers", "note", 2, "H")
    assert found.found == "家长王芳 138****5678"


def test_an_identity_number_typed_as_a_number_has_lost_its_digits():
    (found,) = told(hall(330102199003071216))
    assert found.code == "identity_numbers_cut"


def test_phones_in_ledgers_about_minors_are_warned_of():
    (found,) = told({"未成年人活动名单": [["姓名", "电话"], ["", PHONE]]})
    assert (found.code, found.level) == ("phone_numbers_minors", "warning")


@pytest.mark.parametrize("heading", ["身份证号", "证件号码（必填）", "监护人电话", "儿童姓名"])
def test_a_heading_that_asks_for_it_is_told_where_something_stands_below(heading):
    (found,) = told(hall("见附件", heading=heading))
    assert (found.code, found.heading, found.values["count"]) == ("personal_column", heading, 1)
    assert told(hall("", heading=heading)) == []


def test_names_and_birthdays_are_told_on_sheets_about_minors_alone():
    rows = [["姓名", "出生日期"], ["张小明", date(2015, 3, 5)]]
    assert [found.heading for found in told({"困境儿童": rows})] == ["姓名", "出生日期"]
    assert told({"宣讲员": rows}) == []


def test_a_column_is_told_of_once():
    assert [found.code for found in told(hall(ID, heading="身份证号"))] == ["identity_numbers"]


def test_the_cover_and_sheets_that_are_not_read_are_looked_at_too():
    assert [found.sheet for found in told({"随便": [["x", PHONE]]}, cover=(f"桂花社区{PHONE}", "2026年3月"))] == [
        "封面",
        "随便",
    ]


def test_ordinary_ledgers_are_told_nothing():
    assert told(hall("20240305、45 人、文号 330102〔2026〕12 号、0571-88888888、330102199003071211", rows=3)) == []


def test_a_file_says_whether_it_holds_any():
    assert holds_personal(workbook(hall(PHONE)))
    assert not holds_personal(workbook(hall("无")))
    assert holds_personal(b"")
