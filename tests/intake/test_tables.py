"""Headings: titles above them, several levels, other names, and which ledger they belong to."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.workbooks import HALL, HALL_ROW, SERVED, SERVICE, codes, edition, hall, read, the_values, workbook

TITLES = [["附件1"], ["道德讲堂活动登记表"], ["单位名称：桂花社区    2026年3月"]]
ADVERTS = ["设置位置", "载体形式", "主题类别", "数量", "发布时间"]


def ledgers(reading):
    return {sheet.sheet: sheet.ledger for sheet in reading.sheets if sheet.ledger}


def test_titles_stand_above_the_headings():
    reading = read(workbook({"Sheet1": [*TITLES, HALL, HALL_ROW]}, merged={"Sheet1": ["A2:G2", "A3:G3"]}))
    assert codes(reading) == []
    assert ledgers(reading) == {"Sheet1": "hall"}
    assert reading.reports[0].ledgers["hall"].row == [5]
    assert reading.sheets[1].ignored == ((1, "title"), (2, "title"), (3, "title"), (4, "heading"))


@pytest.mark.parametrize(
    "text", ["活动时间", "活 动 时 间", "活\n动\n时\n间", "活动时间：", "*活动时间", "活动时间（年月日）", "1.活动时间"]
)
def test_blanks_brackets_stars_and_colons_in_a_heading_do_not_matter(text):
    reading = read(hall(HALL_ROW, headings=["序号", text, *HALL[2:]]))
    assert codes(reading) == []
    assert the_values(reading, "date") == [date(2026, 3, 5)]


@settings(max_examples=20)
@given(st.permutations(range(1, len(HALL))))
def test_the_order_of_columns_does_not_matter(order):
    reading = read(hall([1, *(HALL_ROW[at] for at in order)], headings=["序号", *(HALL[at] for at in order)]))
    assert codes(reading) == []
    assert the_values(reading, "people") == [45]


def test_a_general_synonym_is_taken_and_said():
    reading = read(hall(HALL_ROW, headings=["序号", "时间", "活动主题", "地点", "人数", "主讲人", "照片"]))
    assert [(p.code, p.column, p.values["field"]) for p in reading.problems] == [
        ("column_by_synonym", "B", "活动时间"),
        ("column_by_synonym", "D", "活动地点"),
        ("column_by_synonym", "E", "参加人数"),
        ("column_by_synonym", "G", "有无图片"),
    ]
    assert the_values(reading, "people") == [45]


def test_an_alias_of_the_edition_is_taken_without_a_word():
    assert codes(read(hall(HALL_ROW, headings=[*HALL[:-1], "实景图片（张）"]))) == []


def test_an_unknown_column_is_named():
    reading = read(hall([*HALL_ROW, "x"], headings=[*HALL, "天气"]))
    assert [(p.code, p.level, p.heading, p.column) for p in reading.problems] == [
        ("column_unknown", "note", "天气", "H")
    ]
    assert reading.sheets[1].extra_columns == ("天气",)


def test_a_column_with_entries_but_no_heading_is_told():
    assert codes(read(hall([*HALL_ROW, "x"]))) == ["column_without_heading"]


@pytest.mark.parametrize(("missing", "code"), [("活动主题", "column_missing"), ("活动地点", "column_absent")])
def test_a_missing_column_is_an_error_where_it_is_needed(missing, code):
    at = HALL.index(missing)
    reading = read(hall(HALL_ROW[:at] + HALL_ROW[at + 1 :], headings=HALL[:at] + HALL[at + 1 :]))
    assert [(p.code, p.heading) for p in reading.problems] == [(code, missing)]
    assert bool(reading.errors) == (code == "column_missing")


def test_two_columns_for_one_field_are_an_error():
    reading = read(hall([*HALL_ROW, 50], headings=[*HALL, "参加人数"]))
    assert [(p.code, p.values["columns"]) for p in reading.problems] == [("two_columns", ["E", "H"])]


def test_a_heading_that_may_mean_two_fields_is_not_guessed():
    reading = read(
        workbook({"志愿服务活动": [["服务日期", "活动名称", "人数", "服务时长"], ["2026-03-05", "清洁", 5, 2]]})
    )
    assert [(p.code, p.heading) for p in reading.problems if p.code == "column_unclear"] == [("column_unclear", "人数")]


def test_two_level_headings_are_joined():
    rows = [
        ["序号", "服务日期", "活动名称", "参加人数", None, "服务时长"],
        [None, None, None, "成人", "未成年人", None],
        [1, "2026-03-05", "清洁家园", 20, 5, 2],
    ]
    merged = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]
    for ranges in (merged, []):
        reading = read(workbook({"志愿服务活动": rows}, merged={"志愿服务活动": ranges}))
        assert codes(reading) == []
        assert the_values(reading, "adults", "service") == [20]
        assert the_values(reading, "minors", "service") == [5]
        assert reading.reports[0].ledgers["service"].row == [3]


def test_a_heading_merged_over_two_rows_is_one_heading():
    merged = [f"{letter}1:{letter}2" for letter in "ABCDEFG"]
    reading = read(workbook({"道德讲堂": [HALL, [None] * 7, HALL_ROW]}, merged={"道德讲堂": merged}))
    assert codes(reading) == []
    assert reading.sheets[1].ignored == ((1, "heading"), (2, "heading"))


def test_a_sheet_is_known_by_its_headings_whatever_its_name():
    reading = read(workbook({"Sheet1": [HALL, HALL_ROW], "Sheet2": [ADVERTS, ["门口", "展板", "未成年人", 2, ""]]}))
    assert ledgers(reading) == {"Sheet1": "hall", "Sheet2": "adverts"}


def test_headings_that_fit_two_ledgers_are_decided_by_the_name_of_the_sheet():
    rows = [["时间", "名称", "地点"], ["2026-03-05", "孝", "大厅"]]
    assert ledgers(read(workbook({"道德讲堂": rows})))["道德讲堂"] == "hall"
    assert ledgers(read(workbook({"志愿服务": rows})))["志愿服务"] == "service"


def test_headings_that_fit_two_ledgers_and_no_name_are_an_error():
    small = edition()
    twin = small.ledgers[0].model_copy(update={"code": "twin", "title": "市民学校", "aliases": ()})
    doubled = small.model_copy(update={"ledgers": (*small.ledgers, twin)})
    doubled.__dict__.pop("digest", None)
    from beicha.intake.reading import read_workbook

    reading = read_workbook("x.xlsx", workbook({"Sheet1": [HALL, HALL_ROW]}), doubled)
    assert [p.code for p in reading.errors] == ["ledger_unclear"]
    assert reading.sheets[1].ignored == ((1, "unread"), (2, "unread"))


def test_several_sheets_may_feed_one_ledger_in_their_order():
    second = [2, date(2026, 3, 6), *HALL_ROW[2:]]
    reading = read(workbook({"道德讲堂（一）": [HALL, HALL_ROW], "道德讲堂（二）": [["标题"], HALL, second]}))
    rows = reading.reports[0].ledgers["hall"]
    assert (rows.sheet, rows.row) == (["道德讲堂（一）", "道德讲堂（二）"], [2, 3])


def test_two_tables_on_one_sheet_are_both_read():
    rows = [HALL, HALL_ROW, [], ["附件2 公益广告点位"], ADVERTS, ["门口", "展板", "未成年人", 2, ""]]
    reading = read(workbook({"台账": rows}))
    assert codes(reading) == []
    assert [(sheet.ledger, sheet.rows_read, sheet.heading_row) for sheet in reading.sheets[1:]] == [
        ("hall", 1, 1),
        ("adverts", 1, 5),
    ]
    assert reading.reports[0].ledgers["adverts"].row == [6]


def test_a_sheet_without_known_headings_is_listed_with_its_rows():
    reading = read(workbook({"道德讲堂": [HALL, HALL_ROW], "通讯录": [["姓名", "电话"], ["某人", "1"]]}))
    assert [(p.code, p.level, p.sheet, p.values) for p in reading.problems] == [
        ("sheet_unrecognised", "warning", "通讯录", {"rows": 2})
    ]
    assert reading.sheets[2].ignored == ((1, "unread"), (2, "unread"))


def test_an_empty_sheet_needs_no_word():
    assert codes(read(workbook({"道德讲堂": [HALL, HALL_ROW], "Sheet2": []}))) == []


def test_a_sheet_named_after_a_ledger_needs_its_headings():
    assert codes(read(workbook({"道德讲堂活动": [["甲", "乙"], ["1", "2"]]}))) == ["ledger_without_heading"]


def test_an_empty_sheet_named_after_a_ledger_is_an_empty_ledger():
    reading = read(workbook({"道德讲堂活动": []}))
    assert codes(reading) == []
    assert len(reading.reports[0].ledgers["hall"]) == 0


def test_instructions_of_the_form_are_no_ledger():
    assert codes(read(workbook({"填表说明": [["请如实填写"]], "道德讲堂": [HALL, HALL_ROW]}))) == []


def test_hidden_sheets_rows_and_columns_are_read_and_said():
    reading = read(
        workbook(
            {"道德讲堂": [HALL, HALL_ROW, [2, date(2026, 3, 6), *HALL_ROW[2:]]]},
            hidden=["道德讲堂"],
            hidden_rows={"道德讲堂": [3]},
            hidden_columns={"道德讲堂": ["F"]},
        )
    )
    assert codes(reading) == ["sheet_hidden", "rows_hidden", "columns_hidden"]
    assert reading.problems[1].values == {"count": 1, "rows": ("3",)}
    assert len(the_values(reading, "date")) == 2
    assert reading.sheets[1].hidden


def test_a_cell_merged_over_rows_counts_for_all_of_them_but_a_number_once():
    rows = [
        HALL,
        HALL_ROW,
        [2, None, "敬业", "大厅", None, "王", "有"],
        [3, date(2026, 3, 7), "诚信", "大厅", 7, "王", "有"],
    ]
    reading = read(workbook({"道德讲堂": rows}, merged={"道德讲堂": ["B2:B3", "E2:E3"]}))
    assert codes(reading) == ["merged_number", "merged_filled"]
    assert the_values(reading, "date") == [date(2026, 3, 5), date(2026, 3, 5), date(2026, 3, 7)]
    assert the_values(reading, "people") == [45, None, 7]


def test_a_short_table_above_another_that_fits_better_is_read():
    short = [["设置位置", "载体形式", "数量"], ["门口", "展板", 2], []]
    reading = read(workbook({"台账": [*short, HALL, HALL_ROW]}))
    assert [(sheet.ledger, sheet.rows_read) for sheet in reading.sheets[1:]] == [("adverts", 1), ("hall", 1)]


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("title", [[], [["附件2 公益广告"]], [["公益广告"], ["单位：块"]]])
def test_tables_stand_one_under_the_other_with_and_without_titles_and_blank_rows(gap, title):
    rows = [HALL, HALL_ROW, ["合计", None, None, None, 45], *[[]] * gap, *title, ADVERTS, ["门口", "展板", "", 2, ""]]
    reading = read(workbook({"台账": rows}))
    assert [(sheet.ledger, sheet.rows_read) for sheet in reading.sheets[1:]] == [("hall", 1), ("adverts", 1)]
    listed = [row for sheet in reading.sheets[1:] for row, _ in sheet.ignored]
    assert len(listed) == len(set(listed)) == len(rows) - 2


def test_a_table_may_start_anywhere_and_have_blank_columns_between():
    headings = [None, None, *HALL[:3], None, *HALL[3:]]
    row = [None, None, *HALL_ROW[:3], None, *HALL_ROW[3:]]
    reading = read(workbook({"台账": [headings, row]}, start=(4, 3)))
    assert (codes(reading), the_values(reading, "people")) == ([], [45])


def test_three_level_headings_are_joined():
    rows = [
        ["序号", "服务日期", "活动名称", "参加情况", None, None],
        [None, None, None, "参加人数", None, "时间"],
        [None, None, None, "成人", "未成年人", "服务时长"],
        [1, "2026-03-05", "清洁家园", 20, 5, 2],
    ]
    for merged in (["A1:A3", "B1:B3", "C1:C3", "D1:F1", "D2:E2"], []):
        reading = read(workbook({"志愿服务活动": rows}, merged={"志愿服务活动": merged}))
        assert codes(reading, "error") == []
        assert (the_values(reading, "adults", "service"), the_values(reading, "minors", "service")) == ([20], [5])


def test_blank_rows_may_stand_between_title_and_headings():
    rows = [
        ["附件1"],
        ["道德讲堂活动登记表"],
        [],
        ["单位名称：桂花社区", None, None, "2026年3月"],
        [],
        HALL,
        [],
        HALL_ROW,
    ]
    reading = read(workbook({"Sheet1": rows}, cover=None))
    assert (codes(reading), the_values(reading, "people")) == ([], [45])


def test_what_a_table_counts_in_is_no_community():
    rows = [["公益广告统计表"], ["单位：块"], ADVERTS, ["门口", "展板", "", 2, ""]]
    assert codes(read(workbook({"Sheet1": rows}))) == []


def test_an_item_two_rows_high_is_one_item():
    rows = [HALL, HALL_ROW, [], [2, date(2026, 3, 6), *HALL_ROW[2:]]]
    merged = [f"{letter}2:{letter}3" for letter in "ABCDEFG"]
    reading = read(workbook({"道德讲堂": rows}, merged={"道德讲堂": merged}))
    assert "error" not in {problem.level for problem in reading.problems}
    assert reading.reports[0].ledgers["hall"].row == [2, 4]


@pytest.mark.parametrize("gap", [1, 2])
def test_a_short_table_that_lacks_a_column_is_no_title_of_the_next(gap):
    short = [["设置位置", "数量", "主题类别"], ["门口", 2, "未成年人"]]
    reading = read(workbook({"台账": [*short, *[[]] * gap, HALL, HALL_ROW]}))
    assert [sheet.ledger for sheet in reading.sheets[1:]] == ["adverts", "hall"]
    assert [(p.code, p.heading) for p in reading.errors] == [("column_missing", "载体形式")]


OWN_WORDS = ["时间", "讲了什么主题", "在哪里", "来了多少人", "谁讲的"]
OWN_ROWS = [[date(2026, 3, day), "孝老爱亲", "礼堂", 20 + day, "李讲师"] for day in (2, 3, 4)]


def test_rows_of_an_unknown_table_above_the_headings_are_warned_of():
    rows = [OWN_WORDS, *OWN_ROWS, [], SERVICE, SERVED]
    reading = read(workbook({"台账": rows}))
    above = [p for p in reading.warnings if p.code == "rows_above_unread"]
    assert [(p.sheet, p.row, p.values["rows"]) for p in above] == [("台账", 1, ("1–4",))]
    suggested = [(p.row, p.column, p.values["ledger"]) for p in reading.problems if p.code == "column_suggested"]
    assert (1, "B", "hall") in suggested
    account = next(account for account in reading.sheets if account.sheet == "台账")
    assert [row for row, why in account.ignored if why == "unread"] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "above",
    [
        [["填报单位：", "桂花社区", "填报人", "李某"], ["月份", "2026年3月", "电话", 123456]],
        [["三月台账"], [], ["单位", "桂花社区", "", "2026年3月"]],
        [["服务", "志愿", "人数"], ["一", "二", "三"]],
        [[1, 2, 3]],
        [["一", 2], ["二", 3], ["三", 4]],
    ],
)
def test_titles_labels_and_upper_headings_are_no_table_above(above):
    reading = read(workbook({"志愿服务活动": [*above, SERVICE, SERVED]}))
    assert codes(reading, "error", "warning") == []
