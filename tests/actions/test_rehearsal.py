"""A rehearsal of a month: the draw over the communities in view, and what would change it."""

import pytest
from pytest import approx

from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views import reading
from beicha.actions.views.leaving import read_leaving, read_readiness
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


def test_at_its_own_month_a_month_stands_as_it_is(district):
    here = month(district)
    found = read_readiness(OFFICE, district, here, MONTH)
    assert found.then.standing.score.tolist() == approx(here.standing.score.tolist(), nan_ok=True)
    assert found.findings.empty


def test_on_a_later_day_points_are_taken_and_each_has_its_rows(district):
    here = month(district)
    found = read_readiness(OFFICE, district, here, "2027-04")
    assert len(found.findings) > 0
    for one in found.findings.itertuples():
        rows = read_leaving(OFFICE, district, (MONTH, "2027-04"), one.community, one.criterion)
        assert len(rows) > 0
    more = found.then.standing.lost - here.standing.lost
    assert found.findings["taken"].sum() == approx(more[more > 0].sum())


def test_a_street_sees_its_own_on_the_day_with_the_same_numbers(district):
    wang = Grant("wang", (Post("street", "s1"),))
    seen = read_readiness(wang, district, month(district, wang), "2027-04")
    whole = read_readiness(OFFICE, district, month(district), "2027-04")
    own = whole.findings[whole.findings["community"].isin(["a", "b"])]
    assert seen.findings["taken"].tolist() == own["taken"].tolist()


@pytest.mark.parametrize("post", [Post("clerk", "b"), Post("line", None, ("nothing",)), Post("admin")])
def test_rows_of_others_stay_hidden(district, post):
    with pytest.raises(Refused):
        read_leaving(Grant("wang", (post,)), district, (MONTH, "2027-04"), "a", "A-1")
