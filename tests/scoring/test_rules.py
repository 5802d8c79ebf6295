"""Each rule kind, worked out by hand: both sides of every threshold, blanks, no row (scoring.md §3)."""

import pytest
from pytest import approx

from tests.scoring.small import bonus_of, day, judged, judged_rows, report

NEAR, FAR = 0.5e-9, 2e-9
"""Less and more than the tolerance, 1e-9."""


def rows_with(field, *values):
    return [{field: value} for value in values]


def fraction(rule, rows, **keys):
    return judged_rows(rule, rows, **keys).fraction


# yes_no --------------------------------------------------------------------------------------------------------------

YES_NO = {"kind": "yes_no", "field": "done"}


@pytest.mark.parametrize(
    ("answers", "state"),
    [((True,), "met"), ((True, True), "met"), ((True, False), "unmet"), ((False,), "unmet"), ((True, None), "unmet")],
)
def test_yes_no_is_met_when_every_row_says_yes(answers, state):
    assert judged_rows(YES_NO, rows_with("done", *answers)).state == state


def test_a_blank_answer_is_a_no_and_counted_as_blank():
    found = judged_rows(YES_NO, rows_with("done", True, None))
    assert (found.reason.code, found.values["no"], found.values["blank"]) == ("answered_no", 1, 1)


# grade ---------------------------------------------------------------------------------------------------------------

GRADE = {"kind": "grade", "field": "level"}


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        (("A",), 1),
        (("B",), 0.66),
        (("C",), 0.33),
        (("C#",), 0),
        (("A", "B", "C", "C#"), 1.99 / 4),
        (("A", None), 0.5),
        ((None,), 0),
        (("Ａ", " Ｃ＃ "), 0.5),
    ],
)
def test_a_grade_is_the_mean_of_the_coefficients_and_a_blank_counts_0(grades, expected):
    assert fraction(GRADE, rows_with("level", *grades)) == approx(expected, abs=1e-12)


def test_a_grade_can_have_a_ladder_of_its_own():
    ladder = {"A": 1, "B": 0.8, "C": 0.5, "C#": 0.25}
    assert fraction({**GRADE, "ladder": ladder}, rows_with("level", "B", "C#")) == approx(0.525)


# count ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "expected"), [(1, 1 / 3), (2, 2 / 3), (3, 1), (4, 1)])
def test_a_linear_count_rises_to_its_target_and_no_further(rows, expected):
    assert fraction({"kind": "count", "target": 3}, [{}] * rows) == approx(expected)


def test_a_count_one_short_says_what_was_found_and_what_was_wanted():
    found = judged_rows({"kind": "count", "target": 5}, [{}] * 3)
    assert (found.state, found.reason.code) == ("partial", "count_short")
    assert (found.values["found"], found.values["target"]) == (3, 5)


@pytest.mark.parametrize(
    ("people", "expected"), [((3, 4), 0.7), ((3, None), 0.3), ((10,), 1), ((None,), 0), ((-2,), 0)]
)
def test_a_count_adds_up_a_number_field_and_a_blank_is_0(people, expected):
    rule = {"kind": "count", "of": "people", "target": 10}
    assert fraction(rule, rows_with("people", *people)) == approx(expected)


def test_a_count_of_blanks_alone_is_unmet_not_missing():
    found = judged_rows({"kind": "count", "of": "people", "target": 10}, rows_with("people", None))
    assert (found.state, found.values["blank"]) == ("unmet", 1)


@pytest.mark.parametrize(
    ("names", "expected"),
    [(("甲", "乙"), 0.5), (("甲", "甲 "), 0.25), (("Ａ1", "A1", None), 0.25), (("a  b", "a b"), 0.25), ((None,), 0)],
)
def test_distinct_counts_different_texts_and_no_blank(names, expected):
    assert fraction({"kind": "count", "of": "distinct name", "target": 4}, rows_with("name", *names)) == approx(
        expected
    )


def test_distinct_counts_each_of_several_choices_by_itself():
    rows = rows_with("topics", ["清明", "端午"], ["端午"], None)
    assert fraction({"kind": "count", "of": "distinct topics", "target": 4}, rows) == approx(0.5)


