"""Which community and month a file is for."""

from datetime import date, datetime

import pytest

from beicha.intake.communities import Communities, bare_name
from beicha.intake.months import month_in_cell, month_in_text
from scoring.facts import Area
from scoring.periods import month_number, period_text
from tests.intake.workbooks import COMMUNITIES, HALL, HALL_ROW, MARCH, codes, hall, read, workbook


def whose(reading):
    report = reading.reports[0]
    return report.community, report.month and period_text(report.month)


@pytest.mark.parametrize(
    "name", ["桂花社区", "桂花", "桂花居委会", "桂花社居委", "桂花社区居民委员会", "C01", " 桂 花 社区"]
)
@pytest.mark.parametrize("month", ["2026年3月", "2026-03", datetime(2026, 3, 1), 202603])
def test_the_cover_names_community_and_month_in_any_form(name, month):
    reading = read(hall(HALL_ROW, cover=(name, month)))
    assert codes(reading) == []
    assert whose(reading) == ("C01", "2026-03")
    assert reading.reports[0].community_name == "桂花社区"


def test_lines_above_the_headings_name_them_where_there_is_no_cover():
    rows = [["道德讲堂活动台账"], ["单位名称：桂花社区   2026年3月    填报时间：2026年4月2日"], HALL, HALL_ROW]
    reading = read(workbook({"道德讲堂": rows}, cover=None))
    assert (codes(reading), whose(reading)) == ([], ("C01", "2026-03"))


def test_unfilled_blanks_name_nobody():
    rows = [["单位名称：____社区      年   月"], HALL, HALL_ROW]
    assert codes(read(workbook({"道德讲堂": rows}, cover=("____社区", "    年  月")))) == [
        "month_missing",
        "community_missing",
    ]


@pytest.mark.parametrize("name", ["桂花社区2026年3月台账.xlsx", "桂花社区 2026-03.xlsx", "西街道桂花202603.xlsx"])
def test_the_name_of_the_file_is_enough(name):
    reading = read(hall(HALL_ROW, cover=None), name)
    assert (codes(reading), whose(reading)) == ([], ("C01", "2026-03"))


def test_nothing_said_is_two_errors():
    assert codes(read(hall(HALL_ROW, cover=None))) == ["month_missing", "community_missing"]


def test_the_users_choice_is_enough():
    reading = read(hall(HALL_ROW, cover=None), month=MARCH, community="C01")
    assert (codes(reading), whose(reading)) == ([], ("C01", "2026-03"))


def test_a_file_that_differs_from_the_users_choice_is_an_error():
    reading = read(hall(HALL_ROW), month=MARCH + 1, community="荷塘社区")
    assert [(p.code, p.found, p.values["expected"], p.sheet, p.row) for p in reading.errors] == [
        ("month_differs", "2026-03", "2026-04", "封面", 4),
        ("community_differs", "桂花社区", "荷塘社区", "封面", 3),
    ]


def test_the_day_of_filling_in_is_not_the_month():
    content = workbook(
        {"道德讲堂": [HALL, HALL_ROW], "首页": [["社区：桂花社区", "填报时间：2026年4月2日"]]}, cover=None
    )
    assert codes(read(content)) == ["month_missing"]


def test_a_name_that_differs_from_the_cover_is_an_error():
    reading = read(hall(HALL_ROW), "荷塘社区2026年2月.xlsx")
    assert [(p.code, p.values["source"], p.found) for p in reading.errors] == [
        ("month_differs", "name", "2026-02"),
        ("community_differs", "name", "荷塘社区"),
    ]


def test_a_title_that_differs_from_the_cover_is_a_warning():
    rows = [["荷塘社区2026年2月道德讲堂"], HALL, HALL_ROW]
    reading = read(workbook({"道德讲堂": rows}))
    assert [(p.code, p.level, p.found) for p in reading.problems] == [
        ("elsewhere_differs", "warning", "2026-02"),
        ("elsewhere_differs", "warning", "荷塘社区"),
    ]
    assert whose(reading) == ("C01", "2026-03")


def test_an_unknown_community_is_an_error_with_names_that_are_near():
    reading = read(hall(HALL_ROW, cover=("桂华社区", "2026-03")))
    assert [(p.code, p.values["near"]) for p in reading.errors] == [("community_unknown", ("桂花社区",))]
    assert whose(reading) == ("桂华社区", "2026-03")


