"""The eight states: when each is the one, and which decides first (scoring.md §4)."""

import math

import pytest
from pytest import approx

from tests.scoring.small import MARCH, day, judged, report, visit

TWO = {"kind": "count", "target": 2}
CLEAN = {"kind": "defects", "each": 1}
LATER = {"kind": "covers", "field": "topics", "values": [{"value": "清明", "due": 4}]}
EACH_MONTH = {"kind": "frequency", "times": 1, "every": "month"}
OBSERVED = {"ledger": "checks", "grade": "level"}


def seen(grade="B"):
    return visit(checks=[{"criterion": "K1", "level": grade}])


@pytest.mark.parametrize(("rows", "state"), [(2, "met"), (3, "met"), (1, "partial"), (0, "missing")])
def test_a_reported_month_is_met_partial_or_missing(rows, state):
    assert judged(TWO, [report(places=[{}] * rows)]).state == state


def test_unmet_is_a_row_that_earns_nothing():
    found = judged({"kind": "yes_no", "field": "done"}, [report(places=[{"done": False}])])
    assert (found.state, found.fraction) == ("unmet", 0)


def test_missing_is_a_submission_in_which_no_row_counts():
    found = judged(TWO, [report(acts=[{}])])
    assert (found.state, found.fraction, found.reason.code) == ("missing", 0, "no_rows")


def test_not_reported_is_a_month_without_a_submission_where_no_row_counts():
    for reports in ([], [report("2026-02", places=[{}])], [report("2026-04", places=[{}])], [visit(checks=[{}])]):
        found = judged(TWO, reports)
        assert (found.state, found.reason.code) == ("not_reported", "not_reported")


def test_no_defects_are_only_met_where_the_month_was_reported():
    assert judged(CLEAN, [report()]).state == "met"
    assert judged(CLEAN, []).state == "not_reported"
    assert judged(CLEAN, [report("2026-02")], window="year").state == "not_reported"


def test_rows_of_earlier_periods_decide_for_an_unreported_month_and_carry_the_mark():
    found = judged(TWO, [report("2026-02", places=[{}])], window="year")
    assert (found.state, found.fraction, found.values["month_unreported"]) == ("partial", 0.5, True)


def test_a_reported_month_carries_no_mark():
    found = judged(TWO, [report("2026-02", acts=[{}]), report(acts=[])], **{"from": "acts", "window": "year"})
    assert found.state == "partial"
    assert not found.values.get("month_unreported")


# Not inspected -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ledger", ["checks", "spots"])
def test_an_office_ledger_without_a_visit_is_not_inspected(ledger):
    for reports in ([], [report()], [report(), visit("2026-02")], [visit("2026-04")]):
        found = judged(TWO, reports, **{"from": ledger})
        assert (found.state, found.reason.code) == ("not_inspected", "no_visit")
        assert math.isnan(found.fraction)


@pytest.mark.parametrize("ledger", ["checks", "spots"])
def test_a_visit_counts_as_reported_even_where_it_finds_nothing(ledger):
    assert judged(TWO, [visit()], **{"from": ledger}).state == "missing"
    assert judged(CLEAN, [visit()], **{"from": ledger}).state == "met"
    assert judged(CLEAN, [visit("2026-01")], **{"from": ledger, "window": "quarter"}).state == "met"


# Not applicable ------------------------------------------------------------------------------------------------------


def test_an_optional_criterion_can_be_declared_not_applicable():
    found = judged(TWO, [report(not_applicable=["K1"], places=[{}])], optional=True)
    assert (found.state, found.reason.code, found.values["reason"]) == ("not_applicable", "declared", "没有此项")


def test_a_declaration_where_it_is_not_allowed_changes_nothing():
    assert judged(TWO, [report(not_applicable=["K1"], places=[{}])]).state == "partial"


def test_the_newest_submission_in_the_window_decides_what_is_not_applicable():
    said, silent = report("2026-02", not_applicable=["K1"]), report(places=[{}])
    keys = {"optional": True, "window": "quarter"}
    assert judged(TWO, [said], **keys).state == "not_applicable"
    assert judged(TWO, [said, silent], **keys).state == "partial"
    assert judged(TWO, [said], month="2026-04", **keys).state == "not_reported"