@pytest.mark.parametrize(
    ("hours", "state"), [(2.0, "met"), (2.0 - NEAR, "met"), (2.0 - 2 * FAR, "partial"), (2.5, "met")]
)
def test_a_count_within_the_tolerance_of_its_target_is_met(hours, state):
    assert judged_rows({"kind": "count", "of": "hours", "target": 2}, rows_with("hours", hours)).state == state


@pytest.mark.parametrize(
    ("hours", "state"), [(1.0, "met"), (1.0 - NEAR, "met"), (1.0 - FAR, "unmet"), (0.99, "unmet"), (1.01, "met")]
)
def test_strict_gives_all_or_nothing(hours, state):
    rule = {"kind": "count", "of": "hours", "target": 1, "credit": "strict"}
    assert judged_rows(rule, rows_with("hours", hours)).state == state


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0.49, 0),
        (0.5 - FAR, 0),
        (0.5 - NEAR, 0.33),
        (0.5, 0.33),
        (0.79, 0.33),
        (0.8, 0.66),
        (1.0 - FAR, 0.66),
        (1.0 - NEAR, 1),
        (3.0, 1),
    ],
)
def test_a_ladder_gives_the_highest_step_reached(hours, expected):
    steps = {0.5: 0.33, 0.8: 0.66, 1: 1.0}
    rule = {"kind": "count", "of": "hours", "target": 1, "credit": {"ladder": steps}}
    assert fraction(rule, rows_with("hours", hours)) == approx(expected)


def test_a_ladder_can_ask_for_more_than_the_target():
    rule = {"kind": "count", "target": 2, "credit": {"ladder": {1: 0.8, 1.5: 1.0}}}
    assert [fraction(rule, [{}] * rows) for rows in (1, 2, 3)] == [0, 0.8, 1]


# frequency -----------------------------------------------------------------------------------------------------------


def acts(*days):
    return [report(acts=[{"day": day(text)} for text in days])]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-01-05", "2026-02-05", "2026-03-31"), 1),
        (("2026-01-01", "2026-01-31", "2026-02-28"), 2 / 3),
        (("2025-12-31", "2026-04-01", "2026-03-01"), 1 / 3),
    ],
)
def test_every_month_of_the_window_needs_its_row(days, expected):
    rule = {"kind": "frequency", "times": 1, "every": "month"}
    assert judged(rule, acts(*days), **{"from": "acts", "window": "quarter"}).fraction == approx(expected)


def test_part_of_the_times_gives_part_of_a_unit():
    rule = {"kind": "frequency", "times": 3, "every": "quarter"}
    found = judged(rule, acts("2026-01-05", "2026-02-05"), **{"from": "acts", "window": "quarter"})
    assert (found.fraction, found.reason.code) == (approx(2 / 3), "frequency_short")


@pytest.mark.parametrize(
    ("month", "days", "state"),
    [
        ("2026-02", (), "not_due"),
        ("2026-02", ("2026-01-05",), "not_due"),
        ("2026-02", ("2026-01-05", "2026-02-28"), "met"),
        ("2026-03", (), "missing"),
        ("2026-03", ("2026-01-05",), "partial"),
    ],
)
def test_a_quarter_is_due_at_its_end_or_once_it_is_done(month, days, state):
    rule = {"kind": "frequency", "times": 2, "every": "quarter"}
    rows = [{"day": day(text)} for text in days]
    assert judged(rule, [report(month, acts=rows)], month, **{"from": "acts", "window": "year"}).state == state


@pytest.mark.parametrize(("month", "expected"), [("2026-05", 1.0), ("2026-06", 1.0), ("2026-12", 0.5)])
def test_the_second_half_year_is_due_in_december(month, expected):
    rule = {"kind": "frequency", "times": 1, "every": "half"}
    rows = [{"day": day("2026-05-31")}]
    assert judged(rule, [report(month, acts=rows)], month, **{"from": "acts", "window": "year"}).fraction == expected


def test_a_unit_that_the_window_cuts_counts_only_its_rows_within():
    rule = {"kind": "frequency", "times": 2, "every": "quarter"}
    keys = {"from": "acts", "window": "since 2026-02-10"}
    rows = [report(acts=[{"day": day("2026-02-09")}, {"day": day("2026-02-10")}])]
    assert judged(rule, rows, **keys).fraction == approx(0.5)