def test_a_name_of_two_communities_is_an_error_unless_it_is_written_in_full():
    areas = (*COMMUNITIES, Area("C09", "桂花村", "community"))
    assert codes(read(hall(HALL_ROW, cover=("桂花", "2026-03")), communities=areas)) == ["community_ambiguous"]
    assert whose(read(hall(HALL_ROW, cover=("桂花村", "2026-03")), communities=areas)) == ("C09", "2026-03")


def test_without_known_communities_a_name_is_taken_as_written():
    reading = read(hall(HALL_ROW, cover=("梅园社区", "2026-03")), communities=())
    assert (codes(reading), whose(reading)) == ([], ("梅园社区", "2026-03"))
    assert whose(read(hall(HALL_ROW, cover=("梅 园 社区", "2026-03")), communities=())) == ("梅园社区", "2026-03")
    assert whose(read(hall(HALL_ROW, cover=None), "梅园社区2026年3月.xlsx", communities=())) == ("梅园社区", "2026-03")


def test_a_column_of_communities_must_name_the_one_that_reports():
    headings, row = ["社区", *HALL[1:]], ["桂花", *HALL_ROW[1:]]
    assert codes(read(hall(row, headings=headings))) == []
    reading = read(hall(row, ["荷塘", date(2026, 3, 6), *HALL_ROW[2:]], headings=headings))
    assert [(p.code, p.row, p.column, p.found) for p in reading.problems] == [
        ("community_in_row_differs", 3, "A", "荷塘")
    ]


def test_a_column_with_one_community_is_enough():
    reading = read(hall(["桂花", *HALL_ROW[1:]], headings=["社区", *HALL[1:]], cover=("", "2026-03")))
    assert (codes(reading), whose(reading)) == ([], ("C01", "2026-03"))


@pytest.mark.parametrize("month", ["三月份", "2026", "2026年13月", "本月", 2026.1])
def test_what_is_no_month_is_an_error(month):
    assert "month_unreadable" in codes(read(hall(HALL_ROW, cover=("桂花社区", month))))


def test_a_workbook_made_for_another_edition_is_warned_of():
    content = workbook({"道德讲堂": [HALL, HALL_ROW], "首页": [["版本标识", "0123456789ab"]]})
    assert codes(read(content)) == ["other_edition"]


@pytest.mark.parametrize(
    ("value", "period"),
    [
        *(
            ("2026年03月份", "2026-03"),
            ("2026.3", "2026-03"),
            (2026.3, "2026-03"),
            (2026.12, "2026-12"),
            (2026.1, None),
        ),
        *(
            (202603.0, "2026-03"),
            ("20260331", "2026-03"),
            ("2026年3月31日", "2026-03"),
            ("3月", None),
            ("", None),
            (3.0, None),
        ),
    ],
)
def test_months_in_cells(value, period):
    assert month_in_cell(value) == (period and month_number(period))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("桂花社区2026年3月台账", "2026-03"),
        ("台账2026.3", "2026-03"),
        ("202603桂花", "2026-03"),
        ("2026年1-3月统计", None),
        ("2026年1月-3月", None),
        ("2026年3月31日", None),
        ("20260402桂花", None),
        ("2026-04-02 桂花", None),
        ("2026年3月 2026年4月", None),
        ("填报时间：2026年4月", None),
        ("2026年度", None),
    ],
)
def test_months_in_titles_and_names(text, period):
    assert month_in_text(text) == (period and month_number(period))


@pytest.mark.parametrize("name", ["桂花社区", "桂花村", "桂花居委会", "桂花社区居委会", "桂花", "__桂花社区__"])
def test_the_bare_name_is_the_same(name):
    assert bare_name(name) == "桂花"


def test_a_title_speaks_only_of_known_communities():
    known = Communities(COMMUNITIES)
    assert known.titled("西街道桂花社区道德讲堂") == "桂花社区"
    assert known.titled("新时代社区治理学习") == ""
    assert Communities(()).titled("梅园社区道德讲堂") == "梅园社区"
    assert Communities(()).titled("各社区学习情况") == ""
