"""Rows that are no items are recognised, listed with their reason, and not counted."""

from datetime import date

import pytest

from tests.intake.workbooks import HALL, HALL_ROW, codes, hall, read, the_values, workbook

OTHER = [2, date(2026, 3, 6), "敬业奉献", "大厅", 30, "王讲师", "有"]


def ignored(reading):
    return [pair for pair in reading.sheets[1].ignored if pair[1] != "heading"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["合计", None, None, None, 75], "total"),
        (["合 计", None, None, None, 75], "total"),
        (["总计：", None, None, None, 75], "total"),
        (["小计", None, None, None, 75], "total"),
        (["第一季度小计", None, None, None, 75], "total"),
        ([None, "合计", None, None, 75], "total"),
        (["合计：2场75人"], "total"),
        (["平均", None, None, None, 37.5], "total"),
        (["全区均分", None, None, None, 37.5], "total"),
        (["填表人：某某", None, "审核人："], "footer"),
        (["填表人", "某某", "审核人", "某某"], "footer"),
        (["注：人数含未成年人"], "footer"),
        (["备注：无"], "footer"),
        (["单位（盖章）"], "footer"),
        ([None, None, None, None, None, "年  月  日"], "footer"),
        (["负责人签字：", None, None, "填报时间：2026年4月1日"], "footer"),
        (["示例", date(2026, 1, 1), "例：孝老爱亲", "大厅", 30, "某", "有"], "example"),
        (["例1", date(2026, 1, 1), "孝老爱亲", "大厅", 30, "某", "有"], "example"),
        ([3], "number_only"),
        (["3."], "number_only"),
        (["一、上半年"], "band"),
        (HALL, "heading_again"),
        ([None], "blank"),
        ([" ", "\u3000"], "blank"),
    ],
)
def test_a_row_that_is_no_item_is_listed_with_its_reason(row, why):
    reading = read(hall(HALL_ROW, row, OTHER))
    assert ignored(reading) == [(3, why)]
    assert the_values(reading, "people") == [45, 30]
    assert codes(reading) == []


def test_a_merged_line_between_the_rows_is_a_band():
    rows = [HALL, HALL_ROW, [None, "西街道辖区"], OTHER]
    reading = read(workbook({"道德讲堂": rows}, merged={"道德讲堂": ["B3:G3"]}))
    assert ignored(reading) == [(3, "band")]


def test_a_row_with_entries_only_in_unknown_columns_is_listed():
    reading = read(hall([*HALL_ROW, "晴"], [2, *[None] * 6, "雨"], headings=[*HALL, "天气"]))
    assert ignored(reading) == [(3, "no_field")]


@pytest.mark.parametrize(
    "topic", ["平均主义辨析", "合计一家人", "填表人员培训", "例会学习", "注重家风", "审核制度宣讲", "说明会"]
)
def test_an_event_whose_name_begins_so_is_an_item(topic):
    reading = read(hall([topic, "2026-03-05", "大厅"], headings=["活动主题", "活动时间", "活动地点"]))
    assert the_values(reading, "topic") == [topic]


def test_a_row_with_one_entry_in_a_known_column_is_an_item_with_errors():
    reading = read(hall(HALL_ROW, [None, None, "孝老爱亲"]))
    assert ignored(reading) == []
    assert [(p.code, p.row, p.column) for p in reading.errors] == [("key_blank", 3, "B")]


def test_a_row_of_zeros_is_an_item():
    reading = read(workbook({"公益广告": [["设置位置", "载体形式", "数量"], ["门口", "展板", 0]]}))
    assert the_values(reading, "quantity", "adverts") == [0]


