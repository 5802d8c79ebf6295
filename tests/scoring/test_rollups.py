"""From fractions to scores, worked out by hand: sections, communities, streets, lines, ranks (scoring.md §5)."""

import math

import numpy as np
import pandas as pd
import pytest
from pytest import approx

from scoring.facts import Area
from scoring.results import cycle_result, year_result
from tests.scoring.small import criterion, edition, standing, under_one_street


def weights(**points):
    """Criteria by code: points, or (points, section), or (points, section, line)."""
    rows = {code: given if isinstance(given, tuple) else (given,) for code, given in points.items()}
    return [
        criterion(
            code=code, points=row[0], section=row[1] if len(row) > 1 else "S1", lead=row[2] if len(row) > 2 else "edu"
        )
        for code, row in rows.items()
    ]


def sections(*shares, gates=()):
    gates = [*gates, *[None] * len(shares)]
    return [
        {"code": f"S{n}", "title": f"项目{n}", "share": share, "gate": gates[n - 1]}
        for n, share in enumerate(shares, 1)
    ]


def score(made, **said):
    """The score of one community of which this was found."""
    return standing(made, {"c1": said}).communities.loc["c1", "score"]


# Communities ---------------------------------------------------------------------------------------------------------


def test_a_score_is_what_was_earned_of_all_points():
    made = edition(*weights(K1=10, K2=30))
    whole = standing(made, {"c1": {"K1": 0.5, "K2": 1}})
    assert whole.communities.loc["c1", "score"] == approx(87.5)
    assert whole.earned.tolist() == [[approx(5), approx(30)]]
    assert whole.lost.tolist() == [[approx(5), approx(0)]]


@pytest.mark.parametrize("state", ["missing", "not_reported", 0])
def test_what_earns_nothing_counts_in_the_denominator(state):
    assert score(edition(*weights(K1=10, K2=30)), K1="met", K2=state) == approx(25)


@pytest.mark.parametrize("state", ["not_due", "not_inspected", "not_applicable"])
def test_what_is_not_in_the_denominator_costs_nothing(state):
    made = edition(*weights(K1=10, K2=30))
    whole = standing(made, {"c1": {"K1": 0.5, "K2": state}})
    assert whole.communities.loc["c1", "score"] == approx(50)
    assert whole.in_denominator.tolist() == [[True, False]]
    assert whole.points.tolist() == [[10, 0]]


def test_shares_weigh_the_sections_whatever_their_points():
    made = edition(*weights(K1=(10, "S1"), K2=(90, "S2")), sections=sections(30, 70))
    whole = standing(made, {"c1": {"K1": 1, "K2": 0.5}})
    assert whole.communities.loc["c1", "score"] == approx(65)
    assert whole.sections.loc["c1"].tolist() == [1, 0.5]


def test_without_shares_sections_weigh_their_points():
    made = edition(*weights(K1=(10, "S1"), K2=(90, "S2")), sections=sections(None, None))
    assert score(made, K1=1, K2=0.5) == approx(55)


def test_an_empty_section_has_no_rate_and_gives_its_share_to_the_others():
    made = edition(*weights(K1=(10, "S1"), K2=(90, "S2")), sections=sections(30, 70))
    whole = standing(made, {"c1": {"K1": 0.4, "K2": "not_due"}})
    assert whole.communities.loc["c1", "score"] == approx(40)
    assert math.isnan(whole.sections.loc["c1", "S2"])


def test_a_section_weighs_only_the_points_in_the_denominator():
    made = edition(*weights(K1=(10, "S1"), K2=(30, "S1"), K3=(10, "S2")), sections=sections(None, None))
    assert score(made, K1=1, K2="not_due", K3=0) == approx(50)


@pytest.mark.parametrize(("rate", "missed"), [(0.85, ()), (0.85 - 0.5e-11, ()), (0.85 - 2e-11, ("S1",)), (0.9, ())])
def test_a_gate_is_missed_below_its_mark_whatever_the_score(rate, missed):
    made = edition(*weights(K1=(1, "S1"), K2=(99, "S2")), sections=sections(None, None, gates=(85,)))
    whole = standing(made, {"c1": {"K1": rate, "K2": 1}})
    assert whole.communities.loc["c1", "gates_missed"] == missed
    assert whole.communities.loc["c1", "score"] == approx(99 + rate)


