"""The reporting page lists all that are expected, opens a community, and has the reminder ready."""

from typing import Any

import pytest

from beicha.actions import settings
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from tests.ui.district import NOW

pytestmark = pytest.mark.usefixtures("office")


def metrics(at: Any) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def test_it_lists_all_that_are_expected_with_how_they_stand(open_page: Any) -> None:
    settings.set_due_day(OFFICE, the_store(), 3, NOW)
    at = open_page("reporting", period="2026-04")
    assert metrics(at) == {"已报": "2 / 3", "迟报": "2", "未报": "1", "按时率": "0%"}
    table = at.dataframe(key="reporting").value
    assert list(table["state"]) == ["▲ 迟报", "○ 未报", "▲ 迟报"]
    assert list(table["street"]) == ["城关街道", "城关街道", "河东街道"]


def test_without_a_due_day_it_says_that_nothing_is_late(open_page: Any) -> None:
    at = open_page("reporting", period="2026-04")
    assert metrics(at)["按时率"] == "–"
    assert any("还没有设截止日" in caption.value for caption in at.caption)


def test_a_month_that_nobody_reported_yet_can_be_chosen(open_page: Any) -> None:
    at = open_page("reporting")
    newest = at.selectbox(key="period").options[0]
    assert newest > "2026-04"
    at.selectbox(key="period").select(newest).run()
    assert metrics(at)["已报"] == "0 / 3"


def test_only_those_that_stand_in_one_way_are_shown_when_asked(open_page: Any) -> None:
    at = open_page("reporting", period="2026-04")
    at.pills(key="reporting_state").set_value("not_reported").run()
    assert list(at.dataframe(key="reporting").value["name"]) == ["春风社区"]


def test_the_reminder_names_the_missing_of_the_street_in_view(open_page: Any) -> None:
    at = open_page("reporting", period="2026-04", street="城关街道")
    assert "城关街道（1 个）：春风社区" in at.text_area[0].value


def test_where_all_reported_there_is_nobody_to_remind(open_page: Any) -> None:
    at = open_page("reporting", period="2026-04", street="河东街道")
    assert not at.text_area
    assert any("已报" in caption.value for caption in at.caption)


def test_a_street_sees_its_own_communities_alone(open_page: Any) -> None:
    at = open_page("reporting", posts=(Post("street", "s2"),), period="2026-04")
    assert metrics(at)["已报"] == "1 / 1"


def test_it_is_said_in_english_too(open_page: Any) -> None:
    at = open_page("reporting", period="2026-04", lang="en")
    assert metrics(at)["Reported"] == "2 / 3"
