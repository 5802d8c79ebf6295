"""Browsers that are not new: what they lack is filled, and where that cannot be, they are told what to do."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.handing_in import workbook

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


def test_without_script_a_file_goes_from_the_pages_address_to_its_receipt(
    service: str, bare_page: Page, tmp_path: Path
) -> None:
    page = bare_page
    page.goto(f"{service}/upload")
    assert "本页面需要 JavaScript" in page.locator("body").inner_text()
    page.get_by_role("link", name="改用简易上报页").click()
    page.get_by_label("文件").set_input_files(workbook(tmp_path, "四月.xlsx", ["2026-04-02", "2026年4月"]))
    page.get_by_role("button", name="读取并预览").click()
    page.get_by_role("heading", name="核对并确认").wait_for()
    assert "0 个错误" in page.locator(".counters").inner_text()
    assert page.get_by_role("cell", name="2026年4月", exact=True).count() == 1
    page.get_by_role("button", name="确认提交").click()
    assert re.fullmatch(r"已入库，回执号 \d{6}", page.locator("h1").inner_text())


def test_the_plain_pages_need_not_be_scrolled_sideways_on_a_phone(
    service: str, bare_page: Page, tmp_path: Path
) -> None:
    bare_page.set_viewport_size({"width": 360, "height": 740})
    bare_page.goto(f"{service}/plain/upload")
    files = [workbook(tmp_path, f"{'长' * 60}{place}.xlsx", ["不清楚"], place="W" * 200) for place in "甲乙"]
    bare_page.get_by_label("文件").set_input_files(files)
    wide = "document.documentElement.scrollWidth"
    assert bare_page.evaluate(wide) <= 360
    bare_page.get_by_role("button", name="读取并预览").click()
    bare_page.get_by_role("heading", name="核对并确认").wait_for()
    assert bare_page.evaluate(wide) <= 360


def test_the_plain_form_and_the_page_find_the_same_draft(
    service: str, open_screen: Any, bare_page: Page, tmp_path: Path
) -> None:
    bare_page.goto(f"{service}/plain/upload")
    bare_page.get_by_label("文件").set_input_files(workbook(tmp_path, "四月.xlsx", ["2026-04-02"]))
    bare_page.get_by_role("button", name="读取并预览").click()
    bare_page.get_by_role("heading", name="核对并确认").wait_for()
    number = re.search(r"/plain/upload/(\d+)", bare_page.url)
    assert number
    screen = open_screen(service).open(f"/upload?preview={number[1]}")
    assert "春风社区 · 2026-04" in screen.text
    screen.press("确认提交")
    assert "已入库，回执号" in screen.text
    bare_page.goto(f"{service}/plain/upload/{number[1]}/receipt")
    assert "已入库，回执号" in bare_page.locator("h1").inner_text()
