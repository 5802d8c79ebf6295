"""The review page passes, returns and closes months; what was returned greets the community's clerk."""

from typing import Any

import pytest

from beicha.actions import reviews
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.actions.reviews import Decision, decide
from tests.ui.district import NOW

pytestmark = pytest.mark.usefixtures("office")
CLERK = (Post("clerk", "a"),)


def metrics(at: Any) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def texts(at: Any) -> str:
    return " ".join(element.value for element in [*at.markdown, *at.caption, *at.text])


def take(verb: Any, *communities: str, reason: str = "缺签到表", items: Any = None) -> None:
    decide(OFFICE, the_store(), Decision(verb, "2026-04", communities, reason, items), now=NOW)


def test_it_counts_and_lists_how_every_community_stands(open_page: Any) -> None:
    take("pass", "a")
    at = open_page("review", period="2026-04")
    assert metrics(at) == {"待审核": "1", "已退回": "0", "街道已审": "1", "已定版": "0"}
    table = at.dataframe[0].value
    assert list(table["state"]) == ["✔ 街道已审", "○ 未报", "◇ 待审核"]
    assert list(table["score"]) == pytest.approx([100, 0, 70])


def test_without_a_choice_it_says_how_to_begin(open_page: Any) -> None:
    assert "勾选社区" in texts(open_page("review", period="2026-04"))


def test_an_auditor_reads_it_and_decides_nothing(open_page: Any) -> None:
    at = open_page("review", posts=(Post("auditor"),), period="2026-04")
    assert len(at.dataframe[0].value) == 3
    assert "勾选社区" not in texts(at)


def test_a_returned_month_greets_its_clerk_with_the_reason_and_the_criteria(open_page: Any) -> None:
    take("return", "a", items={"A-1": "少一场 ![x](http://evil.example)"})
    at = open_page("upload", posts=CLERK)
    assert "红旗社区" in texts(at)
    assert "缺签到表" in texts(at)
    assert not [one for one in at.markdown if "![x](http" in one.value]


def test_what_another_community_got_back_greets_nobody_else(open_page: Any) -> None:
    take("return", "c")
    assert "退回" not in texts(open_page("upload", posts=CLERK))


def test_the_page_of_a_community_tells_how_its_month_stands_to_those_who_open_its_files(open_page: Any) -> None:
    take("return", "a")
    at = open_page("community", posts=CLERK, period="2026-04")
    assert [one.label for one in at.expander if "已退回" in one.label]
    at = open_page("community", posts=(Post("leader", "d"),), period="2026-04")
    assert not [one.label for one in at.expander if "退回" in one.label]


def test_a_final_month_whose_score_moved_since_says_so(open_page: Any) -> None:
    take("pass", "a")
    take("finalise", "a")
    with the_store().write() as change:
        step = reviews.reviews.of_month(change, "a", "2026-04")[0].step
        assert step.score is not None
        lower = type(step)(**{**vars(step), "score": step.score - 1.5})
        reviews.reviews.add(change, [lower], by="wang", at=NOW)
    table = open_page("review", period="2026-04").dataframe[0].value
    assert table["reason"].iloc[0] == "定版后得分有变动：+1.50"


def test_it_is_said_in_english_too(open_page: Any) -> None:
    at = open_page("review", period="2026-04", lang="en")
    assert metrics(at)["To be reviewed"] == "2"
