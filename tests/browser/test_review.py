"""A month's review, clicked all the way: return with a reason, correct, pass, make final, and nothing more goes in."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.handing_in import hand_in, workbook

pytestmark = pytest.mark.browser
ROW = 35
"""Pixels of a row of the list; the box to tick is 18 from its left edge."""


def tick(screen: Any, row: int) -> None:
    """Ticks a row of the list, counted from 0."""
    table = screen.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 18, "y": (row + 1.5) * ROW})
    screen.settled()


def test_a_month_is_returned_corrected_passed_and_made_final(service: str, open_screen: Any, tmp_path: Path) -> None:
    screen = open_screen(service).open("/upload")
    hand_in(screen, workbook(tmp_path, "四月.xlsx", ["2026-04-02"]))
    screen.press("确认提交")
    return_it(screen)
    screen.open("/upload")
    expect(screen.page.get_by_text("少一张签到表")).to_be_visible()
    hand_in(screen, workbook(tmp_path, "四月更正.xlsx", ["2026-04-02", "2026-04-09"]))
    screen.press("确认提交")
    screen.open("/review?period=2026-04")
    tick(screen, 1)
    screen.press("审核通过")
    tick(screen, 1)
    screen.press("定版")
    expect(screen.page.get_by_text("1 个社区：定版。")).to_be_visible()
    screen.open("/upload")
    hand_in(screen, workbook(tmp_path, "四月再更正.xlsx", ["2026-04-03"]))
    expect(screen.page.get_by_text("已定版，不再接收上报")).to_be_visible()
    expect(screen.page.get_by_role("button", name="确认提交")).to_be_disabled()


def return_it(screen: Any) -> None:
    screen.open("/review?period=2026-04")
    tick(screen, 1)
    expect(screen.page.get_by_text("已选 1 个：春风社区")).to_be_visible()
    screen.press("退回…")
    screen.page.get_by_label("原因", exact=True).fill("少一张签到表")
    screen.page.get_by_label("原因", exact=True).press("Control+Enter")
    screen.settled()
    screen.press("确认")
    expect(screen.page.get_by_text("1 个社区：退回。")).to_be_visible()