def test_an_empty_section_meets_its_gate():
    made = edition(*weights(K1=(1, "S1"), K2=(99, "S2")), sections=sections(None, None, gates=(85,)))
    assert standing(made, {"c1": {"K1": "not_due", "K2": 0}}).communities.loc["c1", "gates_missed"] == ()


# Bonus and veto ------------------------------------------------------------------------------------------------------

BONUS = {"code": "B1", "title": "加分", "from": "places", "points": 1}


@pytest.mark.parametrize(("bonus", "expected"), [(5, 105), (-20, 80), (0, 100)])
def test_a_bonus_is_added_after_all_and_may_pass_100(bonus, expected):
    whole = standing(edition(*weights(K1=10), bonuses=[BONUS]), {"c1": {"K1": 1}}, bonus={"c1": bonus})
    row = whole.communities.loc["c1"]
    assert (row["score"], row["base"], row["bonus"]) == (approx(expected), approx(100), bonus)


@pytest.mark.parametrize(("bonus", "expected"), [(9, 3), (3, 3), (-9, -2), (-2, -2), (1, 1)])
def test_all_bonuses_together_stay_within_the_floor_and_cap_of_the_edition(bonus, expected):
    made = edition(*weights(K1=10), bonuses=[BONUS], bonus_floor=-2, bonus_cap=3)
    assert standing(made, {"c1": {"K1": 0.5}}, bonus={"c1": bonus}).communities.loc["c1", "bonus"] == expected


def test_a_bonus_makes_no_score_where_there_is_none():
    made = edition(*weights(K1=10), bonuses=[BONUS])
    row = standing(made, {"c1": {"K1": "not_due"}}, bonus={"c1": 5}).communities.loc["c1"]
    assert math.isnan(row["score"])


def test_a_veto_flags_and_changes_no_number():
    veto = {"code": "V1", "title": "否决", "from": "places"}
    made = edition(*weights(K1=10), vetoes=[veto])
    table = standing(made, {"c1": {"K1": 0.5}, "c2": {"K1": 0.5}}, veto=["c1"]).communities
    assert table["vetoes"].tolist() == [("V1",), ()]
    assert table["score"].tolist() == [50, 50]
    assert table["rank"].tolist() == [1, 1]


# Policies ------------------------------------------------------------------------------------------------------------

OTHERS = {"c2": {"K1": 1, "K2": 1}, "c3": {"K1": 1, "K2": "missing"}, "c4": {"K1": 1, "K2": "not_reported"}}


def absent_beside(others, policy):
    made = edition(*weights(K1=10, K2=30), not_applicable=policy)
    return standing(made, {"c1": {"K1": 1, "K2": "not_applicable"}, **others})


def test_not_applicable_is_left_out_by_default():
    whole = absent_beside(OTHERS, "exclude")
    assert whole.communities.loc["c1", "score"] == approx(100)
    assert not whole.in_denominator[0, 1]


def test_not_applicable_can_be_the_mean_of_the_others_that_were_looked_at():
    whole = absent_beside(OTHERS, "mean_of_others")
    assert whole.communities.loc["c1", "score"] == approx(100 * (10 + 30 * 0.5) / 40)
    assert whole.in_denominator[0, 1]
    assert whole.lost[0, 1] == approx(15)


@pytest.mark.parametrize("state", ["not_reported", "not_inspected", "not_applicable", "not_due"])
def test_the_mean_of_no_others_leaves_out(state):
    whole = absent_beside({"c2": {"K1": 1, "K2": state}}, "mean_of_others")
    assert whole.communities.loc["c1", "score"] == approx(100)


def test_others_are_those_of_the_same_district():
    areas = [
        Area("D", "区", "district"),
        Area("E", "县", "district"),
        *(Area(code, code, "community", above) for code, above in (("c1", "D"), ("c2", "D"), ("c3", "E"))),
    ]
    made = edition(*weights(K1=10), not_applicable="mean_of_others")
    whole = standing(made, {"c1": {"K1": "not_applicable"}, "c2": {"K1": 0.6}, "c3": {"K1": 0}}, areas)
    assert whole.communities["score"].tolist() == [approx(60), approx(60), 0]
    assert whole.areas_table.loc[["D", "E"], "score"].tolist() == [approx(60), 0]


