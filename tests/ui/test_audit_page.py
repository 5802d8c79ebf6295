"""The audit page: for auditors, row by row in words, found by what the URL says, checked by a button."""

from datetime import timedelta
from typing import Any

import pytest

from beicha.actions import settings
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.opening import the_store
from beicha.actions.views.audit_trail import PAGE
from beicha.store import audit
from tests.ui.district import NOW

pytestmark = pytest.mark.usefixtures("office")
AUDITOR = (Post("auditor"),)


def texts(at: Any) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def headings(at: Any) -> list[str]:
    return [expander.label.replace("\\", "").replace("\u2060", "") for expander in at.expander]


def fill(number: int) -> None:
    with the_store().write() as change:
        for n in range(number):
            at = NOW + timedelta(days=1, minutes=n)
            audit.add(change, at, Grant("li", address="10.0.0.9"), "session.end", str(n))


def test_the_newest_rows_stand_first_in_words(open_page: Any) -> None:
    settings.set_due_day(OFFICE, the_store(), 3, NOW)
    at = open_page("audit", AUDITOR)
    assert headings(at)[0].endswith("登录系统（test）。")
    assert any(heading.endswith("命令行：更改设置“上报截止日”。") for heading in headings(at))


def test_a_row_opens_to_what_stood_before_and_after(open_page: Any) -> None:
    with the_store().write() as change:
        told = {"before": {"name": "旧*名*", "disabled": False}, "after": {"name": "新名", "disabled": False}}
        audit.add(change, NOW, Grant("li", address="10.0.0.9"), "settings.set", "district_name", **told)
    at = open_page("audit", AUDITOR, action="更改设置")
    (table,) = [table.value for table in at.expander[0].table]
    assert table.loc["姓名"].tolist() == ["旧\\*名\\*", "新名"]
    assert "10\\.0\\.0\\.9" in at.expander[0].caption[0].value


def test_pages_of_fifty_are_turned_and_a_filter_begins_anew(open_page: Any) -> None:
    fill(PAGE + 5)
    at = open_page("audit", AUDITOR, who="li")
    assert len(at.expander) == PAGE
    assert at.button(key="newer").disabled
    at.button(key="older").click().run()
    assert len(at.expander) == 5
    assert at.button(key="older").disabled
    assert at.query_params["below"]
    at.button(key="newer").click().run()
    assert len(at.expander) == PAGE
    at.button(key="older").click().run()
    at.text_input(key="object").set_value("54").run()
    assert "below" not in at.query_params
    assert headings(at) == [heading for heading in headings(at) if "54" in heading]
    assert len(at.expander) == 1


@pytest.mark.parametrize("below", ["x", "0", "-5", "9" * 40, ""])
def test_a_page_that_is_none_falls_back(open_page: Any, below: str) -> None:
    at = open_page("audit", AUDITOR, below=below)
    assert at.title[0].value == "操作记录"


def test_the_chain_is_checked_by_a_button_and_says_up_to_where(open_page: Any) -> None:
    at = open_page("audit", AUDITOR)
    assert "还没有核验过" in texts(at)
    with the_store().read() as view:
        newest = audit.revision(view)
    at.button(key="check_chain").click().run()
    assert f"✔ 已核验到第 {newest} 条" in texts(at)
    assert "核验操作记录" in headings(at)[0]


def test_a_name_with_line_breaks_and_markup_stays_one_line_of_text(open_page: Any) -> None:
    with the_store().write() as change:
        audit.add(
            change, NOW, Grant("li\n\n# 标题"), "file.export", "![x](http://evil)\r\n<b>", what="original", n="a\nb"
        )
    at = open_page("audit", AUDITOR, action="取走文件")
    label = at.expander[0].label
    assert "\n" not in label
    assert "![" not in label
    assert not [text for text in (*at.markdown, *at.caption) if "evil)" in text.value and "![" in text.value]


@pytest.mark.parametrize("role", ["office", "admin", "leader"])
def test_nobody_else_is_offered_the_page(open_page: Any, role: Any) -> None:
    at = open_page(posts=(Post(role),)) if role != "admin" else open_page("accounts", (Post("admin"),))
    assert "audit" not in at.session_state["pages"]
