"""What comes back from a page is held against the draft: only cells that were shown can be put right."""

import pytest

from beicha.actions import submissions
from beicha.actions.grants import OFFICE
from beicha.actions.views.belonging import Asker, settled
from beicha.actions.views.mending import correction_text, mend_tables
from beicha.actions.views.problem_groups import grouped
from beicha.intake.answers import LONGEST, Belonging, Fix
from beicha.intake.reports import Correction
from tests.actions.office import adverts, broken, day, lecture, lectures, set_up

NAMES = {"C01": "桂花社区", "C02": "荷塘社区", "C03": "松柏社区"}


@pytest.fixture
def read(store):
    set_up(store)
    return lambda *files, **options: submissions.read(OFFICE, store, files, **options)


def the_table(draft, level="error"):
    (table,) = mend_tables(draft, level, "zh_CN", mine=True)
    return table


def test_what_differs_from_the_draft_becomes_a_fix(read):
    bad = broken()
    (fix,) = the_table(read(bad)).fixes({(0, 0): " 2026-03-05 "})
    assert fix == Fix(bad.sha256, "道德讲堂活动", 2, "B", "2026-03-05")


FORGED = [{(1, 0): "x"}, {(-1, 0): "x"}, {(0, 99): "x"}, {(0, -1): "x"}, {(0, 0): "某日某时"}, {}]


@pytest.mark.parametrize("typed", FORGED)
def test_what_is_forged_or_the_same_becomes_none(read, typed):
    assert the_table(read(broken())).fixes(typed) == ()


def test_what_is_typed_is_cut_to_what_a_cell_holds(read):
    (fix,) = the_table(read(broken())).fixes({(0, 0): "x" * (LONGEST + 1)})
    assert len(fix.text) == LONGEST


def test_rows_with_an_error_and_rows_only_warned_of_are_apart(read):
    draft = read(lectures(lecture("某日"), lecture(day(3, 5), people="约45")))
    assert [row.row for row in the_table(draft).rows] == [2]
    assert [row.row for row in the_table(draft, "warning").rows] == [3]


def test_of_a_cell_with_an_error_and_a_warning_the_error_is_told(read):
    draft = read(lectures(lecture("某日", people="约45")))
    assert [(cell.column, cell.level) for cell in the_table(draft).rows[0].cells] == [(0, "error"), (3, "warning")]


def test_a_likely_choice_is_offered(read):
    draft = read(adverts(["东门", "宣传栏儿", "核心价值观", 6]))
    (cell,) = the_table(draft).rows[0].cells
    assert cell.likely == "宣传栏"
    assert the_table(draft).columns[cell.column].is_one_of


def test_problems_of_a_kind_stand_under_a_sentence_that_fits_all(read):
    (group,) = grouped(read(lectures(lecture("某日"), lecture("另日"))).errors, "zh_CN")
    assert (group.code, group.title, len(group.lines)) == ("date_unreadable", "“…”不是日期。", 2)
    assert group.lines[0].place == "道德讲堂活动 · 第 2 行 · B 列 活动时间"


def test_problems_that_say_the_same_keep_their_sentence(read):
    (group,) = grouped(read(lectures(lecture("某日"), lecture("某日"))).errors, "zh_CN")
    assert group.title == "“某日”不是日期。"


def test_the_file_is_named_where_there_are_several(read):
    draft = read(broken(), broken(community="荷塘社区"))
    (group,) = grouped(draft.errors, "zh_CN")
    assert [line.place.split(" · ")[0] for line in group.lines] == ["桂花社区坏.xlsx", "荷塘社区坏.xlsx"]


def matters(draft, *chosen):
    return Asker(NAMES, chosen, "zh_CN").matters(draft)


def test_a_month_that_differs_offers_the_files_and_the_chosen_one(read):
    (matter,) = matters(read(lectures(lecture(day(3, 5))), period="2026-02"), "month")
    assert (matter.about, matter.likely) == ("month", (("2026-03", "封面"), ("2026-02", "上报时所选")))


def test_a_community_that_differs_is_offered_by_its_code(read):
    (matter,) = matters(read(lectures(lecture(day(3, 5))), community="C02"), "community")
    assert (matter.about, [code for code, _ in matter.likely]) == ("community", ["C01", "C02"])


def test_where_nothing_is_said_nothing_is_likely(read):
    found = matters(read(lectures(lecture(day(3, 5)), community="", month="", name="台账.xlsx")))
    assert [(matter.about, matter.likely) for matter in found] == [("month", ()), ("community", ())]


def test_answers_of_one_file_are_put_together(read):
    found = matters(read(lectures(lecture(day(3, 5)), community="", month="", name="台账.xlsx")))
    answers = settled(zip(found, ("2026-03", "C02"), strict=True))
    assert answers.belongings == (Belonging(found[0].sha256, "C02", "2026-03"),)


def test_a_correction_is_told_in_one_line():
    cell = Correction("道德讲堂", 3, "A", "某日", "2026-04-02", "日期", "hall", "date")
    assert correction_text(cell, "zh_CN") == "道德讲堂 第 3 行 A 列 日期：原为“某日”，更正为“2026-04-02”"
