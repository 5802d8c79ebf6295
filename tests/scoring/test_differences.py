"""What each criterion adds to the difference of two scores: all of it adds up exactly."""

from math import isnan

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest import approx

from scoring.differences import points_earned, profile_of, renames_through, split
from scoring.rollup import roll_up
from tests.scoring.comparing import cells_of
from tests.scoring.small import criterion, edition, standing
from tests.scoring.strategies import findings

TWO = [criterion(code="K1", points=10), criterion(code="K2", points=30)]


def profile(made, said, line="", **others):
    return profile_of(standing(made, said, **others), range(len(said)), line)


def parts(then, now):
    rows = split(then, now).criteria.to_dict("records")
    return [(row["kind"], approx(row["contribution"])) for row in rows]


def test_each_criterion_adds_what_its_fraction_rose_by():
    made = edition(*TWO)
    then, now = profile(made, {"c": {"K1": 1, "K2": 0}}), profile(made, {"c": {"K1": 0.5, "K2": 1}})
    assert parts(then, now) == [("both", -12.5), ("both", 75)]
    assert split(then, now).total == approx(62.5)
    assert points_earned(now).tolist() == [5, 30]


def test_what_comes_in_is_a_gain_only_where_it_is_better_than_the_rest():
    made = edition(*TWO)
    half = profile(made, {"c": {"K1": 0.5, "K2": "not_due"}})
    better, worse = profile(made, {"c": {"K1": 0.5, "K2": 1}}), profile(made, {"c": {"K1": 0.5, "K2": "missing"}})
    for after, sign in ((better, 1), (worse, -1)):
        found = split(half, after)
        assert found.criteria["kind"].tolist() == ["both", "entered"]
        assert found.criteria["contribution"].iloc[0] == 0
        assert np.sign(found.criteria["contribution"].iloc[1]) == sign
        assert found.total == approx(after.score - half.score)
        assert split(after, half).criteria["kind"].tolist() == ["both", "left"]
        assert split(after, half).total == approx(-found.total)


def test_what_never_counts_is_outside_and_adds_nothing():
    never = profile(edition(*TWO), {"c": {"K1": 1, "K2": "not_due"}})
    found = split(never, never).criteria
    assert found["kind"].tolist() == ["both", "outside"]
    assert found["contribution"].tolist() == [0, 0]


def test_another_edition_is_compared_through_its_renames():
    old, new = edition(*TWO), edition(*[TWO[0], criterion(code="N2", points=30), criterion(code="N3", points=40)])
    then = profile(old, {"c": {"K1": 1, "K2": 0}})
    now = profile(new, {"c": {"K1": 1, "N2": 1, "N3": 0}})
    through = split(then, now, {"K2": "N2"})
    assert through.criteria["kind"].tolist() == ["both", "both", "added"]
    assert through.criteria[["then", "now"]].to_numpy().tolist() == [[0, 0], [1, 1], [-1, 2]]
    plain = split(then, now)
    assert plain.criteria["kind"].tolist() == ["both", "added", "added", "dropped"]
    assert through.total == approx(now.score - then.score)
    assert plain.total == approx(now.score - then.score)


def test_renames_are_followed_through_the_editions_between():
    first = edition(*TWO)
    second = edition(TWO[0], criterion(code="L2"), renames={"criteria": {"K2": "L2"}})
    third = edition(TWO[0], criterion(code="M2"), renames={"criteria": {"L2": "M2"}})
    assert renames_through([first]) == {"K1": "K1", "K2": "K2"}
    assert renames_through([first, second, third]) == {"K1": "K1", "K2": "M2"}


def test_without_a_score_there_is_no_difference():
    made = edition(*TWO)
    some, none = profile(made, {"c": {"K1": 1, "K2": 1}}), profile(made, {"c": {"K1": "not_due", "K2": "not_due"}})
    assert isnan(none.score)
    assert isnan(split(none, some).total)
    assert isnan(split(some, none).total)
    assert isnan(profile_of(standing(made, {"c": {"K1": 1, "K2": 1}}), []).score)


def test_the_bonus_stands_apart():
    made = edition(*TWO, bonuses=[{"code": "B1", "title": "加分", "from": "places", "points": 1}])
    said = {"c": {"K1": 1, "K2": 0}}
    found = split(profile(made, said), profile(made, said, bonus={"c": 2.0}))
    assert (found.bonus, found.total, found.reweighted) == (approx(2), approx(2), 0)


def test_a_line_has_its_own_score_and_no_bonus():
    made = edition(TWO[0], criterion(code="K2", points=30, lead="city"))
    found = profile(made, {"c": {"K1": 0.5, "K2": 1}, "d": {"K1": 0, "K2": 1}}, "edu")
    assert found.weight.tolist() == [100, 0]
    assert found.score == approx(25)


@given(findings(), st.data())
def test_a_profile_is_the_mean_score_of_its_communities(drawn, data):
    assessed, areas = drawn
    whole = roll_up(assessed.edition, cells_of(assessed), areas)
    members = data.draw(st.lists(st.sampled_from(range(len(assessed.communities))), min_size=1, unique=True))
    made, mean = profile_of(whole, members), whole.mean(np.array(members))
    assert (isnan(made.score) and isnan(mean)) or made.score == approx(mean, abs=1e-9)
    assert isnan(made.score) or made.weight.sum() == approx(100, abs=1e-9)


@given(findings(), findings(), st.booleans(), st.booleans())
def test_the_parts_add_up_to_the_difference(one, other, same, whole):
    """Of one edition or two that have nothing in common but codes, of a community or of all of them."""
    profiles = []
    for assessed, areas in (one, one if same else other):
        stand = roll_up(assessed.edition, cells_of(assessed), areas)
        last = len(assessed.communities) - 1
        profiles.append(profile_of(stand, range(last + 1) if whole else [0 if not profiles else last]))
    assume(not any(isnan(made.score) for made in profiles))
    found = split(*profiles)
    assert found.total == approx(profiles[1].score - profiles[0].score, abs=1e-9)
    assert len(found.criteria) == len({item.code for made in profiles for item in made.edition.criteria})
