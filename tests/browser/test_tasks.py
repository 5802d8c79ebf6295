"""A task from a lost point to its closing: made on the community's page, answered, and closed by the next upload."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.handing_in import hand_in, workbook
from tests.browser.test_review import tick

pytestmark = pytest.mark.browser


def test_a_lost_point_becomes_a_task_that_the_next_upload_closes(
    service: str, open_screen: Any, tmp_path: Path
) -> None:
    screen = open_screen(service).open("/community?period=2026-04&community=春风社区&criterion=A-1 每月四讲")
    screen.press_text("下达整改任务")
    screen.press("下达")
    expect(screen.page.get_by_text("任务 000001 已下达。")).to_be_visible()
    screen.open("/tasks")
    tick(screen, 0)
    screen.press("申请销号…")
    screen.page.get_by_label("说明", exact=True).fill("已补讲四场")
    screen.page.get_by_label("说明", exact=True).press("Control+Enter")
    screen.settled()
    screen.press("确认")
    expect(screen.page.get_by_text("1 个任务：申请销号。")).to_be_visible()
    screen.open("/upload")
    hand_in(screen, workbook(tmp_path, "四月.xlsx", [f"2026-04-{day:02}" for day in (2, 9, 16, 23)]))
    screen.press("确认提交")
    screen.open("/tasks")
    assert "已销号 1" in screen.text
    tick(screen, 0)
    assert "上报达标，系统销号" in screen.text
    assert "已补讲四场" in screen.text