@pytest.mark.parametrize(("policy", "expected"), [("exclude", 100), ("zero", 25)])
def test_not_inspected_is_left_out_or_counts_0(policy, expected):
    made = edition(*weights(K1=10, K2=30), not_inspected=policy)
    assert score(made, K1=1, K2="not_inspected") == approx(expected)


# Streets, zones, the district ----------------------------------------------------------------------------------------

TREE = [
    Area("D", "区", "district"),
    Area("T1", "一街", "street", "D"),
    Area("T2", "二街", "street", "D"),
    Area("Z", "管区", "zone", "T1"),
    Area("c1", "甲", "community", "Z", weight=3.0),
    Area("c2", "乙", "community", "T1", weight=1.0),
    Area("c3", "丙", "community", "T2", weight=4.0),
]
THREE = {"c1": {"K1": 1}, "c2": {"K1": 0.5}, "c3": {"K1": 0.1}}


def test_areas_are_the_means_of_their_communities():
    table = standing(edition(*weights(K1=10)), THREE, TREE).areas_table
    assert table["score"].to_dict() == {"D": approx(160 / 3), "T1": 75, "T2": approx(10), "Z": 100}
    assert table["communities"].to_dict() == {"D": 3, "T1": 2, "T2": 1, "Z": 1}


def test_the_district_is_no_mean_of_streets():
    table = standing(edition(*weights(K1=10)), THREE, TREE).areas_table
    assert table.loc["D", "score"] != approx((75 + 10) / 2)


def test_communities_can_be_weighted():
    table = standing(edition(*weights(K1=10), weighted_by="weight"), THREE, TREE).areas_table
    assert table.loc["D", "score"] == approx((3 * 100 + 50 + 4 * 10) / 8)
    assert table.loc["T1", "score"] == approx((3 * 100 + 50) / 4)


def test_a_community_without_a_score_is_left_out_of_the_means_and_counted():
    said = {**THREE, "c2": {"K1": "not_due"}}
    whole = standing(edition(*weights(K1=10)), said, TREE)
    assert whole.areas_table["score"].to_dict() == {"D": approx(55), "T1": 100, "T2": approx(10), "Z": 100}
    assert whole.areas_table["without_score"].to_dict() == {"D": 1, "T1": 1, "T2": 0, "Z": 0}
    assert whole.communities.loc["c2", "left_out"] == "no_score"


def test_an_area_of_communities_without_scores_has_none():
    whole = standing(edition(*weights(K1=10)), {**THREE, "c3": {"K1": "not_due"}}, TREE)
    assert math.isnan(whole.areas_table.loc["T2", "score"])


def test_unreported_communities_count_with_what_they_have_and_are_counted():
    said = {**THREE, "c3": {"K1": "not_reported"}}
    table = standing(edition(*weights(K1=10)), said, TREE, reported={"c3": False}).areas_table
    assert table.loc["D", "score"] == approx(50)
    assert table["not_reported"].to_dict() == {"D": 1, "T1": 0, "T2": 1, "Z": 0}


# Lines ---------------------------------------------------------------------------------------------------------------


def test_a_line_has_what_its_criteria_earned_over_all_communities():
    made = edition(*weights(K1=(10, "S1", "edu"), K2=(30, "S1", "edu"), K3=(60, "S1", "city")))
    said = {"c1": {"K1": 1, "K2": 0.5, "K3": 0}, "c2": {"K1": "not_due", "K2": 1, "K3": 0.5}}
    lines = standing(made, said).lines
    assert lines.loc["edu", "score"] == approx(100 * (10 + 15 + 30) / 70)
    assert lines.loc["city", "score"] == approx(25)
    assert lines.loc["edu", ["earned", "points", "lost"]].tolist() == [approx(55), approx(70), approx(15)]


def test_a_line_that_leads_nothing_that_counts_has_no_score():
    lines = standing(edition(*weights(K1=10)), {"c1": {"K1": 1}}).lines
    assert math.isnan(lines.loc["city", "score"])


