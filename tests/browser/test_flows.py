"""Whole flows as a person goes through them."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from beicha.papers.template import community_template
from beicha.ui.tables import ROW_PIXELS
from beicha.ui.upload.many import WIDTHS
from scoring.facts import Area
from scoring.periods import month_number
from tests.browser.conftest import serve, serve_district
from tests.intake.test_archive import zipped
from tests.ui.district import edition

pytestmark = pytest.mark.browser


def workbook(folder: Path, name: str, days: list[str], place: str = "活动室") -> Path:
    """The template of 春风社区 for April, filled with lectures on these days."""
    content = community_template(edition(), Area("b", "春风社区", "community"), month_number("2026-04"))
    book = load_workbook(BytesIO(content))
    page = book["道德讲堂"]
    heading = next(row[0].row for row in page.iter_rows(max_row=10) if row[0].value == "日期")
    for number, day in enumerate(days, start=heading + 1):
        page.cell(number, 1).value, page.cell(number, 2).value = day, f"第 {number} 讲"
        page.cell(number, 3).value = place
    path = folder / name
    book.save(path)
    return path


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


def test_an_upload_is_previewed_confirmed_receipted_and_restored(
    service: str, open_screen: Any, tmp_path: Path
) -> None:
    screen = open_screen(service).open("/upload")
    hand_in(screen, workbook(tmp_path, "四月.xlsx", ["2026-04-02", "2026-04-09"]))
    assert "春风社区 · 2026-04" in screen.text
    assert "本月首次上报" in screen.text
    screen.press("确认提交")
    assert "已入库，回执号" in screen.text
    screen.press("继续上报")
    hand_in(screen, workbook(tmp_path, "四月更正.xlsx", ["2026-04-02", "2026-04-09", "2026-04-16"]))
    assert "将替换第 1 版" in screen.text
    screen.press("确认提交")
    screen.press_text("历史与还原")
    screen.choose("月份", "2026-04").choose("社区", "春风社区")
    assert "第 2 版" in screen.text
    screen.press("还原此版")
    screen.press("还原")
    assert "第 3 版" in screen.text
    assert "由以前的版本还原" in screen.text


def hand_in(screen: Any, path: Path) -> None:
    screen.page.locator("input[type=file]").set_input_files(path)
    screen.settled()
    screen.press("读取并预览")
    screen.page.get_by_role("button", name="换文件").wait_for(timeout=60_000)
    screen.settled()


def test_a_mistake_in_a_cell_is_told_with_its_place_and_nothing_is_stored(
    service: str, open_screen: Any, tmp_path: Path
) -> None:
    screen = open_screen(service).open("/upload")
    hand_in(screen, workbook(tmp_path, "坏日期.xlsx", ["不清楚"]))
    assert "1 个错误" in screen.text
    assert screen.page.get_by_role("button", name="确认提交").is_disabled()
    screen.open("/")
    assert "2 / 3" in screen.text


def test_a_bad_file_is_put_right_in_the_page_stored_and_told_of_in_the_history(
    service: str, open_screen: Any, tmp_path: Path
) -> None:
    screen = open_screen(service).open("/upload")
    hand_in(screen, workbook(tmp_path, "坏日期.xlsx", ["某日", "2026-04-09"]))
    screen.page.get_by_label("日期（A 列）").fill("2026年4月2日")
    press_and_read(screen, "保存更正并重新核对")
    assert "0 个错误" in screen.text
    assert "春风社区 · 2026-04" in screen.text
    screen.press("确认提交")
    assert "已入库，回执号" in screen.text
    screen.page.reload()
    assert "已入库，回执号" in screen.settled().text
    screen.press_text("历史与还原")
    screen.choose("月份", "2026-04").choose("社区", "春风社区")
    screen.press_text("页面更正（1 处）")
    assert "原为“某日”，更正为“2026年4月2日”" in screen.text


def press_and_read(screen: Any, name: str) -> None:
    """Presses a button after which the files are read again without errors."""
    screen.page.get_by_role("button", name=name).first.click()
    screen.page.get_by_text("0 个错误").wait_for(timeout=60_000)
    screen.settled()


def test_a_draft_survives_a_killed_page_and_a_restarted_service(
    sqlite_url: str, open_screen: Any, tmp_path: Path
) -> None:
    first = serve_district(sqlite_url, tmp_path)
    screen = open_screen(next(first)).open("/upload")
    hand_in(screen, workbook(tmp_path, "坏日期.xlsx", ["某日", "2026-04-09"]))
    screen.page.get_by_label("日期（A 列）").fill("2026年4月2日")
    press_and_read(screen, "保存更正并重新核对")
    screen.page.close()
    first.close()
    second = serve(sqlite_url, tmp_path)
    screen = open_screen(next(second)).open("/upload")
    assert "未完成的上报（1）" in screen.text
    screen.press("继续")
    assert "页面更正（1 处）" in screen.text
    screen.press("确认提交")
    assert "已入库，回执号" in screen.text
    screen.page.close()
    second.close()


def test_the_same_file_again_changes_nothing(service: str, open_screen: Any, tmp_path: Path) -> None:
    screen = open_screen(service).open("/upload")
    path = workbook(tmp_path, "四月.xlsx", ["2026-04-02"])
    hand_in(screen, path)
    screen.press("确认提交").press("继续上报")
    hand_in(screen, path)
    assert "无变化" in screen.text


def test_many_files_are_stored_each_by_itself(service: str, open_screen: Any, tmp_path: Path) -> None:
    screen = open_screen(service).open("/upload")
    screen.press_text("多个文件一起上报")
    good = workbook(tmp_path, "好.xlsx", ["2026-04-02"])
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"not a workbook")
    screen.page.locator("input[type=file]").set_input_files([good, bad])
    screen.settled().press("读取并全部入库")
    screen.page.get_by_text("共 2 个文件：入库 1，未入库 1").wait_for(timeout=60_000)


def test_a_zip_is_unpacked_its_results_are_shown_and_downloaded(service: str, open_screen: Any, tmp_path: Path) -> None:
    screen = open_screen(service).open("/upload")
    screen.press_text("多个文件一起上报")
    good = workbook(tmp_path, "好.xlsx", ["2026-04-02"]).read_bytes()
    package = tmp_path / "四月.zip"
    package.write_bytes(zipped([("城关/好.xlsx", good), ("城关/坏.xlsx", b"no workbook"), (".DS_Store", b"")]))
    screen.page.locator("input[type=file]").set_input_files(package)
    screen.settled().press("读取并全部入库")
    screen.page.get_by_text("共 3 个文件：入库 1，未入库 1").wait_for(timeout=60_000)
    screen.page.reload()
    screen.settled()
    assert "共 3 个文件：入库 1，未入库 1" in screen.text
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("link", name="下载结果（.csv）").click()
    lines = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == [
        "四月.zip/城关/好.xlsx",
        "四月.zip/城关/坏.xlsx",
        "四月.zip/.DS_Store",
    ]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_marked_workbook_is_one_click_away_in_the_table_of_many(
    service: str, open_screen: Any, tmp_path: Path, width: int
) -> None:
    screen = open_screen(service, width).open("/upload?way=多个文件一起上报")
    bad = workbook(tmp_path, "坏日期.xlsx", ["某日"])
    screen.page.locator("input[type=file]").set_input_files(bad)
    screen.settled().press("读取并全部入库")
    screen.page.get_by_text("共 1 个文件：").wait_for(timeout=60_000)
    screen.settled()
    table = screen.page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    asked: list[str] = []
    screen.page.context.on("request", lambda request: asked.append(request.url))
    table.hover(position={"x": WIDTHS["state"] + 24, "y": 1.5 * ROW_PIXELS})
    screen.page.wait_for_timeout(500)  # the table looks where the mouse is before it is pressed
    table.click(position={"x": WIDTHS["state"] + 25, "y": 1.5 * ROW_PIXELS})
    screen.page.wait_for_timeout(1500)
    (address,) = [url for url in asked if "/download/checked" in url]
    marked = load_workbook(BytesIO(screen.page.request.get(address).body()))
    assert "校验结果" in {cell.value for row in marked["道德讲堂"] for cell in row}


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
    screen.page.get_by_role("link", name="Checklist").first.click()
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
