"""A share link in a real browser, without an account: the page, the interactive pages in its scope, and their end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from beicha.actions import shares
from beicha.actions.grants import OFFICE, Post
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Made, Terms
from beicha.store import Store, open_store
from beicha.web.people import COOKIE, now
from tests.browser.conftest import serve
from tests.ui.district import settle, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{folder / 'beicha.db'}")
    settle(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def real_service(store: Store, folder: Path) -> Iterator[str]:
    """The service over the small district as real data; links are made beside it."""
    yield from serve(f"sqlite:///{folder / 'beicha.db'}", folder)


def made(store: Store, scope: Scope) -> Made:
    return shares.make(OFFICE, store, "四月得分", scope, Terms(), now=now())


def options(screen: Any, picker: str) -> list[str]:
    """What can be chosen in a picker; its list is left open."""
    screen.page.get_by_role("combobox", name=picker).first.click()
    found: list[str] = screen.page.get_by_role("option").all_inner_texts()
    screen.page.keyboard.press("Escape")
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_a_link_leads_to_interactive_pages_in_its_scope_alone(
    real_service: str, store: Store, open_screen: Any, width: int
) -> None:
    link = made(store, Scope(areas=("s1",), first="2026-04", last="2026-04"))
    screen = open_screen(real_service, width)
    page = screen.page
    page.goto(real_service + link.path)
    assert page.url == f"{real_service}/shared/{link.public_id}"
    page.get_by_role("link", name="可交互查看").click()
    page.wait_for_selector("[data-testid=stAppViewContainer]", timeout=60_000)
    assert screen.settled().title == "城关街道 · 2026-04"
    assert options(screen, "月份") == ["2026-04"]
    assert "四月得分" in screen.text
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    screen.click_bar("gap_chart", 0)
    assert page.url.partition("?")[0] == f"{real_service}/board-{link.public_id}-community"
    assert options(screen, "社区") == ["红旗社区", "春风社区"]
    assert page.get_by_text("下载").count() == 0
    screen.open(f"/board-{link.public_id}-community?community=和平社区&period=2026-03&line=gone")
    assert screen.title.startswith("红旗社区 · 城关街道 · 2026-04")
    assert "和平社区" not in screen.text
    for path in ("/", "/community?community=和平社区"):
        page.goto(real_service + path)
        assert page.url.startswith(f"{real_service}/login")


def test_an_open_page_of_a_revoked_link_ends_with_the_next_run(
    real_service: str, store: Store, open_screen: Any
) -> None:
    link = made(store, Scope(areas=("a",), view="community"))
    screen = open_screen(real_service)
    screen.page.goto(real_service + link.path)
    screen.open(f"/board-{link.public_id}")
    assert screen.title.startswith("红旗社区")
    shares.revoke(OFFICE, store, link.public_id, now=now())
    screen.press_text("全部标准")
    assert "这个链接已撤销" in screen.text
    assert "红旗社区" not in screen.text


def test_an_untouched_page_of_a_revoked_link_ends_by_itself(real_service: str, store: Store, open_screen: Any) -> None:
    link = made(store, Scope(areas=("a",), view="community"))
    screen = open_screen(real_service)
    screen.page.goto(real_service + link.path)
    screen.open(f"/board-{link.public_id}")
    shares.rotate(OFFICE, store, link.public_id, now=now())
    screen.page.get_by_text("这个链接已失效").wait_for(timeout=45_000)
    assert "红旗社区" not in screen.text


def test_who_is_signed_in_sees_the_links_scope_there_and_their_own_elsewhere(
    real_service: str, store: Store, open_screen: Any
) -> None:
    link = made(store, Scope(areas=("s1",)))
    screen = open_screen(real_service)
    cookie = {"name": COOKIE, "value": signed_in(store, Post("leader", "s2")), "url": real_service}
    screen.page.context.add_cookies([cookie])
    screen.page.goto(real_service + link.path)
    screen.open(f"/board-{link.public_id}")
    assert screen.title.startswith("城关街道")
    screen.page.get_by_role("link", name="总览").first.click()
    assert screen.settled().title.startswith("河东街道")
    screen.page.go_back()
    assert screen.settled().title.startswith("城关街道")