def test_an_undated_row_belongs_to_no_unit_but_is_a_row():
    rule = {"kind": "frequency", "times": 1, "every": "month"}
    assert judged_rows(rule, [{"name": "无日期"}]).state == "unmet"
    assert judged_rows(rule, []).state == "missing"


# covers --------------------------------------------------------------------------------------------------------------


def covers(*values):
    return {"kind": "covers", "field": "topics", "values": list(values)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((["清明"],), 0.5),
        ((["清明", "端午"],), 1),
        ((["清明"], ["端午"]), 1),
        ((["国庆2"],), 0),
        ((["清明"], None), 0.5),
    ],
)
def test_covers_is_the_share_of_values_that_occur(rows, expected):
    rule = covers({"value": "清明"}, {"value": "端午"})
    assert fraction(rule, rows_with("topics", *rows)) == approx(expected)


@pytest.mark.parametrize(("rows", "state"), [(1, "unmet"), (2, "met"), (3, "met")])
def test_a_value_can_be_wanted_more_than_once(rows, state):
    rule = covers({"value": "清明", "at_least": 2})
    assert judged_rows(rule, rows_with("topics", *[["清明"]] * rows)).state == state


def test_a_covered_value_is_compared_in_its_plain_form():
    assert judged_rows(covers({"value": "国庆２"}), rows_with("topics", [" 国庆2 "])).state == "met"


@pytest.mark.parametrize(
    ("due", "topics", "state"),
    [(3, "国庆2", "unmet"), (4, "国庆2", "not_due"), (4, "清明", "met"), (2, "清明", "met"), (None, "国庆2", "unmet")],
)
def test_a_value_is_due_from_its_month_or_once_it_is_there(due, topics, state):
    assert judged_rows(covers({"value": "清明", "due": due}), rows_with("topics", [topics])).state == state


def test_what_is_not_due_yet_counts_neither_for_nor_against():
    rule = covers({"value": "清明", "due": 4}, {"value": "端午", "due": 3}, {"value": "国庆2"})
    found = judged_rows(rule, rows_with("topics", ["国庆2"]))
    assert (found.fraction, found.reason.code) == (approx(0.5), "covers_short")
    assert (found.values["satisfied"], found.values["due"], found.values["absent"]) == (1, 2, ["端午"])


# each ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "expected"), [((30, 30), 1), ((30, 29), 0.5), ((29,), 0), ((30, None), 0.5)])
def test_each_is_the_share_of_rows_that_meet_the_conditions(people, expected):
    rule = {"kind": "each", "has": [{"field": "people", "at_least": 30}]}
    assert fraction(rule, rows_with("people", *people)) == approx(expected)


def test_a_row_must_meet_all_conditions():
    rule = {"kind": "each", "has": [{"field": "people", "at_most": 5}, {"field": "name", "present": True}]}
    rows = [{"people": 5, "name": "甲"}, {"people": 6, "name": "乙"}, {"people": 5}, {"name": "丙"}]
    assert fraction(rule, rows) == approx(0.25)


CONDITIONS = [
    ({"field": "kind", "equals": "参观A"}, {"kind": " 参观Ａ"}, {"kind": "讲座"}),
    ({"field": "kind", "one_of": ["讲座", "参观A"]}, {"kind": "讲座"}, {"kind": "演出 1"}),
    ({"field": "topics", "equals": "端午"}, {"topics": ["清明", "端午"]}, {"topics": ["清明"]}),
    ({"field": "topics", "one_of": ["端午", "国庆2"]}, {"topics": ["清明", "端午"]}, {"topics": ["清明"]}),
    ({"field": "topics", "contains": "庆"}, {"topics": ["清明", "国庆2"]}, {"topics": ["清明", "端午"]}),
    ({"field": "name", "contains": "Ａ b"}, {"name": "讲堂A  b组"}, {"name": "讲堂Ab"}),
    ({"field": "people", "at_least": 3}, {"people": 3}, {"people": 2}),
    ({"field": "hours", "at_most": 0.5}, {"hours": 0.5}, {"hours": 0.6}),
    ({"field": "people", "equals": 0}, {"people": 0}, {"people": 1}),
    ({"field": "hours", "equals": 2}, {"hours": 2.0}, {"hours": 2.1}),
    ({"field": "day", "at_least": day("2026-03-05")}, {"day": day("2026-03-05")}, {"day": day("2026-03-04")}),
    ({"field": "day", "at_most": day("2026-03-05")}, {"day": day("2026-03-05")}, {"day": day("2026-03-06")}),
    ({"field": "done", "equals": False}, {"done": False}, {"done": True}),
    ({"field": "level", "one_of": ["A", "C#"]}, {"level": "C＃"}, {"level": "C"}),
    ({"field": "done", "present": True}, {"done": False}, {"people": 1}),
    ({"field": "people", "present": True}, {"people": 0}, {"name": "甲"}),
]


