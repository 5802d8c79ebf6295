"""A grade, or yes and no, given by a tick in one of several columns."""

from datetime import date

import pytest

from tests.intake.workbooks import codes, read, the_values, workbook

DAY = date(2026, 3, 5)
HEADINGS = [
    ["督查日期", "社区", "测评标准", "点位", "等级", None, None, None],
    [None, None, None, None, "A", "B", "C", "C#"],
]
MERGED = [f"{letter}1:{letter}2" for letter in "ABCD"] + ["E1:H1"]


def office(*ticks, headings=HEADINGS, merged=MERGED, ledger="督查记录", more=()):
    rows = [[DAY, "桂花社区", "A1", f"第{at}处", *row] for at, row in enumerate(ticks, 1)]
    book = workbook({ledger: [*headings, *rows, *more]}, cover=None, merged={ledger: merged})
    return read(book, "督查2026年3月.xlsx")


def grades(reading):
    return the_values(reading, "grade", "inspection")


def test_the_grade_is_that_of_the_ticked_column():
    reading = office(["√"], ["", "✓"], ["", "", "☑"], ["", "", "", "1"])
    assert grades(reading) == ["A", "B", "C", "C#"]
    assert codes(reading, "error", "warning") == []


@pytest.mark.parametrize("merged", [MERGED, MERGED[:-1], ["E1:H1"], []])
def test_the_parent_and_the_other_headings_may_be_merged_or_not(merged):
    assert grades(office(["", "√"], merged=merged)) == ["B"]


def test_columns_of_grades_need_no_parent():
    headings = [["督查日期", "社区", "测评标准", "点位", "A", "B", "C", "C＃"]]
    reading = office(["", "", "√"], headings=headings, merged=())
    assert (grades(reading), codes(reading, "error", "warning")) == (["C"], [])


@pytest.mark.parametrize("other", ["×", "□", "/", "—", "0", "（ ）", "否"])
def test_what_is_no_tick_counts_for_nothing(other):
    assert grades(office([other, "√", other, other])) == ["B"]


def test_a_grade_written_into_its_column_is_that_grade():
    assert grades(office(["A"], ["", "", "c"])) == ["A", "C"]


def test_two_ticks_are_an_error_at_the_row():
    reading = office(["√"], ["√", "", "√"])
    (error,) = reading.errors
    assert (error.code, error.row, error.column, error.found) == ("grade_several", 4, "E", "A、C")


def test_no_tick_is_a_blank():
    reading = office(["√"], ["", "", "", ""])
    assert grades(reading) == ["A", None]
    assert codes(reading, "error", "warning") == ["required_blank"]


def test_anything_else_below_a_grade_is_an_error():
    (error,) = office(["√"], ["", "整改中"]).errors
    assert (error.code, error.row, error.found) == ("grade_unknown", 4, "整改中")


def test_a_tick_merged_over_rows_is_one_in_each():
    reading = office(["", "√"], ["", ""], ["√"], merged=[*MERGED, "F3:F4"])
    assert grades(reading) == ["B", "B", "A"]


def test_the_first_row_of_data_is_not_taken_for_headings():
    headings = [["督查日期", "社区", "测评标准", "点位", "等级", "备注"]]
    reading = office(["A", "B"], ["C", ""], headings=headings, merged=())
    assert grades(reading) == ["A", "C"]


def checks(headings, *rows):
    return read(workbook({"环境自查表": [headings, *rows]}))


def test_yes_and_no_may_be_two_columns():
    reading = checks(["自查项目", "达标", "不达标", "自评等级"], ["路灯", "√", ""], ["楼道", "", "√"], ["门栋", "", ""])
    assert the_values(reading, "reached", "checks") == [True, False, None]
    assert codes(reading, "error") == []


def test_both_of_yes_and_no_are_an_error():
    (error,) = checks(["自查项目", "达标", "不达标", "自评等级"], ["路灯", "√", "√"]).errors
    assert (error.code, error.column, error.found) == ("yes_no_unreadable", "B", "是、否")
