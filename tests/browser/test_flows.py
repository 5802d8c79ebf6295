"""Whole flows as a person goes through them."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

pytestmark = pytest.mark.browser


def test_from_the_overview_down_to_the_rows_and_back(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service).open("/")
    assert screen.title == "东湖区 · 2026-04"
    screen.click_bar("gap_chart", 1)
    assert screen.title == "和平社区 · 河东街道 · 2026-04"
    assert "community=" in screen.page.url
    screen.choose("打开一条测评标准", "A-1 每月四讲")
    assert "要求 4，现有 2 条，还差 2。" in screen.text
    screen.page.reload()
    screen.settled()
    assert "要求 4，现有 2 条，还差 2。" in screen.text
    screen.page.get_by_role("link", name="总览").first.click()
    screen.settled()
    screen.click_bar("gap_chart", 0)
    assert screen.title == "春风社区 · 城关街道 · 2026-04"


def test_the_month_stays_over_pages_and_copies_with_the_address(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service).open("/")
    screen.choose("月份", "2026-03").choose("街道", "河东街道")
    screen.page.get_by_role("link", name="社区", exact=True).first.click()
    screen.settled()
    assert screen.title == "和平社区 · 河东街道 · 2026-03"
    other = open_screen(shown_service).open(screen.page.url.removeprefix(shown_service))
    assert other.title == screen.title


def test_a_file_is_downloaded_as_a_workbook(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service).open("/community?community=和平社区")
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("link", name="下载本页").click()
    assert waiting.value.suggested_filename == "和平社区-2026-04.xlsx"


def test_english_is_one_click_away_and_stays(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service).open("/")
    screen.page.get_by_text("en", exact=True).first.click()
    screen.page.wait_for_selector("html[lang=en]", state="attached")
    screen.settled()
    assert "lang=en" in screen.page.url
    assert "Gap of each community" in screen.text
    screen.page.get_by_test_id("stTopNavSection").get_by_text("Administration").click()
    screen.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=re.compile("Checklist$")).click()
    screen.settled()
    assert "Criteria" in screen.text
    assert screen.page.title() == "Checklist · Beicha"


def test_an_empty_office_is_led_to_its_first_score(empty_service: str, open_screen: Any, tmp_path: Path) -> None:
    screen = open_screen(empty_service).open("/")
    assert screen.title == "设置"
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("link", name="下载区划表").click()
    table = tmp_path / "区划表.xlsx"
    waiting.value.save_as(table)
    fill_areas(table)
    screen.page.locator("input[type=file]").first.set_input_files(table)
    screen.settled().press("导入")
    assert "1 个区、1 个街道、2 个社区" in screen.text
    screen.page.get_by_label("从哪个月起执行").fill("2026-01")
    screen.press("启用")
    assert re.search(r"✔\s*测评体系及执行月份", screen.text)


def fill_areas(path: Path) -> None:
    book = load_workbook(path)
    page = book.worksheets[0]
    heading = next(row for row in page.iter_rows() if "名称" in [cell.value for cell in row])
    column = {cell.value: cell.column for cell in heading}
    rows = [
        ("东湖区", "区", ""),
        ("城关街道", "街道", "东湖区"),
        ("红旗社区", "社区", "城关街道"),
        ("春风社区", "社区", "城关街道"),
    ]
    for number, (name, kind, parent) in enumerate(rows, start=heading[0].row + 1):
        for title, value in (("名称", name), ("类别", kind), ("上级", parent)):
            page.cell(number, column[title]).value = value
    book.save(path)
