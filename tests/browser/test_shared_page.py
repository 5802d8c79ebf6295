"""A share link from the office's page to a leader's phone, in a real browser on the service as people start it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from beicha.actions import shares
from beicha.actions.grants import OFFICE
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Terms
from beicha.store import Store, open_store
from tests.browser.conftest import serve_district

pytestmark = pytest.mark.browser
SMALLEST = """() => {
  const sizes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement.getBoundingClientRect();
    if (walker.currentNode.data.trim() && box.width) {
      sizes.push(parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize));
    }
  }
  return Math.min(...sizes);
}"""
"""The smallest size of a text that is to be seen."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service's database lies."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def shared_service(folder: Path) -> Iterator[str]:
    """The service over the small district; links are made in it, and scores stay as they are."""
    yield from serve_district(f"sqlite:///{folder / 'beicha.db'}", folder)


@pytest.fixture
def store(shared_service: str, folder: Path) -> Iterator[Store]:
    """The service's store."""
    opened = open_store(f"sqlite:///{folder / 'beicha.db'}")
    yield opened
    opened.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page 360 pixels wide in a browser that can do nothing but read HTML."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def link(store: Store, scope: Scope = Scope(), **terms: Any) -> str:  # noqa: B008 - a plain value
    """The path of a link just made."""
    return shares.make(OFFICE, store, "给区领导", scope, Terms(**terms), now=datetime.now(UTC)).path


def test_a_phone_without_script_reads_a_link(shared_service: str, store: Store, phone: Page) -> None:
    asked: list[str] = []
    path = link(store)
    phone.on("request", lambda request: asked.append(request.url.removeprefix(shared_service)))
    phone.goto(shared_service + path)
    assert re.fullmatch(rf"{shared_service}/shared/\w+", phone.url)
    assert phone.locator("h1").inner_text() == "东湖区 · 2026-04"
    assert "春风社区" in phone.locator("body").inner_text()
    assert [
        place for place in asked if place not in (path, phone.url.removeprefix(shared_service), "/favicon.ico")
    ] == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.evaluate(SMALLEST) >= 14


def test_a_communitys_page_fits_a_phone_too(shared_service: str, store: Store, phone: Page) -> None:
    phone.goto(shared_service + link(store, Scope(("a",), view="community")))
    assert phone.locator("h1").inner_text() == "红旗社区 · 2026-04"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.evaluate(SMALLEST) >= 14


def test_bars_are_as_long_as_the_scores_say(shared_service: str, store: Store, phone: Page) -> None:
    phone.goto(shared_service + link(store))
    measured = """() => [...document.querySelectorAll("table.gap svg")].map(drawing => {
      const got = drawing.querySelector(".g, .h");
      return got ? got.getBoundingClientRect().width / drawing.getBoundingClientRect().width : 0;
    })"""
    told = [float(text.split()[0]) for text in phone.locator("table.gap td.n").all_inner_texts()]
    assert [100 * length for length in phone.evaluate(measured)] == pytest.approx(told, abs=0.5)


def test_on_paper_the_head_is_there_and_what_is_to_be_pressed_is_not(
    shared_service: str, store: Store, phone: Page
) -> None:
    phone.goto(shared_service + link(store))
    assert (phone.locator(".running").is_visible(), phone.locator(".go").is_visible()) == (False, True)
    phone.emulate_media(media="print")
    assert (phone.locator(".running").is_visible(), phone.locator(".go").is_visible()) == (True, False)
    assert "东湖区 · 2026-04 · 全部条线" in phone.locator(".running").inner_text()


def test_behind_a_password_nothing_is_told_before_it(shared_service: str, store: Store, phone: Page) -> None:
    phone.goto(shared_service + link(store, password="k7m4-x9pw"))
    assert "东湖区" not in phone.content()
    phone.locator("input[type=password]").fill("k7m4-x9pw")
    phone.locator("form button").click()
    assert phone.locator("h1").inner_text() == "东湖区 · 2026-04"


def test_the_office_makes_a_link_copies_it_over_plain_http_and_it_opens(
    shared_service: str, open_screen: Any, phone: Page
) -> None:
    """A browser has no clipboard there; on this machine's own address it has, so it is taken away."""
    screen = open_screen(shared_service)
    screen.page.add_init_script("delete Navigator.prototype.clipboard")
    screen.open("/shares")
    screen.press("生成链接")
    screen.page.get_by_role("button", name="复制全部").click()
    screen.page.get_by_role("button", name="已复制").wait_for()
    field = screen.page.get_by_label("标题", exact=True)
    field.fill("")
    field.press("Control+V")
    copied = re.search(r"链接：(http://\S+?/s/[\w-]+)", field.input_value())
    assert copied
    phone.goto(copied[1])
    assert phone.locator("h1").inner_text() == "东湖区 · 2026-04"


def test_the_page_of_links_fits_a_phone(shared_service: str, store: Store, open_screen: Any) -> None:
    link(store)
    screen = open_screen(shared_service, width=360).open("/shares")
    screen.press("生成链接")
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert screen.page.locator("textarea").first.bounding_box()["width"] <= 340
