"""Renews the pictures of docs/upload.md: the way of a bad file from the first page to its history, at two widths."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from docs.screenshot import ROOT, demo

PICTURES = ROOT / "docs" / "upload"
FILE = ROOT / "data" / "samples" / "揽月社区2026-07（有错误）.xlsx"
WIDTHS = {"desktop": 1280, "phone": 360}
TALLEST = 1500
PATIENCE = 60_000

PUT_RIGHT = {
    "活动日期（A 列）": "2026年7月23日",
    "宣讲人（H 列）": "柳讲师",
    "数量（E 列）": "6",
    "活动名称（B 列）": "清洁家园",
    "测评标准代码（A 列）": "",
}
CHOSEN = {"活动类型（C 列）": "其他", "是否完好（H 列）": "是"}


def main() -> None:
    """Writes docs/upload/*.png."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, width in WIDTHS.items():
            with tempfile.TemporaryDirectory() as home, demo(Path(home)) as address:
                walk(browser, address, name, width)
        browser.close()


def walk(browser: Browser, address: str, name: str, width: int) -> None:
    """The whole way once, with a picture of each step."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
    for number, step in enumerate(steps(page, address), 1):
        photograph(page, PICTURES / f"{name}-{number}-{step}.png", width)
    page.close()


def steps(page: Page, address: str) -> Iterator[str]:
    """Goes from step to step and names each once it is drawn."""
    page.goto(f"{address}upload")
    drawn(page)
    yield "choose"
    page.set_input_files("input[type=file]", FILE)
    drawn(page)
    press(page, "读取并预览")
    page.get_by_text("保存更正并重新核对").wait_for(timeout=PATIENCE)
    drawn(page)
    yield "errors"
    put_right(page)
    press(page, "保存更正并重新核对")
    page.get_by_text("得分（原").first.wait_for(timeout=PATIENCE)
    drawn(page)
    yield "preview"
    press(page, "确认提交")
    page.get_by_text("回执号").first.wait_for(timeout=PATIENCE)
    drawn(page)
    yield "receipt"
    page.goto(f"{address}upload?way=历史与还原&history_month=2026-07&history_of=揽月社区")
    drawn(page)
    yield "history"


def put_right(page: Page) -> None:
    """Fills in what is wrong, field by field."""
    for label, text in PUT_RIGHT.items():
        for field in page.get_by_label(label, exact=True).all():
            field.fill(text)
            field.press("Tab")
    for label, text in CHOSEN.items():
        field = page.get_by_label(label).first
        field.scroll_into_view_if_needed()
        page.wait_for_timeout(500)  # the list closes where the page still scrolls
        field.click()
        field.fill(text)
        page.get_by_role("option", name=text, exact=True).wait_for(timeout=PATIENCE)
        field.press("Enter")
        page.wait_for_timeout(500)


def press(page: Page, name: str) -> None:
    """Presses the button of that name."""
    page.get_by_role("button", name=name).first.click()


def drawn(page: Page) -> None:
    """Returns when the script has run to its end."""
    page.wait_for_timeout(800)
    page.wait_for_selector("[data-test-script-state='notRunning']", state="attached", timeout=PATIENCE)
    page.wait_for_timeout(500)


def photograph(page: Page, path: Path, width: int) -> None:
    """The page in one picture, cut off where it is very long."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(600, min(height + 40, TALLEST))})
    drawn(page)
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": 900})


if __name__ == "__main__":
    main()
