"""The page of spot checks shows what was seen as text, and each reader the parts that are theirs."""

from datetime import date
from typing import Any

import pytest

from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.actions.spot_checks import Entered, record
from beicha.ui.office import KEPT
from tests.actions.office import set_up
from tests.actions.test_spot_checks import EDITION, NOW
from tests.ui.district import HOSTILE

DAY = date(2026, 3, 10)


@pytest.fixture
def seen_on_site(empty_office: None) -> None:
    set_up(the_store(), of=lambda: EDITION)
    row = {"date": DAY, "place": "老街", "subject": "六乱", "problem": HOSTILE, "photos": 2, "responsible": "城管办"}
    record(OFFICE, the_store(), Entered("C01", "2026-03", "inspections", DAY, (row,)), language="zh_CN", now=NOW)
    KEPT.clear()


def parts(at: Any) -> list[str]:
    group = next(one for one in at.button_group if one.key == "spot_part")
    return [option.content for option in group.options] if hasattr(group.options[0], "content") else list(group.options)


@pytest.mark.usefixtures("seen_on_site")
def test_what_was_seen_is_listed_as_it_was_written(open_page: Any) -> None:
    at = open_page("spot_checks", period="2026-03")
    (row,) = at.dataframe[0].value.to_dict("records")
    assert (row["problem"], row["lines"], row["photos"]) == (HOSTILE, "城管办", "2")
    assert parts(at) == ["督查记录", "自评与核验", "录入", "抽点"]


@pytest.mark.usefixtures("seen_on_site")
@pytest.mark.parametrize(
    ("post", "there"),
    [(Post("clerk", "C02"), 2), (Post("street", "S1"), 2), (Post("auditor"), 3), (Post("line", "D1", ("culture",)), 2)],
)
def test_who_does_not_record_has_neither_grid_nor_draws(open_page: Any, post: Post, there: int) -> None:
    at = open_page("spot_checks", posts=(post,), period="2026-03")
    assert len(parts(at)) == there
    assert len(at.dataframe) == (post.role in ("street", "auditor"))


@pytest.mark.usefixtures("seen_on_site")
def test_a_visit_is_checked_and_recorded(open_page: Any) -> None:
    at = open_page("spot_checks", period="2026-03")
    at.session_state["spot_part"] = "enter"
    at.run()
    at.button(key="spot_check").click().run()
    assert "没有填任何一行" in at.info[0].value
    assert not at.exception


@pytest.mark.usefixtures("office")
def test_an_edition_without_such_a_ledger_says_so(open_page: Any) -> None:
    at = open_page("spot_checks", period="2026-04")
    assert "没有督查记录" in " ".join(one.value for one in at.caption)
    at.session_state["spot_part"] = "draw"
    at.run()
    assert not at.exception