# Ranks, bands, the pass mark -----------------------------------------------------------------------------------------


def ranks(scores, classes=None):
    """The ranks of communities with these scores out of 100 (None: no score), in these classes."""
    said = {f"c{n}": {"K1": "not_due" if s is None else s / 100} for n, s in enumerate(scores, 1)}
    classes = classes or [""] * len(scores)
    leaves = [Area(code, code, "community", "D", rank_class=name) for code, name in zip(said, classes, strict=True)]
    table = standing(edition(*weights(K1=10)), said, [Area("D", "区", "district"), *leaves]).communities
    return [None if rank is pd.NA else rank for rank in table["rank"]]


def test_ranks_are_dense_and_descending():
    assert ranks([70, 90, 80, 90, 60]) == [3, 1, 2, 1, 4]


@pytest.mark.parametrize(("gap", "second"), [(0.0, 1), (0.5e-9, 1), (3e-9, 2), (0.004, 2)])
def test_scores_that_differ_by_less_than_the_tolerance_share_a_rank(gap, second):
    assert ranks([80, 80 - gap]) == [1, second]


def test_ranks_are_made_within_a_class():
    assert ranks([70, 90, 80, 60], ["A", "B", "A", "B"]) == [2, 1, 1, 2]


def test_who_has_no_score_has_no_rank_and_takes_none_away():
    assert ranks([70, None, 90]) == [2, None, 1]


def test_who_did_not_report_is_ranked_with_what_there_is():
    said = {"c1": {"K1": "not_reported"}, "c2": {"K1": 0.5}}
    table = standing(edition(*weights(K1=10)), said, reported={"c1": False}).communities
    assert table["rank"].tolist() == [2, 1]
    assert table["left_out"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (100, "符合"),
        (85, "符合"),
        (85 - 0.5e-9, "符合"),
        (85 - 3e-9, "基本符合"),
        (60, "基本符合"),
        (59.99, "不符合"),
        (0, "不符合"),
    ],
)
def test_a_band_begins_at_its_mark(percent, band):
    whole = standing(edition(*weights(K1=10)), {"c1": {"K1": percent / 100}})
    assert whole.communities.loc["c1", "band"] == band


def test_the_distance_is_measured_to_the_pass_mark():
    made = edition(*weights(K1=10), pass_mark=90)
    whole = standing(made, {"c1": {"K1": 0.5}})
    assert whole.communities.loc["c1", "distance"] == approx(-40)
    assert whole.areas_table.loc["D", "distance"] == approx(-40)


# The order of anything changes nothing -------------------------------------------------------------------------------


def test_the_order_of_areas_and_communities_changes_nothing():
    made = edition(*weights(K1=10), not_applicable="mean_of_others")
    said = {**THREE, "c3": {"K1": "not_applicable"}}
    one = standing(made, said, TREE)
    other = standing(made, dict(reversed(said.items())), TREE[::-1])
    shown = ["score", "rank", "street", "zone"]
    pd.testing.assert_frame_equal(one.communities[shown], other.communities.loc[one.communities.index, shown])
    assert one.communities.loc["c1", ["street", "zone"]].tolist() == ["T1", "Z"]


def test_a_tree_of_no_zones_and_one_street_is_a_tree():
    table = standing(edition(*weights(K1=10)), {"c1": {"K1": 1}}, under_one_street("c1")).areas_table
    assert table["score"].tolist() == [100, 100]


# Years and cycles ----------------------------------------------------------------------------------------------------


def test_a_year_is_the_mean_of_its_months_so_far():
    assert year_result([80, 90, 100]) == approx(90)
    assert year_result([80, np.nan, 100]) == approx(90)
    assert math.isnan(year_result([]))
    assert math.isnan(year_result([np.nan]))


def test_a_cycle_is_the_mean_of_its_years_weighted_where_the_edition_says_so():
    assert cycle_result([80, 90, 100]) == approx(90)
    assert cycle_result([80, 90, 100], [20, 20, 60]) == approx(94)
    assert cycle_result([np.nan, 90, 100], [20, 20, 60]) == approx(97.5)
    assert math.isnan(cycle_result([np.nan]))
