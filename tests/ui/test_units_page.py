"""Responsible persons: named in a form, shown where somebody looks for whom to call, and to nobody behind a link."""

from datetime import UTC, datetime
from typing import Any

import pytest

from beicha.actions import units
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store

pytestmark = pytest.mark.usefixtures("office")
THE_OFFICE, STREET, CLERK = (Post("office"),), (Post("street", "s1"),), (Post("clerk", "a"),)
NAMED = {"first": "王主任", "direct": "李书记", "contact": "张敏", "phone": "0991-1234567"}


def name(code: str = "b", **texts: str) -> None:
    units.set_people(OFFICE, the_store(), ("area", code), texts or NAMED, now=datetime.now(UTC))


def texts(at: Any) -> str:
    return "\n".join(str(element.value) for kind in (at.caption, at.markdown, at.info, at.error) for element in kind)


def save(at: Any) -> Any:
    next(button for button in at.button if button.label == "保存").click().run()
    assert not at.exception
    return at


def field(at: Any, name_: str) -> Any:
    return next(box for box in at.text_input if (box.key or "").startswith(f"unit-{name_}-"))


def test_the_office_names_the_people_of_a_street(open_page: Any) -> None:
    at = open_page("units", posts=THE_OFFICE)
    assert "还有 6 个单位没有联系人" in texts(at)
    at.selectbox(key="unit_chosen").select("城关街道").run()
    for one, text in NAMED.items():
        field(at, one).set_value(text)
    save(at)
    assert dict(zip(at.dataframe[0].value["name"], at.dataframe[0].value["contact"], strict=True))["城关街道"] == "张敏"
    assert "还有 5 个单位没有联系人" in texts(at)


def test_a_clerk_names_the_own_contact_and_reads_the_rest(open_page: Any) -> None:
    name("a")
    at = open_page("units", posts=CLERK)
    assert not at.dataframe
    assert [field(at, one).disabled for one in NAMED] == [True, True, False, False]
    field(at, "contact").set_value("赵敏")
    save(at)
    assert units.people_of(OFFICE, the_store(), "2026-05")["a"].contact == "赵敏"


def test_what_is_no_telephone_is_told(open_page: Any) -> None:
    at = open_page("units", posts=CLERK)
    field(at, "phone").set_value("找张敏")
    save(at)
    assert "联系电话请填数字" in texts(at)
    assert units.people_of(OFFICE, the_store(), "2026-05") == {}


def test_a_street_is_offered_its_own_units(open_page: Any) -> None:
    at = open_page("units", posts=STREET)
    assert list(at.dataframe[0].value["name"]) == ["城关街道", "红旗社区", "春风社区"]


def test_readers_have_no_such_page(open_page: Any) -> None:
    assert "units" not in open_page(posts=(Post("leader"),)).session_state["pages"]


@pytest.mark.parametrize("posts", [THE_OFFICE, STREET, (Post("leader", "s1"),)])
def test_a_communitys_page_says_whom_to_call(open_page: Any, posts: tuple[Post, ...]) -> None:
    name("a")
    at = open_page("community", posts=posts, community="红旗社区", period="2026-04")
    assert "第一责任人 王主任 · 直接责任人 李书记 · 联系人 张敏" in texts(at).replace("\\", "").replace("\u2060", "")


def test_whoever_has_not_reported_stands_with_whom_to_call(open_page: Any) -> None:
    name("b")
    at = open_page(posts=THE_OFFICE, period="2026-04")
    table = next(frame.value for frame in at.dataframe if "last" in frame.value.columns)
    assert table[["name", "contact", "phone"]].values.tolist() == [["春风社区", "张敏", "0991-1234567"]]


def test_where_nobody_is_named_there_is_no_empty_column(open_page: Any) -> None:
    at = open_page(posts=THE_OFFICE, period="2026-04")
    table = next(frame.value for frame in at.dataframe if "last" in frame.value.columns)
    assert "contact" not in table.columns
