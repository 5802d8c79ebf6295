"""A rehearsal of a month: the draw over the communities in view, and what would change it."""

import pytest
from pytest import approx

from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.views import reading
from beicha.actions.views.rehearsal import Wish, enough, rehearse
from beicha.actions.views.stakes import gain_of, stakes_of
from tests.ui.district import settle

MONTH = "2026-04"


@pytest.fixture
def district(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def month(store, grant=OFFICE):
    return reading.read_months(grant, store, MONTH, MONTH)[0]


def test_all_drawn_is_the_score_of_the_screen(district):
    here = month(district)
    found = rehearse(here, Wish(100, 85))
    assert found.outlook.way == "plain"
    assert found.outlook.mean == approx(here.standing.mean(here.members(None)))


@pytest.mark.parametrize("tried", [False, True])
def test_a_draw_has_the_streets_communities_and_their_chance_of_being_drawn(district, tried):
    found = rehearse(month(district), Wish(1, 50, tried=tried))
    assert found.outlook.way == ("trials" if tried else "exact")
    assert found.streets["drawn"].tolist() == [1, 1]
    assert found.communities.loc["a", "drawn"] == 0.5
    assert found.communities.loc["c", "drawn"] == 1
    assert 0 <= found.outlook.chance <= 1
    assert [name for _, names in found.worst[0][1] for name in names][-1] == "和平社区"


def test_a_street_may_be_drawn_otherwise(district):
    found = rehearse(month(district), Wish(1, 50, apart=(("s2", 0),)))
    assert found.streets["drawn"].tolist() == [1, 0]


def test_nobody_drawn_is_no_rehearsal(district):
    assert rehearse(month(district), Wish(0, 85)) is None


def test_a_street_rehearses_its_own_communities(district):
    found = rehearse(month(district, Grant("wang", (Post("street", "s1"),))), Wish(1, 50))
    assert sorted(found.communities.index) == ["a", "b"]


def test_who_sees_some_lines_alone_cannot_rehearse(district):
    line = month(district).edition.lines[0].code
    assert rehearse(month(district, Grant("wang", (Post("line", None, (line,)),))), Wish(1, 50)) is None


@pytest.mark.parametrize("unit", ["criteria", "communities"])
def test_everything_mended_is_enough(district, unit):
    found, names = enough(month(district), Wish(1, 100), unit, 0.99)
    assert (found.enough, len(names)) == (True, len(found.chosen))


def test_what_is_at_stake_is_grouped_by_what_is_to_be_done(district):
    found = stakes_of(month(district))
    assert found.remedies["gain"].sum() == approx(found.each["gain"].sum())
    assert found.remedies["gain"].is_monotonic_decreasing
    assert found.remedies["communities"].sum() == len(found.each)


def test_all_remedies_together_bring_every_losing_community_to_full_marks(district):
    here = month(district)
    every = [criterion.code for criterion in here.edition.criteria]
    rise = (here.standing.lost.sum(axis=1) / here.standing.points.sum(axis=1)).mean() * 100
    assert gain_of(here, every) == approx(rise)


def test_a_line_sees_what_its_criteria_would_win_in_the_whole(district):
    line = month(district).edition.lines[0].code
    seen = stakes_of(month(district, Grant("wang", (Post("line", None, (line,)),))))
    whole = stakes_of(month(district), line=line)
    assert seen.remedies["gain"].to_dict() == approx(whole.remedies["gain"].to_dict())
