"""Points at stake: doing it raises the district by exactly what was said (scoring.md §5)."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from pytest import approx

from scoring.assess import assess
from scoring.facts import Area
from scoring.periods import month_number
from scoring.rollup import roll_up
from scoring.stake import joint_gain, own_gains, stakes
from tests.scoring import reference
from tests.scoring.comparing import cells_of
from tests.scoring.small import MARCH, criterion, edition, report, standing, under_one_street
from tests.scoring.strategies import findings

TWO = [criterion(code="K1", points=10), criterion(code="K2", points=30)]


def at_stake(made, said, areas=None, **others):
    return stakes(standing(made, said, areas, **others)).tolist()


def test_the_stake_is_the_communitys_gain_over_the_number_of_communities():
    said = {"c1": {"K1": 0.5, "K2": 1}, "c2": {"K1": 0, "K2": "missing"}}
    assert at_stake(edition(*TWO), said) == [[approx(6.25), 0], [approx(12.5), approx(37.5)]]


def test_the_communitys_own_gain_is_not_shared_out():
    whole = standing(edition(*TWO), {"c1": {"K1": 0.5, "K2": 1}, "c2": {"K1": 0, "K2": 1}})
    assert own_gains(whole).tolist() == [[approx(12.5), 0], [25, 0]]


def test_an_unreported_criterion_is_at_stake_in_full():
    assert at_stake(edition(*TWO), {"c1": {"K1": "not_reported", "K2": 1}}) == [[25, 0]]


@pytest.mark.parametrize("state", ["not_due", "not_applicable", "not_inspected"])
@pytest.mark.parametrize("policy", ["exclude", "mean_of_others"])
def test_nothing_is_at_stake_where_nothing_can_be_done(state, policy):
    made = edition(*TWO, not_applicable=policy, not_inspected="zero")
    assert at_stake(made, {"c1": {"K1": state, "K2": 0}, "c2": {"K1": 0.5, "K2": 0}})[0][0] == 0


def test_shares_weigh_what_is_at_stake():
    sections = [{"code": "S1", "title": "一", "share": 20}, {"code": "S2", "title": "二", "share": 80}]
    made = edition(criterion(points=10), criterion(code="K2", points=90, section="S2"), sections=sections)
    assert at_stake(made, {"c1": {"K1": 0, "K2": 0.5}}) == [[20, 40]]


def test_weights_of_communities_weigh_what_is_at_stake():
    areas = [
        Area("D", "区", "district"),
        *(Area(c, c, "community", "D", weight=w) for c, w in (("c1", 3.0), ("c2", 1.0))),
    ]
    made = edition(criterion(), weighted_by="weight")
    assert at_stake(made, {"c1": {"K1": 0}, "c2": {"K1": 0}}, areas) == [[75], [25]]


def test_who_has_no_score_takes_no_part():
    assert at_stake(edition(criterion()), {"c1": {"K1": 0}, "c2": {"K1": "not_due"}}) == [[100], [0]]


def test_others_rise_with_the_mean_that_stands_in_for_them():
    made = edition(criterion(), not_applicable="mean_of_others")
    said = {"c1": {"K1": 0}, "c2": {"K1": 1}, "c3": {"K1": "not_applicable"}}
    assert at_stake(made, said) == [[approx(50)], [0], [0]]


def test_the_first_that_is_looked_at_brings_others_into_the_denominator():
    made = edition(*TWO, not_applicable="mean_of_others")
    said = {"c1": {"K1": "not_reported", "K2": 0}, "c2": {"K1": "not_applicable", "K2": 0}}
    assert at_stake(made, said)[0][0] == approx(25)


def test_one_district_gains_nothing_from_another():
    areas = [Area("D", "区", "district"), Area("E", "县", "district")]
    areas += [Area("c1", "甲", "community", "D"), Area("c2", "乙", "community", "E")]
    assert at_stake(edition(criterion()), {"c1": {"K1": 0.4}, "c2": {"K1": 0}}, areas) == [[approx(60)], [100]]


def test_a_bonus_is_never_at_stake():
    made = edition(criterion(), bonuses=[{"code": "B1", "title": "加分", "from": "places", "points": 1}])
    assert at_stake(made, {"c1": {"K1": 0.5}}, bonus={"c1": 20}) == [[50]]


@given(findings())
def test_doing_it_raises_the_district_by_exactly_what_was_said(drawn):
    assessed, areas = drawn
    said = stakes(roll_up(assessed.edition, cells_of(assessed), areas))
    rng = Random(len(assessed.findings))
    for (community, code), finding in rng.sample(
        sorted(assessed.findings.items(), key=str), min(4, len(assessed.findings))
    ):
        if finding.state not in ("not_due", "not_applicable", "not_inspected"):
            done = {**assessed.findings, (community, code): reference.Finding("met", 1.0)}
            before, after = (
                reference.roll_up(reference.replace(assessed, findings=these), areas).areas
                for these in (assessed.findings, done)
            )
            district = reference.district_of(community, areas).code
            k = [item.code for item in assessed.edition.criteria].index(code)
            c = assessed.communities.index(community)
            assert after[district] - before[district] == approx(said[c, k], abs=1e-9)


def test_reporting_what_was_missing_raises_the_district_by_exactly_what_was_said():
    made = edition(criterion({"kind": "count", "target": 2}), criterion({"kind": "yes_no", "field": "done"}, "K2"))
    areas, communities = under_one_street("c1", "c2", "c3"), ["c1", "c2", "c3"]
    reports = [report(places=[{"done": True}], community=c) for c in communities[:2]]

    def district(*submitted):
        found = roll_up(made, assess(made, month_number(MARCH), communities, submitted).cells(), areas)
        return found, found.areas_table.loc["D", "score"]

    before, was = district(*reports)
    _, becomes = district(report(places=[{"done": True}, {"done": True}]), reports[1])
    assert becomes - was == approx(stakes(before)[0, 0])
    assert np.allclose(stakes(before), [[100 / 12, 0], [100 / 12, 0], [100 / 6, 100 / 6]])


@pytest.mark.parametrize("policy", ["exclude", "mean_of_others"])
def test_mending_one_finding_wins_what_is_at_stake_in_it(policy):
    said = {"c1": {"K1": 0.5, "K2": "missing"}, "c2": {"K1": "not_applicable", "K2": 1}}
    whole = standing(edition(*TWO, not_applicable=policy), said)
    for place, k in ((0, 0), (0, 1), (1, 0), (1, 1)):
        one = np.zeros((2, 2), bool)
        one[place, k] = True
        assert joint_gain(whole, one) == approx(stakes(whole)[place, k])


def test_mending_a_criterion_everywhere_wins_the_sum_where_nobody_takes_the_mean_of_others():
    said = {"c1": {"K1": 0.5, "K2": 0}, "c2": {"K1": 0.25, "K2": 1}, "c3": {"K1": "not_due", "K2": 1}}
    whole = standing(edition(*TWO), said)
    everywhere = np.array([[True, False]] * 3)
    assert joint_gain(whole, everywhere) == approx(stakes(whole)[:, 0].sum())
