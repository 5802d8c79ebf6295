"""Many files at once, and a zip, as a person goes."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from beicha.ui.tables import ROW_PIXELS
from beicha.ui.upload.many import WIDTHS
from tests.browser.handing_in import workbook
from tests.intake.test_archive import zipped

pytestmark = pytest.mark.browser


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