@pytest.mark.parametrize(("condition", "row", "other"), CONDITIONS)
def test_a_condition_holds_on_one_side_and_not_on_the_other(condition, row, other):
    rule = {"kind": "each", "has": [condition]}
    assert (fraction(rule, [row]), fraction(rule, [other])) == (1, 0)


@pytest.mark.parametrize(("condition", "row", "other"), CONDITIONS)
def test_a_blank_field_meets_no_condition(condition, row, other):
    assert fraction({"kind": "each", "has": [condition]}, [{}]) == 0


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000"])
def test_a_text_of_nothing_but_spaces_is_blank(blank):
    assert fraction({"kind": "each", "has": [{"field": "name", "absent": True}]}, [{"name": blank}]) == 1
    assert fraction({"kind": "count", "of": "distinct name", "target": 2}, [{"name": blank}, {"name": "甲"}]) == 0.5


def test_a_blank_field_meets_absent_alone():
    rule = {"kind": "each", "has": [{"field": "topics", "absent": True}]}
    assert fraction(rule, [{"topics": None}, {"topics": ["清明"]}]) == approx(0.5)


# share ---------------------------------------------------------------------------------------------------------------

DONE = [{"field": "done", "equals": True}]


@pytest.mark.parametrize(("done", "expected"), [(0, 0), (3, 0.5), (6, 1), (10, 1)])
def test_a_share_of_rows_beside_its_target(done, expected):
    rule = {"kind": "share", "part": DONE, "target": 0.6}
    assert fraction(rule, [{"done": n < done} for n in range(10)]) == approx(expected)


def test_a_share_of_a_sum():
    rule = {"kind": "share", "of": "people", "part": DONE, "target": 1}
    rows = [{"people": 30, "done": True}, {"people": 50}, {"people": 20, "done": True}, {"done": True}]
    assert fraction(rule, rows) == approx(0.5)


def test_a_part_in_a_field_of_its_own():
    rule = {"kind": "share", "of": "people", "part_field": "hours", "target": 0.5}
    assert fraction(rule, [{"people": 10, "hours": 2.0}, {"people": 10, "hours": None}]) == approx(0.2)


@pytest.mark.parametrize(("done", "state"), [(8, "met"), (7, "unmet"), (9, "met")])
def test_a_strict_share_is_reached_or_not(done, state):
    rule = {"kind": "share", "part": DONE, "target": 0.8, "credit": "strict"}
    assert judged_rows(rule, [{"done": n < done} for n in range(10)]).state == state


@pytest.mark.parametrize("people", [(0,), (None,), (0, None)])
def test_a_whole_of_0_is_no_row(people):
    rule = {"kind": "share", "of": "people", "part": DONE, "target": 0.8}
    found = judged_rows(rule, [{"people": value, "done": True} for value in people])
    assert (found.state, found.fraction, found.reason.code) == ("missing", 0, "whole_zero")


# defects -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "expected"), [(0, 1), (1, 0.8), (4, 0.2), (5, 0), (6, 0)])
def test_every_defect_takes_points_off_down_to_0(rows, expected):
    assert fraction({"kind": "defects", "each": 2}, [{}] * rows) == approx(expected)


@pytest.mark.parametrize(("people", "expected"), [((2,), 1), ((3,), 0.95), ((1, None, 2), 0.95), ((22,), 0)])
def test_some_defects_are_free(people, expected):
    rule = {"kind": "defects", "of": "people", "each": 0.5, "free": 2}
    assert fraction(rule, rows_with("people", *people)) == approx(expected)


