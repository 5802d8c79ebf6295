"""An empty office is led step by step; every step can be taken on the page."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from beicha.actions import settings
from beicha.actions.areas import area_table, tree
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store


def texts(at: Any) -> str:
    shown = [*at.title, *at.subheader, *at.caption, *at.markdown, *at.success, *at.error, *at.warning]
    return " ".join(element.value for element in shown)


def filled_table(rows: list[tuple[str, str, str]]) -> bytes:
    book = load_workbook(BytesIO(area_table(OFFICE, the_store())))
    page = book.worksheets[0]
    heading = next(row for row in page.iter_rows() if "名称" in [cell.value for cell in row])
    column = {cell.value: cell.column for cell in heading}
    for number, row in enumerate(rows, start=heading[0].row + 1):
        for title, value in zip(("名称", "类别", "上级"), row, strict=True):
            page.cell(number, column[title]).value = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.usefixtures("empty_office")
def test_an_empty_database_opens_with_the_first_step(open_page: Any) -> None:
    at = open_page()
    assert at.title[0].value == "设置"
    assert "**□ 区划：区、街道、社区** :blue-badge[下一步]" in texts(at)
    assert "还没有区划" in texts(at)


@pytest.mark.usefixtures("empty_office")
def test_areas_are_taken_in_from_a_table(open_page: Any) -> None:
    at = open_page()
    content = filled_table([("东湖区", "区", ""), ("城关街道", "街道", "东湖区"), ("红旗社区", "社区", "城关街道")])
    at.file_uploader(key="area_file").upload("区划表.xlsx", content)
    next(button for button in at.form_submit_button if button.label == "导入").click().run()
    assert not at.exception
    assert "已导入。" in texts(at)
    assert "1 个区、1 个街道、1 个社区" in texts(at)
    assert [area.name for area in tree(OFFICE, the_store(), "2026-01")] == ["东湖区", "城关街道", "红旗社区"]


@pytest.mark.usefixtures("empty_office")
def test_a_faulty_table_is_told_and_nothing_is_stored(open_page: Any) -> None:
    at = open_page()
    at.file_uploader(key="area_file").upload("区划表.xlsx", filled_table([("红旗社区", "小区", "不存在")]))
    next(button for button in at.form_submit_button if button.label == "导入").click().run()
    assert "表中有错误，没有任何内容入库。" in texts(at)
    assert tree(OFFICE, the_store(), "2026-01") == ()


@pytest.mark.usefixtures("empty_office")
def test_an_edition_is_put_in_force_from_a_month(open_page: Any) -> None:
    at = open_page()
    at.text_input[1].set_value("2026-01")
    next(button for button in at.form_submit_button if button.label == "启用").click().run()
    assert not at.exception
    assert ":green[✔] 测评体系及执行月份" in texts(at)
    assert ":green[✔] 条线" in texts(at)


@pytest.mark.usefixtures("empty_office")
def test_a_month_that_is_none_is_told(open_page: Any) -> None:
    at = open_page()
    at.text_input[1].set_value("一月")
    next(button for button in at.form_submit_button if button.label == "启用").click().run()
    assert "月份请写成 2026-01 的样子。" in texts(at)


@pytest.mark.usefixtures("empty_office")
def test_the_due_day_is_saved(open_page: Any) -> None:
    at = open_page()
    at.number_input[0].set_value(8)
    next(button for button in at.form_submit_button if button.label == "保存").click().run()
    assert settings.due_day(OFFICE, the_store()) == 8


@pytest.mark.usefixtures("empty_office")
@pytest.mark.parametrize(("page", "said"), [("checklist", "还没有测评体系"), ("upload", "还没有测评体系")])
def test_pages_without_anything_to_show_say_what_to_do(open_page: Any, page: str, said: str) -> None:
    at = open_page()
    at.switch_page(f"../../pages/{page}.py").run()
    assert not at.exception
    assert said in texts(at)


@pytest.mark.usefixtures("office")
def test_a_settled_office_has_its_steps_done(open_page: Any) -> None:
    said = texts(open_page("setup"))
    assert ":green[✔] 第一次上报" in said
    assert "**□ 每月上报截止日** :blue-badge[下一步]" in said or "下一步" in said
