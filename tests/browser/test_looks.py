"""What every page owes its readers: Chinese throughout, nothing cut off on a phone, and text that stays text."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/community?community=和平社区&criterion=B-1 写明地点",
    "/compare",
    "/compare?compare_way=两个社区对比",
    "/compare?compare_way=与其他社区比",
    "/compare?compare_way=自评与核验",
    "/upload",
    "/upload?way=多个文件一起上报",
    "/upload?way=历史与还原",
    "/checklist",
    "/editions?period=2026-04",
    "/setup",
    "/review?period=2026-04",
    "/tasks",
    "/tasks?tasks_way=从丢分项下达",
    "/tasks?tasks_way=随手记",
    "/alerts",
    "/due",
    "/daily",
    "/papers?period=2026-04",
    "/annual",
    "/stakes?period=2026-04",
    "/rehearsal?period=2026-04",
    "/spot_checks?period=2026-04",
    "/nosuch",
]
OURS = {"Excel", "WPS", "xlsx", "xls", "et", "ods", "csv", "CSV", "zip", "en", "MB", "Beicha", "Language"}
OURS |= {"Word", "docx", "ics", "PNG"}
OURS |= {"evil", "example", "http", "png", "script", "alert", "red"}  # what the hostile cell says
WORDS = """() => {
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      if (parent.closest("script, style, noscript, canvas, [data-testid=stIconMaterial], [role=img]")) continue;
      if (parent.checkVisibility()) seen.push(node.data);
    } else if (!node.closest("canvas")) {
      for (const name of ["aria-label", "title", "placeholder", "alt"]) seen.push(node.getAttribute(name) || "");
    }
  }
  return seen.filter(text => /[A-Za-z]{2}/.test(text));
}"""


def english(text: str) -> set[str]:
    """The English words in a text that are not ours to say; digests are no words."""
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"[0-9a-f]{8,}", "", text))) - OURS


def test_no_english_is_left_on_chinese_pages(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service)
    for path in PAGES:
        screen.open(path)
        assert screen.page.evaluate("document.documentElement.lang") == "zh-CN"
        assert [text for text in screen.page.evaluate(WORDS) if english(text)] == [], path


def test_a_phone_need_not_be_scrolled_sideways(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service, 360, 740)
    wide = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    for path in PAGES:
        assert screen.open(path).page.evaluate(wide) <= 360, path


def test_text_from_a_file_stays_text(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service).open("/community?community=和平社区&criterion=B-1 写明地点")
    assert screen.page.locator("img[src*=evil], a[href*=evil], [data-testid=stMain] script").count() == 0


def test_a_page_opened_by_its_own_address_stands_under_the_frame(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service).open("/community?community=和平社区")
    assert screen.page.get_by_role("combobox", name="月份").count() == 1
