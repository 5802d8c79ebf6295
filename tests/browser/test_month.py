"""One month, lived by everybody whom it concerns: from the template to the notice, on the screens they have."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from beicha.store import open_store
from tests.browser.conftest import Screen, serve
from tests.browser.handing_in import hand_in
from tests.papers.said_numbers import texts_of
from tests.ui.district import settle, visited_edition

pytestmark = pytest.mark.browser
ROW = 35
"""Pixels of a row of a list; the box to tick is 18 from its left edge."""
OFFICE, STREET, CLERK = "文明办", "城关街道", "红旗社区"


@pytest.fixture
def june(sqlite_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a service on the fourth of June: May is to be reported, and nobody has."""
    store = open_store(sqlite_url)
    settle(store, demo="2026-06-04", of=visited_edition())
    store.close()
    yield from serve(sqlite_url, tmp_path)


def test_a_month_from_the_template_to_the_notice(june: str, open_screen: Any, tmp_path: Path) -> None:
    screen = open_screen(june).open("/")
    reported(screen, tmp_path)
    returned(screen)
    corrected(screen, tmp_path)
    passed(screen)
    seen_on_site(screen, tmp_path)
    assigned(screen)
    closed_by_the_next_month(screen, tmp_path)
    made_final(screen)
    told_in_the_notice(screen)


def reported(screen: Screen, folder: Path) -> None:
    become(screen, CLERK).open("/upload")
    template = folder / "空表.xlsx"
    fetch(screen, "社区台账", template, "template_month", "2026-05", CLERK)
    hand_in(screen, filled(template, folder / "五月.xlsx", ["2026-05-06"]))
    screen.press("确认提交")
    expect(screen.page.get_by_text("已入库，回执号").first).to_be_visible()


def returned(screen: Screen) -> None:
    become(screen, STREET).open("/review?period=2026-05")
    tick(screen, 0)
    decide(screen, "退回…", "原因", "少三场讲堂")
    expect(screen.page.get_by_text("1 个社区：退回。")).to_be_visible()


def corrected(screen: Screen, folder: Path) -> None:
    become(screen, CLERK).open("/upload")
    expect(screen.page.get_by_text("少三场讲堂")).to_be_visible()
    hand_in(
        screen, filled(folder / "空表.xlsx", folder / "五月更正.xlsx", [f"2026-05-{day:02}" for day in (6, 13, 20, 27)])
    )
    screen.press("确认提交")


def passed(screen: Screen) -> None:
    become(screen, STREET).open("/review?period=2026-05")
    tick(screen, 0)
    screen.press("审核通过")


def seen_on_site(screen: Screen, folder: Path) -> None:
    """Points are drawn, the form is fetched, filled in and handed in: what was reported as four was half of it."""
    become(screen, OFFICE).open("/spot_checks?period=2026-05")
    screen.press_text("抽点")
    screen.press("抽取")
    form = folder / "督查表.xlsx"
    with screen.page.expect_download() as started:
        screen.page.get_by_role("link", name="下载").first.click()
    started.value.save_as(form)
    screen.open("/upload")
    hand_in(screen, observed(form, folder / "督查.xlsx"))
    screen.press("确认提交")


def assigned(screen: Screen) -> None:
    """What was seen becomes a task, and its order a file."""
    screen.open("/spot_checks?period=2026-05")
    tick(screen, 0)
    screen.press("交办 1 个整改任务")
    screen.open("/tasks")
    tick(screen, 0)
    with screen.page.expect_download() as started:
        screen.page.get_by_role("link", name="交办单").first.click()
    said = texts_of(Path(started.value.path()).read_bytes())
    assert any("讲堂四样只布置了两样" in text for text in said)


