"""Browsers that are not new: what they lack is filled, and where that cannot be, they are told what to do."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TAKEN_AWAY = """
  delete Promise.withResolvers;
  delete AbortSignal.timeout;
  delete Array.prototype.toSorted;
"""
FILLED = "[Promise.withResolvers, AbortSignal.timeout, Array.prototype.toSorted].map(f => !/native code/.test(f))"


@pytest.fixture
def old_screen(open_screen: Any, shown_service: str) -> Any:
    """A screen of a browser that lacks what the bundle calls."""
    screen = open_screen(shown_service)
    screen.page.add_init_script(TAKEN_AWAY)
    return screen


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that can do nothing but read HTML."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_overview_works_where_they_are_missing(old_screen: Any) -> None:
    old_screen.open("/")
    assert old_screen.page.evaluate(FILLED) == [True, True, True]
    assert old_screen.title == "东湖区 · 2026-04"
    old_screen.click_bar("gap_chart", 1)
    assert old_screen.title == "和平社区 · 河东街道 · 2026-04"


def test_a_new_browser_keeps_its_own(shown_service: str, open_screen: Any) -> None:
    assert open_screen(shown_service).open("/").page.evaluate(FILLED) == [False, False, False]


def test_a_promise_comes_with_what_settles_it(old_screen: Any) -> None:
    page = old_screen.open("/checklist").page
    kept = "() => { const w = Promise.withResolvers(); w.resolve(7); return w.promise; }"
    broken = (
        "() => { const w = Promise.withResolvers(); w.reject(Error('no')); return w.promise.catch(e => e.message); }"
    )
    assert page.evaluate(kept) == 7
    assert page.evaluate(broken) == "no"


def test_a_signal_ends_a_request_when_its_time_is_over_and_not_before(old_screen: Any) -> None:
    page = old_screen.open("/checklist").page
    late = """async () => {
      const signal = AbortSignal.timeout(50);
      const before = signal.aborted;
      await new Promise(done => signal.addEventListener("abort", done));
      return [before, signal.aborted, signal.reason.name];
    }"""
    assert page.evaluate(late) == [False, True, "TimeoutError"]
    assert page.evaluate("fetch('/ui/zh.js', {signal: AbortSignal.timeout(10000)}).then(answer => answer.ok)") is True


def test_a_list_is_sorted_into_a_new_one(old_screen: Any) -> None:
    page = old_screen.open("/checklist").page
    list_sorted = """() => {
      const list = [10, 9, 1];
      return [list.toSorted(), list.toSorted((x, y) => x - y), list, [3,,1].toSorted().length];
    }"""
    assert page.evaluate(list_sorted) == [[1, 10, 9], [1, 9, 10], [10, 9, 1], 3]
    refused = "() => { try { [1].toSorted('x'); } catch (error) { return error.name; } }"
    assert page.evaluate(refused) == "TypeError"


def test_nothing_that_is_filled_turns_up_in_a_loop_over_a_list(old_screen: Any) -> None:
    page = old_screen.open("/checklist").page
    assert page.evaluate("() => { const seen = []; for (const key in [5]) seen.push(key); return seen; }") == ["0"]


def test_a_browser_that_cannot_read_the_bundle_is_told_so(shown_service: str, browser: Browser) -> None:
    """A file that does not parse stands for a syntax that the browser does not know."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/ui/polyfills.js", lambda route: route.fulfill(content_type="text/javascript", body="class {{"))
    page.route("**/static/js/*", lambda route: route.abort())
    page.goto(shown_service)
    assert page.locator("#old-browser").is_visible()
    assert "当前浏览器版本太旧" in page.locator("body").inner_text()
    context.close()


def test_nobody_else_is_told_so(shown_service: str, open_screen: Any) -> None:
    assert not open_screen(shown_service).open("/").page.locator("#old-browser").is_visible()


def test_without_script_the_page_says_what_it_needs(shown_service: str, bare_page: Page) -> None:
    bare_page.goto(f"{shown_service}/upload")
    assert "本页面需要 JavaScript" in bare_page.locator("body").inner_text()