def test_no_defect_row_is_met_and_says_so():
    found = judged_rows({"kind": "defects", "each": 1}, [])
    assert (found.state, found.reason.code) == ("met", "no_defects")


@pytest.mark.parametrize(("hours", "state"), [(1 + NEAR, "met"), (1 + 20 * FAR, "partial")])
def test_defects_within_the_tolerance_are_none(hours, state):
    rule = {"kind": "defects", "of": "hours", "each": 1, "free": 1}
    assert judged_rows(rule, rows_with("hours", hours)).state == state


def test_defects_that_take_all_points_but_for_rounding_are_unmet():
    rows = rows_with("hours", *[0.1] * 100)
    assert judged_rows({"kind": "defects", "of": "hours", "each": 1}, rows).state == "unmet"


# mean_score ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "expected"), [((10,), 1), ((8, 6), 0.7), ((12, 0), 0.5), ((-3, 10), 0.5), ((None, 10), 0.5)]
)
def test_a_mean_of_scores_out_of_the_full_mark(scores, expected):
    rule = {"kind": "mean_score", "score": "hours", "full": 10}
    assert fraction(rule, rows_with("hours", *scores)) == approx(expected)


@pytest.mark.parametrize(
    ("deductions", "expected"), [((0,), 1), ((0.3, 0.1), 0.8), ((1.4, 0), 0.5), ((-1,), 1), ((None, 1), 0.5)]
)
def test_a_mean_of_what_deductions_leave_and_a_blank_deducts_nothing(deductions, expected):
    rule = {"kind": "mean_score", "deduction": "hours"}
    assert fraction(rule, rows_with("hours", *deductions)) == approx(expected)


# parts ---------------------------------------------------------------------------------------------------------------


def parts(*shares_and_rules, **others):
    return {"kind": "parts", "parts": [{"share": share, "rule": rule, **others} for share, rule in shares_and_rules]}


TWO = {"kind": "count", "target": 2}


def test_parts_add_up_by_their_shares():
    assert fraction(parts((0.4, TWO), (0.6, YES_NO)), [{"done": True}]) == approx(0.8)
    assert fraction(parts((0.4, TWO), (0.6, YES_NO)), [{"done": False}]) == approx(0.2)


def test_a_part_not_due_leaves_its_share_to_the_others():
    later = covers({"value": "清明", "due": 12})
    assert fraction(parts((0.5, later), (0.3, TWO), (0.2, YES_NO)), [{"done": True}]) == approx((0.3 * 0.5 + 0.2) / 0.5)


def test_parts_are_not_due_when_none_is():
    later = covers({"value": "清明", "due": 12})
    assert judged_rows(parts((0.5, later), (0.5, later)), [{"done": True}]).state == "not_due"


def test_parts_without_a_row_are_missing():
    assert judged_rows(parts((0.5, TWO), (0.5, YES_NO)), []).state == "missing"


def test_a_missing_part_counts_0_beside_one_with_rows():
    rule = parts((0.25, TWO), (0.75, YES_NO))
    rule["parts"][1]["where"] = [{"field": "name", "equals": "甲"}]
    assert fraction(rule, [{}, {}]) == approx(0.25)


def test_a_part_of_no_share_in_sight_is_missing_like_one_without_rows():
    whole_0 = {"kind": "share", "of": "people", "part": DONE, "target": 1}
    assert judged_rows(parts((0.5, whole_0), (0.5, whole_0)), [{"done": True}]).state == "missing"
    assert fraction(parts((0.5, whole_0), (0.5, YES_NO)), [{"done": True}]) == approx(0.5)


def test_a_part_adds_its_conditions_to_those_of_the_criterion():
    rule = parts((1, TWO), where=[{"field": "done", "equals": True}])
    rows = [{"done": True, "kind": "讲座"}, {"done": True, "kind": "参观A"}, {"done": False, "kind": "讲座"}]
    assert fraction(rule, rows, where=[{"field": "kind", "equals": "讲座"}]) == approx(0.5)


def test_a_part_with_its_own_ledger_selects_by_its_own_conditions_alone():
    rule = {"kind": "parts", "parts": [{"share": 0.5, "rule": TWO}, {"share": 0.5, "from": "acts", "rule": TWO}]}
    where = [{"field": "kind", "equals": "讲座"}]
    both = report(places=[{"kind": "讲座"}, {"kind": "参观A"}], acts=[{"kind": "参观A"}, {"kind": "参观A"}])
    assert judged(rule, [both], where=where).fraction == approx(0.75)