def closed_by_the_next_month(screen: Screen, folder: Path) -> None:
    become(screen, CLERK).open("/upload")
    fetch(screen, "社区台账", folder / "六月空表.xlsx", "template_month", "2026-06", CLERK)
    days = [f"2026-06-{day:02}" for day in (1, 2, 3, 4)]
    hand_in(screen, filled(folder / "六月空表.xlsx", folder / "六月.xlsx", days))
    screen.press("确认提交")
    screen.open("/tasks")
    tick(screen, 0)
    expect(screen.page.get_by_text("上报达标，系统销号").first).to_be_visible()


def made_final(screen: Screen) -> None:
    become(screen, OFFICE).open("/review?period=2026-05")
    tick(screen, 0)
    screen.press("定版")
    expect(screen.page.get_by_text("1 个社区：定版。")).to_be_visible()


def told_in_the_notice(screen: Screen) -> None:
    screen.open("/papers?period=2026-05")
    expect(screen.page.get_by_text("1 / 3").first).to_be_visible()
    screen.press("编号发布")
    screen.press("发布")
    expect(screen.page.get_by_text("已发布：通报2026年第1期").first).to_be_visible()
    with screen.page.expect_download() as started:
        screen.page.get_by_role("link", name="下载 Word 草稿").first.click()
    said = "\n".join(texts_of(Path(started.value.path()).read_bytes()))
    assert "第1名 红旗社区" in said
    assert "春风社区（未定版）" in said
    assert "已销号1项，整改率100%" in said


def become(screen: Screen, who: str) -> Screen:
    """Goes on as somebody else of the demo."""
    screen.open("/")
    return screen.choose("以谁的身份看", f"以“{who}”的身份看")


def tick(screen: Screen, row: int) -> None:
    """Ticks a row of the list, counted from 0."""
    table = screen.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 18, "y": (row + 1.5) * ROW})
    screen.settled()


def decide(screen: Screen, step: str, label: str, text: str) -> None:
    """Takes a step that asks for a text."""
    screen.press(step)
    field = screen.page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Control+Enter")
    screen.settled()
    screen.press("确认")


def fetch(screen: Screen, name: str, path: Path, picker: str, month: str, community: str) -> None:
    """Fetches the workbook of a community for a month from the upload page."""
    box = screen.page.locator(f".st-key-{picker}").get_by_role("combobox")
    box.scroll_into_view_if_needed()
    screen.page.wait_for_timeout(300)
    box.click()
    screen.page.get_by_role("option", name=month, exact=True).first.click()
    screen.settled()
    box = screen.page.locator(".st-key-template_community").get_by_role("combobox")
    box.click()
    screen.page.get_by_role("option", name=community, exact=True).first.click()
    screen.settled()
    with screen.page.expect_download() as started:
        screen.page.locator(".st-key-template_own").get_by_role("link").click()
    started.value.save_as(path)


def filled(template: Path, path: Path, days: list[str]) -> Path:
    """The workbook with lectures on these days."""
    book = load_workbook(BytesIO(template.read_bytes()))
    page = book["道德讲堂"]
    heading = next(row[0].row for row in page.iter_rows(max_row=10) if row[0].value == "日期")
    for number, day in enumerate(days, start=heading + 1):
        page.cell(number, 1).value, page.cell(number, 2).value = day, f"第 {number} 讲"
        page.cell(number, 3).value = "活动室"
    book.save(path)
    return path


def observed(form: Path, path: Path) -> Path:
    """The form with one point of 红旗社区 filled in, and those of others deleted."""
    book = load_workbook(BytesIO(form.read_bytes()))
    page = book["督查记录"]
    head = next(row for row in page.iter_rows(max_row=12) if "点位" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in head if cell.value}
    page.delete_rows(head[0].row + 1, 200)
    row = {
        "社区": CLERK, "督查日期": "2026-05-28", "点位": "社区道德讲堂", "督查内容": "讲堂场所", "测评标准代码": "A-1",
        "核验得分": 0.5, "存在问题": "讲堂四样只布置了两样", "照片数": 2,
    }  # fmt: skip
    for title, value in row.items():
        page.cell(head[0].row + 1, columns[title]).value = value
    book.save(path)
    return path
