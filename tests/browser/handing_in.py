"""A workbook of the small district, and handing it in on the upload page."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from beicha.papers.template import community_template
from scoring.facts import Area
from scoring.periods import month_number
from tests.ui.district import edition


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


def hand_in(screen: Any, path: Path) -> None:
    screen.page.locator("input[type=file]").set_input_files(path)
    screen.settled()
    screen.press("读取并预览")
    screen.page.get_by_role("button", name="换文件").wait_for(timeout=60_000)
    screen.settled()
