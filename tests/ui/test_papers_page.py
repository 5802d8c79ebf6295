"""The page of papers says what a paper would take in, issues it with a number, and tells what is missing."""

from typing import Any

import pytest

from beicha.actions.documents.issuing import issued
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store

pytestmark = pytest.mark.usefixtures("office")


def texts(at: Any) -> str:
    return " ".join(element.value for element in [*at.markdown, *at.caption, *at.info, *at.success])


def test_a_month_without_anything_final_says_what_to_do(open_page: Any) -> None:
    assert "还没有社区定版" in texts(open_page("papers", period="2026-04"))


def test_what_is_not_final_is_taken_in_and_issued(open_page: Any) -> None:
    at = open_page("papers", period="2026-04")
    at.toggle(key="paper_unreviewed").set_value(True).run()
    assert {metric.label: metric.value for metric in at.metric}["列入"] == "3 / 3"
    at.button(key="paper_issue").click().run()
    assert "已发布：通报2026年第1期" in texts(at)
    assert [paper.new.kind for paper in issued(OFFICE, the_store())] == ["notice"]
    assert list(at.dataframe[0].value["state"]) == ["有效"]


def test_a_street_gets_drafts_and_issues_nothing(open_page: Any) -> None:
    at = open_page("papers", posts=(Post("street", "s1"),), period="2026-04")
    at.toggle(key="paper_unreviewed").set_value(True).run()
    assert {metric.label: metric.value for metric in at.metric}["列入"] == "2 / 2"
    assert not [button for button in at.button if button.key in ("paper_issue", "form_use")]