@pytest.mark.parametrize(
    "row",
    [
        [3, "合计", None, None, 75],
        [None, date(2026, 3, 31), "小 计", None, 75],
        ["西街道", "小计", None, None, 75],
        ["", "全区均分", "", "", 37.5],
        [3, None, "全街道平均", None, 37.5],
        ["总分", None, None, None, 100],
        ["总分 100"],
        ["合计得分", None, None, None, 100],
        ["最高分", None, None, None, 100],
        ["（一）小计", None, None, None, 40],
        ["桂花社区小计", None, None, None, 40],
    ],
)
def test_a_total_or_an_average_may_stand_in_any_cell_and_anywhere(row):
    reading = read(hall(HALL_ROW, row, OTHER))
    assert (ignored(reading), codes(reading)) == ([(3, "total")], [])


@pytest.mark.parametrize("row", [["一、组织领导", None, None, None, 40], ["（一）", None, None, None, 15.5]])
def test_a_part_of_the_list_with_its_points_is_a_heading_between_the_rows(row):
    reading = read(hall(HALL_ROW, row, OTHER))
    assert (ignored(reading), codes(reading)) == ([(3, "band")], [])


def test_a_numbered_item_is_an_item():
    reading = read(hall(["一、", *HALL_ROW[1:]], ["二、", *OTHER[1:]]))
    assert (ignored(reading), the_values(reading, "people")) == ([], [45, 30])


@pytest.mark.parametrize("place", ["负责人：王某处", "说明：东门", "联系人：某某", "单位（盖章）处"])
def test_an_item_that_begins_like_a_footer_is_an_item(place):
    headings = ["设置位置", "载体形式", "数量"]
    reading = read(
        workbook({"公益广告": [headings, [place, "展板", 2], ["填表人：某某", "审核人：某某", "2026年4月1日"]]})
    )
    assert the_values(reading, "place", "adverts") == [place]
    assert reading.sheets[1].ignored == ((1, "heading"), (3, "footer"))


@pytest.mark.parametrize(("since", "is_item"), [("2026-03-05", True), (None, False)])
def test_an_item_that_begins_so_may_lack_its_quantity_where_most_is_filled(since, is_item):
    headings = ["设置位置", "载体形式", "数量", "发布时间"]
    reading = read(workbook({"公益广告": [headings, ["说明：东门", "展板", None, since], ["西门", "展板", 2]]}))
    assert (2 in reading.reports[0].ledgers["adverts"].row) == is_item


@pytest.mark.parametrize(
    "text", ["※本表由社区填写", "＊本表一式两份", "第1页，共3页", "——以下空白——", "（续表）", "续表1"]
)
def test_lines_of_the_form_may_stand_in_the_first_column_of_items(text):
    reading = read(workbook({"公益广告": [["设置位置", "载体形式", "数量"], ["东门", "展板", 2], [text]]}))
    assert [row for row, _ in reading.sheets[1].ignored] == [1, 3]
    assert "error" not in {problem.level for problem in reading.problems}


@pytest.mark.parametrize("title", ["公益广告点位", "公益广告点位（二）"])
@pytest.mark.parametrize("again", ["设置位置", "设 置 位 置", "设置位置："])
def test_title_and_headings_stand_once_more_after_a_page_break(title, again):
    headings = ["设置位置", "载体形式", "数量"]
    rows = [["公益广告点位"], headings, ["东门", "展板", 2], [title], [again, *headings[1:]], ["西门", "展板", 3]]
    reading = read(workbook({"公益广告": rows}))
    assert the_values(reading, "quantity", "adverts") == [2, 3]
    assert reading.sheets[1].ignored == ((1, "title"), (2, "heading"), (4, "title"), (5, "heading_again"))
    assert "error" not in {problem.level for problem in reading.problems}


@pytest.mark.parametrize("first", ["1、设置位置", "*设置位置", "No."])
def test_headings_stand_once_more_whatever_they_begin_with(first):
    is_numbered = first == "No."
    headings = [first, *["设置位置"] * is_numbered, "载体形式", "数量"]
    items = [[*[1] * is_numbered, place, "展板", 2] for place in ("东门", "西门")]
    reading = read(workbook({"公益广告": [headings, items[0], headings, items[1]]}))
    assert the_values(reading, "place", "adverts") == ["东门", "西门"]
    assert reading.sheets[1].ignored == ((1, "heading"), (3, "heading_again"))