def test_defects_in_a_part_use_the_full_points_of_the_criterion():
    assert fraction(parts((0.5, {"kind": "defects", "each": 5}), (0.5, YES_NO)), [{"done": True}]) == approx(0.75)


def test_a_part_that_wants_no_defect_and_finds_none_is_met():
    rule = parts((0.4, {"kind": "defects", "each": 1}), (0.6, TWO))
    found = judged_rows(rule, [])
    assert (found.state, found.fraction) == ("partial", approx(0.4))


# verified_by ---------------------------------------------------------------------------------------------------------


def seen(*grades, criterion="K1"):
    return [{"criterion": criterion, "level": grade} for grade in grades]


BY_GRADE = {"ledger": "places", "grade": "level"}
BY_SCORE = {"ledger": "places", "score": "hours", "full": 10}


@pytest.mark.parametrize(
    ("rows", "state", "expected"),
    [
        (seen("A"), "met", 1),
        (seen("A", "B"), "partial", 0.83),
        (seen("C#"), "unmet", 0),
        (seen("A", None), "partial", 0.5),
        (seen("A", criterion=" Ｋ1 "), "met", 1),
    ],
)
def test_observations_outweigh_what_is_reported(rows, state, expected):
    reports = [report(acts=[{"done": False}], places=rows)]
    found = judged(YES_NO, reports, **{"from": "acts", "verified_by": BY_GRADE})
    assert (found.state, found.fraction, found.own) == (state, approx(expected), 0)


def test_observations_of_other_criteria_verify_nothing():
    reports = [report(acts=[{"done": True}], places=seen("C#", criterion="K2"))]
    found = judged(YES_NO, reports, **{"from": "acts", "verified_by": BY_GRADE})
    assert (found.state, found.reason.code) == ("met", "all_yes")


@pytest.mark.parametrize(("scores", "expected"), [((8, 6), 0.7), ((12, None), 0.5)])
def test_observations_can_be_scores(scores, expected):
    rows = [{"criterion": "K1", "hours": score} for score in scores]
    assert judged(YES_NO, [report(places=rows)], **{"from": "acts", "verified_by": BY_SCORE}).fraction == approx(
        expected
    )


# bonus ---------------------------------------------------------------------------------------------------------------


def test_a_bonus_adds_points_for_every_row():
    assert bonus_of({"points": 1.5}, [report(places=[{}, {}])]) == 3
    assert bonus_of({"points": -2}, [report(places=[{}, {}])]) == -4
    assert bonus_of({"points": 1.5}, [report()]) == 0


def test_a_bonus_can_be_a_field_and_a_blank_adds_nothing():
    assert bonus_of({"field": "hours"}, [report(places=rows_with("hours", 0.5, None, 2.0))]) == approx(2.5)


def test_a_bonus_stays_within_its_floor_and_cap():
    item = {"field": "hours", "floor": -3, "cap": 4}
    assert [bonus_of(item, [report(places=rows_with("hours", value))]) for value in (-5, -3, 0, 4, 4.5)] == [
        -3,
        -3,
        0,
        4,
        4,
    ]


@pytest.mark.parametrize(("alike", "expected"), [(1, 3), (2, 6), (3, 8)])
def test_a_group_large_enough_counts_times_its_factor(alike, expected):
    item = {"points": 1, "group": {"by": ["kind", "done"], "at_least": 2, "factor": 2}}
    rows = [{"kind": "讲座", "done": True}, {"kind": " 讲座", "done": True}, {"kind": "讲座", "done": True}]
    others = [{"kind": "讲座", "done": False}, {"kind": "参观A", "done": True}]
    assert bonus_of(item, [report(places=rows[:alike] + others)]) == expected


def test_a_blank_in_what_groups_rows_groups_with_nobody():
    item = {"points": 1, "group": {"by": ["kind"], "at_least": 2, "factor": 0.5}}
    assert bonus_of(item, [report(places=rows_with("kind", None, None, "讲座", "讲座"))]) == 3
