"""Warnings on their page, and their number on the overview."""

from datetime import date
from typing import Any

import pytest

from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.actions.tasks import NewTask, make
from beicha.store import settings
from tests.ui.district import NOW
from tests.ui.test_overview_page import texts

pytestmark = pytest.mark.usefixtures("office")


def pile_up() -> None:
    """The day is fixed, and three tasks of a line are overdue on it."""
    with the_store().write() as change:
        settings.put(change, "demo_today", "2026-05-20")
    tasks = [
        NewTask(code, "2026-04", "A-1", "讲堂", "错", "改", "culture", (), date(2026, 5, 10), {}) for code in "abc"
    ]
    make(OFFICE, the_store(), tasks, now=NOW)


def links(at: Any) -> list[str]:
    return [element.proto.label for element in at.main if element.type == "page_link"] + [
        element.proto.label for element in at.get("page_link")
    ]


def test_without_warnings_the_page_says_so(open_page: Any) -> None:
    assert "目前没有预警。" in texts(open_page("alerts"))
    assert not any("预警" in label for label in links(open_page()))


def test_a_pile_of_tasks_is_listed_and_counted(open_page: Any) -> None:
    pile_up()
    at = open_page("alerts")
    (rows,) = [one.value for one in at.dataframe]
    assert list(rows["text"]) == ["3 项逾期，近 30 天只销号 0 项。"]
    assert list(rows["line"]) == ["文化站"]
    assert "预警 1 条" in links(open_page())


def test_a_clerk_sees_no_warning_of_a_line_that_is_not_piled_up_there(open_page: Any) -> None:
    pile_up()
    assert "目前没有预警。" in texts(open_page("alerts", (Post("clerk", "a"),)))
