"""The rows that need a look come with their cells, so that a person may put them right without opening the file."""

import hashlib

import pytest

from beicha.intake import failing
from beicha.intake.answers import NO_ANSWERS, Belonging, Fix
from beicha.intake.reports import Correction
from tests.intake.workbooks import HALL, HALL_ROW, codes, hall, read, the_values, workbook

SHEET = "道德讲堂活动"


def row(day="2026-03-05", people=45, topic="孝老爱亲"):
    return [1, day, topic, "道德讲堂", people, "李讲师", "有"]


def fixing(content, *cells):
    digest = hashlib.sha256(content).hexdigest()
    return NO_ANSWERS.fixing(Fix(digest, SHEET, at, column, text) for at, column, text in cells)


def test_only_rows_with_an_error_or_a_warning_are_given_as_they_stand():
    (table,) = read(hall(row(), row("某日"), row(people="约40"))).failing
    assert (table.sheet, table.ledger) == (SHEET, "hall")
    assert [(found.row, found.level) for found in table.rows] == [(3, "error"), (4, "warning")]
    assert table.rows[0].cells == ("某日", "孝老爱亲", "道德讲堂", "45", "李讲师", "有")
    assert [column.heading for column in table.columns] == HALL[1:]


def test_a_sound_file_has_no_such_row():
    assert read(hall(HALL_ROW)).failing == ()


def test_columns_keep_the_headings_of_their_clerk_and_tell_what_may_stand_in_them():
    content = workbook({"公益广告点位": [["设置位置", "载体", "主题类别", "数量"], ["东门", "宣传栏", "核心", 6]]})
    (table,) = read(content).failing
    assert [column.heading for column in table.columns] == ["设置位置", "载体", "主题类别", "数量"]
    theme = table.columns[2]
    assert theme.type == "choices"
    assert "核心价值观" in theme.choices


def test_a_row_with_both_is_as_grave_as_its_error():
    (table,) = read(hall(row("某日", "约40"))).failing
    assert [found.level for found in table.rows] == ["error"]


def test_a_row_that_names_another_community_shows_that_column():
    content = hall([*row(), "荷塘社区"], headings=[*HALL, "社区"])
    (table,) = read(content).failing
    assert (table.columns[-1].heading, table.columns[-1].field) == ("社区", "")
    assert table.rows[0].cells[-1] == "荷塘社区"


def test_the_sheet_of_declarations_can_be_put_right_too():
    (table,) = read(workbook({SHEET: [HALL], "不适用申报": [["标准代码", "原因"], ["Z-99", "无"]]})).failing
    assert (table.ledger, table.rows[0].cells) == ("不适用申报", ("Z-99", "无"))


@pytest.mark.parametrize(("rows", "kept", "left_out"), [(3, 3, 0), (4, 3, 1)])
def test_rows_beyond_the_limit_are_counted(monkeypatch, rows, kept, left_out):
    monkeypatch.setattr(failing, "MOST_ROWS", 3)
    (table,) = read(hall(*[row("某日")] * rows)).failing
    assert (len(table.rows), table.left_out) == (kept, left_out)


def test_no_more_text_is_kept_than_the_limit(monkeypatch):
    monkeypatch.setattr(failing, "MOST_TEXT", 40)
    (table,) = read(hall(row("某日"), row("某日", topic="长" * 40))).failing
    assert (len(table.rows), table.left_out) == (1, 1)


def test_a_correction_tells_what_stood_there():
    content = hall(row("某日"))
    (found,) = read(content, answers=fixing(content, (2, "B", "2026-03-06"))).corrections
    assert found == Correction(SHEET, 2, "B", "某日", "2026-03-06", "活动时间", "hall", "date")


def test_one_row_below_a_merged_cell_may_be_put_right_alone():
    content = hall(row("某日"), row(None), row(None), merged={SHEET: ["B2:B4"]})
    assert [found.cells[0] for found in read(content).failing[0].rows] == ["某日"] * 3
    reading = read(content, answers=fixing(content, (2, "B", "2026-03-05"), (4, "B", "2026-03-07")))
    assert [str(day) for day in the_values(reading, "date")] == ["2026-03-05", "2026-03-05", "2026-03-07"]
    assert [found.found for found in reading.corrections] == ["某日", "某日"]


def test_a_formula_without_a_value_is_no_matter_once_a_number_is_typed_over_it():
    content = hall(row(people="=20+25"))
    assert codes(read(content), "error") == ["formula_unstored"]
    reading = read(content, answers=fixing(content, (2, "E", "45")))
    assert (codes(reading, "error"), the_values(reading, "people")) == ([], [45])


def settled(content, **said):
    return NO_ANSWERS.settling([Belonging(hashlib.sha256(content).hexdigest(), **said)])


def test_a_month_settled_by_a_person_goes_before_the_file_and_is_warned_of():
    content = hall(HALL_ROW)
    reading = read(content, answers=settled(content, period="2026-04"))
    assert reading.reports[0].month == 2026 * 12 + 3
    assert codes(reading, "error") == []
    assert "elsewhere_differs" in codes(reading, "warning")


def test_a_month_that_cannot_be_read_no_longer_matters_once_settled():
    content = hall(HALL_ROW, cover=("桂花社区", "某月"))
    assert codes(read(content), "error") == ["month_unreadable"]
    assert codes(read(content, answers=settled(content, period="2026-03")), "error") == []


def test_a_community_settled_by_a_person_goes_before_the_file():
    content = hall(HALL_ROW, cover=("兰花苑社区", "2026年3月"))
    assert codes(read(content), "error") == ["community_unknown"]
    reading = read(content, answers=settled(content, community="C02"))
    assert (codes(reading, "error"), reading.reports[0].community) == ([], "C02")


def test_what_was_settled_of_another_file_changes_nothing():
    content = hall(HALL_ROW)
    assert read(content, answers=settled(b"another", period="2026-04")).problems == read(content).problems


def test_settling_the_month_keeps_the_community_that_was_settled_before():
    answers = settled(b"x", community="C02").settling(settled(b"x", period="2026-04").belongings)
    assert answers.belonging(hashlib.sha256(b"x").hexdigest()) == Belonging(
        hashlib.sha256(b"x").hexdigest(), "C02", "2026-04"
    )
