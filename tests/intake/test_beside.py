"""Two tables side by side on one sheet."""

from datetime import date

import pytest

from tests.intake.workbooks import COMMUNITIES, HALL, HALL_ROW, SERVED, SERVICE, codes, read, the_values, workbook

OTHER = [2, date(2026, 3, 6), "敬业奉献", "大厅", 30, "王讲师", "有"]


def on_one_sheet(left, right, gap=1, **options):
    height = max(len(left), len(right))
    rows = [
        [
            *(left[at] if at < len(left) else [None] * len(left[0])),
            *[None] * gap,
            *(right[at] if at < len(right) else []),
        ]
        for at in range(height)
    ]
    return read(workbook({"三月台账": rows}, **options))


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_different_ledgers_side_by_side_are_both_read(gap):
    reading = on_one_sheet([HALL, HALL_ROW, OTHER], [SERVICE, SERVED], gap)
    assert codes(reading, "error", "warning") == []
    assert the_values(reading, "people") == [45, 30]
    assert the_values(reading, "name", "service") == ["清扫楼道"]
    assert the_values(reading, "adults", "service") == [12]
    assert [(account.ledger, account.rows_read, account.extra_columns) for account in reading.sheets[1:]] == [
        ("hall", 2, ()),
        ("service", 1, ()),
    ]


def test_the_longer_table_may_stand_to_the_right():
    reading = on_one_sheet([HALL, HALL_ROW], [SERVICE, SERVED, [*SERVED[:1], "扫雪", 5, 0, 1]])
    assert codes(reading, "error", "warning") == []
    assert (the_values(reading, "people"), the_values(reading, "name", "service")) == ([45], ["清扫楼道", "扫雪"])


def test_one_ledger_side_by_side_is_read_as_one():
    reading = on_one_sheet([HALL, HALL_ROW], [HALL, OTHER])
    assert codes(reading, "error", "warning") == []
    assert the_values(reading, "people") == [45, 30]
    assert reading.reports[0].ledgers["hall"].row == [2, 2]


def test_headings_of_the_right_table_may_stand_lower():
    reading = on_one_sheet([HALL, HALL_ROW, OTHER], [["志愿服务活动", *[None] * 4], SERVICE, SERVED])
    assert codes(reading, "error", "warning") == []
    assert (the_values(reading, "people"), the_values(reading, "adults", "service")) == ([45, 30], [12])


def test_a_title_above_both_counts_for_both():
    title = ["荷塘社区2026年3月台账", *[None] * 6]
    rows = [[*title], [*HALL, None, *SERVICE], [*HALL_ROW, None, *SERVED]]
    for merged in ((), ["A1:M1"]):
        reading = read(workbook({"三月": rows}, cover=None, merged={"三月": merged}), communities=COMMUNITIES)
        assert codes(reading, "error", "warning") == []
        assert [(report.community, sorted(report.ledgers)) for report in reading.reports] == [
            ("C02", ["hall", "service"])
        ]


def test_a_problem_of_the_right_table_is_told_in_its_own_column():
    reading = on_one_sheet([HALL, HALL_ROW], [SERVICE, ["昨天", *SERVED[1:]]])
    assert [(p.code, p.row, p.column) for p in reading.errors] == [("date_no_certain_day", 2, "I")]
    assert [(table.ledger, table.rows[0].cells[0]) for table in reading.failing] == [("service", "昨天")]


@pytest.mark.parametrize("at", [2, 4, 6])
def test_a_blank_column_within_one_table_parts_nothing(at):
    rows = [[*row[:at], None, *row[at:]] for row in (HALL, HALL_ROW, OTHER)]
    reading = read(workbook({"三月台账": rows}))
    assert codes(reading, "error", "warning") == []
    assert the_values(reading, "people") == [45, 30]


def test_columns_of_the_clerks_own_behind_a_blank_one_stay_extra():
    reading = on_one_sheet([HALL, HALL_ROW], [["联系人", "电话"], ["李某", "12345"]])
    assert codes(reading) == ["column_unknown", "column_unknown"]
    assert reading.sheets[1].extra_columns == ("联系人", "电话")


def test_an_adjoining_table_may_number_its_rows():
    reading = on_one_sheet([HALL, HALL_ROW], [["序号", *SERVICE], [1, *SERVED]], gap=0)
    assert codes(reading) == []
    assert (the_values(reading, "people"), the_values(reading, "adults", "service")) == ([45], [12])


def test_adjoining_columns_that_make_no_whole_table_stay_extra():
    reading = on_one_sheet([HALL, HALL_ROW], [SERVICE[1:], SERVED[1:]], gap=0)
    assert set(codes(reading)) == {"column_unknown"}
    assert the_values(reading, "people") == [45]
