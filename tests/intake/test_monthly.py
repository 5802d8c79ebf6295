"""A workbook with a sheet for each month, and months that only a sheet's name tells."""

from datetime import date

import pytest

from beicha.intake.months import month_in_sheet_name, year_in_text
from scoring.periods import month_number, period_text
from tests.intake.workbooks import HALL, MARCH, codes, read, workbook


def event(month):
    return [1, date(2026, month, 5), f"主题{month}", "大厅", 10 * month, "李讲师", "有"]


def year(names=("1月", "2月", "3月"), titles=None):
    rows = [[HALL, event(at)] for at in range(1, len(names) + 1)]
    if titles:
        rows = [[[title], *table] for title, table in zip(titles, rows, strict=True)]
    return dict(zip(names, rows, strict=True))


def people(reading):
    return {period_text(r.month): list(r.ledgers["hall"].values["people"]) for r in reading.reports}


ALL = {"2026-01": [10], "2026-02": [20], "2026-03": [30]}


@pytest.mark.parametrize(
    "names",
    [
        ("1月", "2月", "3月"),
        ("一月份", "二月份", "三月份"),
        ("2026年1月", "2026.2", "2026-03"),
        ("01月", "2月道德讲堂", "三月"),
    ],
)
def test_a_sheet_for_each_month_is_a_report_for_each(names):
    reading = read(workbook(year(names), cover=None), "桂花社区2026年台账.xlsx")
    assert (codes(reading), people(reading)) == ([], ALL)
    assert {report.community for report in reading.reports} == {"C01"}


def test_titles_may_tell_the_months():
    titles = [f"桂花社区2026年{month}月道德讲堂" for month in (1, 2, 3)]
    reading = read(workbook(year(("Sheet1", "Sheet2", "Sheet3"), titles), cover=None))
    assert (codes(reading), people(reading)) == ([], ALL)


def test_a_chosen_month_reads_its_sheet_alone_and_says_so():
    for options in ({"month": MARCH}, {}):
        cover = ("桂花社区", "" if options else "2026年3月")
        reading = read(workbook(year(), cover=cover), **options)
        assert [(p.code, p.level, p.sheet, p.found, p.values) for p in reading.problems] == [
            ("sheet_of_another_month", "warning", "1月", "2026-01", {"expected": "2026-03"}),
            ("sheet_of_another_month", "warning", "2月", "2026-02", {"expected": "2026-03"}),
        ]
        assert people(reading) == {"2026-03": [30]}
        assert reading.sheets[1].ignored == ((1, "other_month"), (2, "other_month"))


def test_a_chosen_month_without_a_sheet_is_an_error():
    reading = read(workbook(year()), month=MARCH + 1)
    assert [p.code for p in reading.errors] == ["month_differs", "month_in_no_sheet"]


def test_months_of_an_unknown_year_are_asked_for():
    assert codes(read(workbook(year(), cover=("桂花社区", "")))) == ["month_missing"]


def test_a_sheet_without_a_month_among_others_that_have_one_is_an_error():
    sheets = {**year(), "其他": [HALL, event(3)]}
    reading = read(workbook(sheets, cover=None), "桂花社区2026年台账.xlsx")
    assert [(p.code, p.sheet, p.row) for p in reading.errors] == [("month_missing", "其他", 1)]


def test_declarations_without_a_month_are_an_error_beside_sheets_of_months():
    sheets = {**year(), "不适用申报": [["测评标准代码", "理由"], ["A2", "无"]]}
    reading = read(workbook(sheets, cover=None), "桂花社区2026年台账.xlsx")
    assert [(p.code, p.sheet, p.row) for p in reading.errors] == [("month_missing", "不适用申报", 2)]


def test_the_name_of_the_only_sheet_may_tell_the_month():
    reading = read(workbook({"3月": [HALL, event(3)]}, cover=None), "桂花社区2026年台账.xlsx")
    assert (codes(reading), people(reading)) == ([], {"2026-03": [30]})
    reading = read(workbook({"2月": [HALL, event(3)]}))
    assert [(p.code, p.found) for p in reading.problems] == [("elsewhere_differs", "2026-02")]


def test_communities_and_months_make_a_report_for_each_pair():
    headings = ["社区", *HALL[1:]]
    sheets = {
        f"{month}月": [headings, ["桂花社区", *event(month)[1:]], ["荷塘社区", *event(month)[1:]]] for month in (1, 2)
    }
    reading = read(workbook(sheets, cover=None), "西街道2026年台账.xlsx")
    assert codes(reading) == []
    assert sorted((r.community, period_text(r.month)) for r in reading.reports) == [
        ("C01", "2026-01"),
        ("C01", "2026-02"),
        ("C02", "2026-01"),
        ("C02", "2026-02"),
    ]


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("3月", "2026-03"),
        ("三月份", "2026-03"),
        ("12月", "2026-12"),
        ("2025年12月", "2025-12"),
        ("13月", None),
        ("1-3月", None),
        ("3月5日", None),
        ("1月和2月", None),
        ("2025年度3月", None),
        ("Sheet3", None),
    ],
)
def test_months_in_names_of_sheets(name, period):
    assert month_in_sheet_name(name, 2026) == (period and month_number(period))


@pytest.mark.parametrize(
    ("text", "year"),
    [("2026年度台账", 2026), ("台账2026", 2026), ("2025-2026年", None), ("20260402", None), ("台账", None)],
)
def test_years_in_names_and_titles(text, year):
    assert year_in_text(text) == year
