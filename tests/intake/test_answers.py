"""What people say about their files: cells put right count as if they stood in the file."""

import hashlib

import pytest

from beicha.intake.answers import NO_ANSWERS, Fix, from_plain, to_plain
from beicha.intake.book import letter, position
from tests.intake.workbooks import HALL, hall, read, workbook


def digest(content):
    return hashlib.sha256(content).hexdigest()


def row(day):
    return [1, day, "孝老爱亲", "道德讲堂", 45, "李讲师", "有"]


def day_fix(content, text, row=2, column="B", sheet="道德讲堂活动"):
    return NO_ANSWERS.fixing([Fix(digest(content), sheet, row, column, text)])


def test_a_cell_put_right_is_read_as_if_it_stood_in_the_file():
    content = hall(row("某日"))
    assert [problem.code for problem in read(content).errors] == ["date_unreadable"]
    fixed = read(content, answers=day_fix(content, "2026年3月5日"))
    assert fixed.errors == ()
    assert fixed.reports[0].ledgers["hall"].values["date"][0].isoformat() == "2026-03-05"


def test_a_fix_of_another_file_changes_nothing():
    content = hall(row("某日"))
    fix = Fix(digest(b"another"), "道德讲堂活动", 2, "B", "2026-03-05")
    assert read(content, answers=NO_ANSWERS.fixing([fix])).problems == read(content).problems


def test_a_fix_that_is_wrong_again_is_told_with_what_it_says():
    content = hall(row("某日"))
    (error,) = read(content, answers=day_fix(content, "某月")).errors
    assert (error.code, error.found, error.row, error.column) == ("date_unreadable", "某月", 2, "B")


def test_the_later_of_two_fixes_of_a_cell_counts():
    content = hall(row("某日"))
    twice = day_fix(content, "2026-03-05").fixing([Fix(digest(content), "道德讲堂活动", 2, "B", "2026-03-06")])
    assert len(twice.fixes) == 1
    assert read(content, answers=twice).reports[0].ledgers["hall"].values["date"][0].isoformat() == "2026-03-06"


def test_the_sheet_of_a_text_file_may_be_called_by_any_name():
    lines = [HALL, [*map(str, row("某日"))]]
    content = "\n".join(",".join(line) for line in lines).encode("gb18030")
    answers = day_fix(content, "2026-03-05", sheet="桂花社区2026年3月道德讲堂活动")
    assert read(content, "桂花社区2026年3月道德讲堂活动.csv", answers=answers).errors == ()


NOT_THERE = [("没有", 2, "B"), ("道德讲堂活动", 999, "B"), ("道德讲堂活动", 0, "B"), ("道德讲堂活动", 2, "ZZ")]


@pytest.mark.parametrize(("sheet", "row", "column"), NOT_THERE)
def test_a_fix_of_a_cell_that_is_not_there_is_the_programs_fault(sheet, row, column):
    content = hall(["1", "某日", "甲"])
    with pytest.raises(LookupError):
        read(content, answers=day_fix(content, "2026-03-05", row, column, sheet))


def test_answers_survive_the_way_through_a_job():
    content = workbook({"道德讲堂活动": [HALL]})
    answers = day_fix(content, "2026-03-05")
    assert from_plain(to_plain(answers)) == answers


@pytest.mark.parametrize("column", [0, 1, 25, 26, 27, 299, 701, 702])
def test_a_columns_letters_lead_back_to_it(column):
    assert position(letter(column)) == column


@pytest.mark.parametrize("letters", ["", "a", "1", "A1", "Ａ", "é"])
def test_what_is_no_column_is_refused(letters):
    with pytest.raises(ValueError, match="no column"):
        position(letters)
