"""The workbook of the office: observations and visits, each to its community."""

from datetime import date

from tests.intake.workbooks import HALL, HALL_ROW, MARCH, codes, read, workbook

INSPECTION = ["社区", "督查日期", "测评标准", "点位", "等级"]
ROW = ["桂花社区", date(2026, 3, 5), "A1", "大门", "B"]
VISITS = ["社区", "日期"]
OFFICE = {"cover": ("", "2026年3月")}


def by_community(reading):
    return {report.community: report for report in reading.reports}


def test_rows_and_visits_become_a_report_for_each_community():
    reading = read(
        workbook(
            {
                "督查走访": [VISITS, ["桂花", date(2026, 3, 5)], ["荷塘社区", "3月6日"]],
                "督查记录": [["督查记录"], INSPECTION, ROW, ["松柏社区", date(2026, 3, 7), "A1", "大门", "C#"]],
            },
            **OFFICE,
        )
    )
    assert codes(reading) == []
    reports = by_community(reading)
    assert list(reports) == ["C01", "C02", "C03"]
    assert {report.kept_by for report in reading.reports} == {"office"}
    assert {report.month for report in reading.reports} == {MARCH}
    assert reports["C01"].ledgers["inspection"].row == [3]
    assert reports["C03"].ledgers["inspection"].values["grade"] == ["C#"]
    assert len(reports["C02"].ledgers["inspection"]) == 0


def test_a_visit_alone_is_a_report_without_rows():
    reading = read(workbook({"督查走访": [VISITS, ["桂花社区", None]]}, **OFFICE))
    assert (codes(reading), [report.ledgers for report in reading.reports]) == ([], [{}])


def test_visits_of_one_month_name_the_month():
    reading = read(workbook({"督查走访": [["社区", "月份"], ["桂花社区", "2026年3月"]]}, cover=None))
    assert (codes(reading), reading.reports[0].month) == ([], MARCH)


def test_visits_of_two_months_do_not():
    rows = [VISITS, ["桂花社区", "2026-03-05"], ["荷塘社区", "2026-02-05"]]
    assert codes(read(workbook({"督查走访": rows}, cover=None))) == ["month_missing"]


def test_a_visit_in_another_month_is_an_error():
    reading = read(workbook({"督查走访": [VISITS, ["桂花社区", "2026-02-05"]]}, **OFFICE))
    assert [(p.code, p.row, p.column, p.values) for p in reading.problems] == [
        ("visit_in_another_month", 2, "B", {"expected": "2026-03"})
    ]


def test_an_unreadable_day_of_a_visit_is_an_error():
    assert codes(read(workbook({"督查走访": [VISITS, ["桂花社区", "某日"]]}, **OFFICE))) == ["date_unreadable"]


def test_a_visit_to_nobody_and_a_row_about_nobody_are_errors():
    reading = read(
        workbook({"督查走访": [VISITS, [None, date(2026, 3, 5)]], "督查记录": [INSPECTION, [None, *ROW[1:]]]}, **OFFICE)
    )
    assert [(p.code, p.sheet, p.row) for p in reading.errors] == [
        ("community_in_row_missing", "督查走访", 2),
        ("community_in_row_missing", "督查记录", 2),
    ]


def test_unknown_communities_are_errors_and_the_others_are_kept():
    reading = read(workbook({"督查记录": [INSPECTION, ROW, ["无名社区", *ROW[1:]]]}, **OFFICE))
    assert [(p.code, p.row, p.column) for p in reading.errors] == [("community_unknown", 3, "A")]
    assert list(by_community(reading)) == ["C01"]


def test_a_sheet_of_the_office_without_communities_is_an_error():
    assert codes(read(workbook({"督查记录": [INSPECTION[1:], ROW[1:]]}, **OFFICE))) == ["community_column_missing"]


def test_a_community_cannot_report_a_ledger_of_the_office():
    reading = read(workbook({"道德讲堂": [HALL, HALL_ROW], "督查记录": [INSPECTION[1:], ROW[1:]]}))
    assert [(p.code, p.level) for p in reading.problems] == [("ledger_not_kept", "warning")]
    assert reading.sheets[2].ignored == ((1, "unread"), (2, "unread"))


def test_footers_of_the_visits_are_listed():
    rows = [VISITS, ["桂花社区", date(2026, 3, 5)], [], ["填表人：某某"]]
    reading = read(workbook({"督查走访": rows}, **OFFICE))
    assert reading.sheets[1].ignored == ((1, "heading"), (3, "blank"), (4, "footer"))
