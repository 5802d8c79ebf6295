"""Workbooks as plain bytes: what is written comes back from an ordinary reader, and the bytes tell no time."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from beicha.demo.chance import between, draw, pick
from beicha.demo.sheets import Sheet, letters, serial, workbook

PAGE = Sheet(
    "表 & <一>",
    [["标题", None, None], ["名称", "数量", "日期"], ["公园 & <角>", 3, date(2026, 6, 5)], [None, 2.5, " 空格 "]],
    merged=[(0, 0, 0, 2)],
    looks={0: "title", 1: "heading"},
)


def test_what_is_written_comes_back():
    book = openpyxl.load_workbook(BytesIO(workbook([PAGE, Sheet("二", [])])))
    assert book.sheetnames == ["表 & <一>", "二"]
    page = book["表 & <一>"]
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values[1:] == [["名称", "数量", "日期"], ["公园 & <角>", 3, page["C3"].value], [None, 2.5, " 空格 "]]
    assert page["C3"].value.date() == date(2026, 6, 5)
    assert [str(span) for span in page.merged_cells.ranges] == ["A1:C1"]
    assert page["A1"].font.bold


def test_the_same_sheets_give_the_same_bytes():
    assert workbook([PAGE]) == workbook([PAGE])


@pytest.mark.parametrize(("column", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_columns_are_lettered_as_in_excel(column, text):
    assert letters(column) == text


def test_days_are_counted_as_in_excel():
    assert serial(date(2026, 6, 27)) == 46200


def test_a_draw_depends_on_what_it_is_for_and_on_nothing_else():
    assert draw("a", 1) == draw("a", 1) != draw("a", 2)
    draws = [draw("even", number) for number in range(1000)]
    assert 0 <= min(draws) < 0.01
    assert 0.99 < max(draws) < 1
    assert {between(2, 4, number) for number in range(50)} == {2, 3, 4}
    assert {pick("abc", number) for number in range(50)} == set("abc")
