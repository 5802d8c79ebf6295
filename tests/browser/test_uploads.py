"""One file from the upload page to its history, as a person goes."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import serve, serve_district
from tests.browser.handing_in import hand_in, workbook

pytestmark = pytest.mark.browser


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
