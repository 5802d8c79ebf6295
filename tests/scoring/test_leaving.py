"""Readiness on a day: what leaves its window by then no longer counts, and nothing else moves (scoring.md §6)."""

import pytest

from scoring.assess import assess
from scoring.leaving import leaving_rows
from scoring.periods import month_number
from scoring.states import STATES
from tests.scoring.small import MARCH, criterion, day, edition, report

TWO = {"kind": "count", "target": 2}
ACTS = report(acts=[{"day": day("2026-01-10")}, {"day": day("2026-03-05")}])


def stand(made, said, begins=None):
    later = None if begins is None else month_number(begins)
    found = assess(made, month_number(MARCH), ["c1"], [said], begins=later)
    return STATES[found.state[0, 0]], float(found.fraction[0, 0]), bool(found.reported[0])


def of_acts(window, rule=TWO, **keys):
    return edition(criterion(rule, **{"from": "acts", "window": window, **keys}))


@pytest.mark.parametrize(
    ("begins", "state", "fraction"),
    [(None, "met", 1), ("2026-03", "met", 1), ("2026-04", "partial", 0.5), ("2026-06", "missing", 0)],
)
def test_rows_that_leave_their_window_no_longer_count(begins, state, fraction):
    assert stand(of_acts("rolling 3"), ACTS, begins) == (state, fraction, True)


def test_what_has_no_end_of_its_window_stays():
    assert stand(of_acts("since 2026-01-01"), ACTS, "2027-06") == ("met", 1, True)


def test_a_month_that_has_left_takes_its_demand_along():
    monthly = {"kind": "frequency", "times": 1, "every": "month"}
    assert stand(of_acts("rolling 3", monthly), ACTS)[1] == pytest.approx(2 / 3)
    assert stand(of_acts("rolling 3", monthly), ACTS, "2026-05")[1] == 1
    assert stand(of_acts("rolling 3", monthly), ACTS, "2026-06")[0] == "not_due"


def test_a_list_that_was_handed_in_too_long_ago_is_missing():
    made = edition(criterion(window="rolling 2"))
    said = report(places=[{}])
    assert [stand(made, said, begins)[0] for begins in ("2026-04", "2026-05")] == ["met", "missing"]


def test_what_does_not_apply_stays_so():
    made = edition(criterion(optional=True))
    assert stand(made, report(not_applicable=["K1"]), "2026-09")[0] == "not_applicable"


def test_the_rows_that_leave_are_named():
    made, march = of_acts("rolling 3"), month_number(MARCH)
    gone = leaving_rows(made, march, month_number("2026-04"), [ACTS], "K1")
    assert [(values["day"].isoformat(), mark) for values, mark in zip(gone["values"], gone["mark"], strict=True)] == [
        ("2026-01-10", "met")
    ]
    assert leaving_rows(made, march, march, [ACTS], "K1").empty
