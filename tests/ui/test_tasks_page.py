"""Tasks are made from a lost point, listed by urgency, and seen by those whom they concern."""

from datetime import date
from typing import Any

import pytest

from beicha.actions import tasks
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.actions.tasks import NewTask
from tests.ui.district import HOSTILE, NOW

pytestmark = pytest.mark.usefixtures("office")


def metrics(at: Any) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def texts(at: Any) -> str:
    return " ".join(element.value for element in [*at.markdown, *at.caption, *at.text, *at.success, *at.info])


def make(community: str = "c", lead: str = "culture", day: int = 20, year: int = 2026) -> int:
    new = NewTask(
        community,
        "2026-04",
        "A-1",
        "每月四讲",
        HOSTILE,
        "补讲",
        lead,
        ("urban",),
        date(year, 4, day),
        {"first": "王一"},
    )
    return tasks.make(OFFICE, the_store(), [new], now=NOW)[0]


def test_where_there_is_none_it_says_how_one_is_made(open_page: Any) -> None:
    at = open_page("tasks")
    assert "在社区页打开丢分的标准" in texts(at)
    assert metrics(at)["整改率"] == "–"


def test_the_most_overdue_comes_first_and_the_counts_say_how_many(open_page: Any) -> None:
    make("c", year=2099)
    make("a")
    at = open_page("tasks")
    assert metrics(at) == {"待整改": "2", "待复核": "0", "已销号": "0", "整改率": "0%"}
    table = at.dataframe[0].value
    assert list(table["name"]) == ["红旗社区", "和平社区"]
    assert [bool(late) for late in table["late"].fillna("")] == [True, False]
    assert "其中逾期 1 个" in [metric.delta for metric in at.metric]


def test_a_street_and_a_line_narrow_the_list(open_page: Any) -> None:
    make("a")
    make("c", lead="urban")
    at = open_page("tasks", street="河东街道")
    assert list(at.dataframe[0].value["name"]) == ["和平社区"]
    at.selectbox(key="street").select("全部街道").run()
    at.selectbox(key="line").select("文化站").run()
    assert list(at.dataframe[0].value["name"]) == ["红旗社区"]


@pytest.mark.parametrize(
    ("posts", "names"),
    [
        ((Post("clerk", "a"),), ["红旗社区"]),
        ((Post("line", None, ("culture",)),), ["红旗社区", "和平社区"]),
        ((Post("street", "s2"),), ["和平社区"]),
        ((Post("leader", "s1"),), ["红旗社区"]),
    ],
)
def test_each_sees_the_tasks_that_concern_them(open_page: Any, posts: tuple[Post, ...], names: list[str]) -> None:
    make("a")
    make("c")
    at = open_page("tasks", posts=posts)
    assert sorted(at.dataframe[0].value["name"]) == sorted(names)


def test_a_task_is_made_from_a_lost_point_with_its_reason_and_remedy_there_already(open_page: Any) -> None:
    at = open_page("community", period="2026-04", community="和平社区", criterion="A-1 每月四讲")
    assert "补讲后重新报送。" in [area.value for area in at.text_area]
    next(button for button in at.button if button.label == "下达").click().run()
    assert "已下达" in texts(at)
    found = open_page("tasks").dataframe[0].value
    assert list(found["title"]) == ["A-1 每月四讲"]


def test_who_may_not_assign_is_offered_no_form(open_page: Any) -> None:
    at = open_page("community", posts=(Post("clerk", "c"),), period="2026-04", criterion="A-1 每月四讲")
    assert not [button for button in at.button if button.label == "下达"]


def test_it_is_said_in_english_too(open_page: Any) -> None:
    make()
    assert metrics(open_page("tasks", lang="en"))["To be put right"] == "1"


def test_what_lost_points_and_has_no_task_is_listed_to_be_ticked(open_page: Any) -> None:
    make("c")
    at = open_page("tasks", period="2026-04")
    at.session_state["tasks_way"] = "lost"
    at.run()
    table = at.dataframe[0].value
    assert list(zip(table["name"], table["what"], table["lost"], strict=True)) == [
        ("春风社区", "A-1 每月四讲", 60),
        ("春风社区", "B-1 写明地点", 40),
    ]
    assert "其中 1 个已有未销号的任务" in texts(at)


def test_the_board_shows_each_task_in_the_column_of_its_state(open_page: Any) -> None:
    make("a")
    at = open_page("tasks")
    at.session_state["tasks_way"] = "board"
    at.run()
    column = at.columns[-4]
    assert [button.label for button in column.button] == ["打开"]
    column.button[0].click().run()
    assert any("000001 红旗社区" in element.value for element in at.subheader)


def test_who_assigns_nothing_is_offered_no_way_to_make_tasks(open_page: Any) -> None:
    for posts, ways in ((OFFICE.posts, 4), ((Post("clerk", "a"),), 2)):
        at = open_page("tasks", posts=posts)
        assert len(at.get("button_group")[1].proto.options) == ways