# Not due -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("due", "state"), [((3,), "partial"), ((1, 12), "not_due"), ((), "partial")])
def test_a_criterion_is_looked_at_in_its_due_months_only(due, state):
    found = judged(TWO, [report(places=[{}])], due=due)
    assert found.state == state
    assert math.isnan(found.fraction) == (state == "not_due")


def test_nothing_due_yet_by_the_rule_is_not_due():
    found = judged(LATER, [report(places=[{"topics": ["端午"]}])])
    assert (found.state, found.reason.code) == ("not_due", "not_due_yet")


def test_not_due_by_the_rule_comes_before_not_reported():
    assert judged(LATER, []).state == "not_due"
    assert judged({"kind": "frequency", "times": 1, "every": "year"}, [], **{"from": "acts"}).state == "not_due"
    assert judged(EACH_MONTH, [], **{"from": "acts"}).state == "not_reported"


# The order of decision -----------------------------------------------------------------------------------------------

DECLARED = report(not_applicable=["K1"])


def test_due_months_come_before_observations():
    assert judged(TWO, [seen("A")], verified_by=OBSERVED, due=[4]).state == "not_due"


def test_observations_come_before_all_that_follows():
    for keys in ({"from": "spots"}, {"optional": True}, {"rule": LATER}, {}):
        rule = keys.pop("rule", TWO)
        found = judged(rule, [seen("B"), DECLARED], verified_by=OBSERVED, **keys)
        assert (found.state, found.fraction) == ("partial", approx(0.66))


def test_observations_decide_for_a_month_that_was_not_reported():
    assert judged(TWO, [seen("A")], verified_by=OBSERVED).state == "met"
    assert judged(TWO, [seen("C#")], verified_by=OBSERVED).state == "unmet"


def test_what_was_reported_itself_stands_beside_the_observations():
    found = judged(TWO, [seen("B"), report(places=[{}])], verified_by=OBSERVED)
    assert (found.own, found.fraction) == (0.5, approx(0.66))
    assert math.isnan(judged(TWO, [report(places=[{}])], verified_by=OBSERVED).own)


def test_observations_outside_the_window_verify_nothing():
    early = visit("2026-02", checks=[{"criterion": "K1", "level": "A", "day": day("2026-02-28")}])
    assert judged(TWO, [early, report(places=[{}])], verified_by=OBSERVED).state == "partial"
    assert judged(TWO, [early, report(places=[{}])], verified_by=OBSERVED, window="year").state == "met"


def test_not_inspected_comes_before_not_applicable():
    assert judged(TWO, [DECLARED], **{"from": "checks", "optional": True}).state == "not_inspected"
    assert judged(TWO, [DECLARED, visit()], **{"from": "checks", "optional": True}).state == "not_applicable"


def test_not_inspected_comes_before_not_due_by_the_rule():
    assert judged(LATER, [], **{"from": "checks"}).state == "not_inspected"
    assert judged(LATER, [visit()], **{"from": "checks"}).state == "not_due"


def test_not_applicable_comes_before_not_due_by_the_rule_and_before_the_rows():
    assert judged(LATER, [DECLARED], optional=True).state == "not_applicable"
    assert judged(TWO, [report(places=[{}, {}], not_applicable=["K1"])], optional=True).state == "not_applicable"


# Parts over ledgers of both keepers ----------------------------------------------------------------------------------

BOTH = {"kind": "parts", "parts": [{"share": 0.5, "rule": TWO}, {"share": 0.5, "from": "checks", "rule": TWO}]}


def test_parts_of_both_keepers_are_judged_by_the_rows_there_are():
    assert judged(BOTH, [report(places=[{}, {}])]).fraction == approx(0.5)
    assert judged(BOTH, [visit(checks=[{}])]).fraction == approx(0.25)
    assert judged(BOTH, [report()]).state == "missing"
    assert judged(BOTH, []).state == "not_reported"
    assert judged(BOTH, [visit()]).state == "not_reported"


# The tolerance -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "state"),
    [(1 - 0.5e-9, "met"), (1 - 2e-9, "partial"), (2e-9, "partial"), (0.5e-9, "unmet"), (0.0, "unmet")],
)
def test_a_fraction_within_the_tolerance_of_1_or_0_is_met_or_unmet(hours, state):
    rule = {"kind": "count", "of": "hours", "target": 1}
    found = judged(rule, [report(MARCH, places=[{"hours": hours}])])
    assert found.state == state
    assert found.fraction == approx({"met": 1, "unmet": 0}.get(state, hours), abs=1e-9)
