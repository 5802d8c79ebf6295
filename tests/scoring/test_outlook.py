"""What a frequency has lost for good, and what its open units still lack, on both sides of every threshold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from scoring.assess import assess, code_facts
from scoring.outlook import CLOSING_DAYS, Outlook, Unit, count_units, first_month, outlook, period_end
from scoring.periods import last_day, month_number
from tests.scoring.small import criterion, edition, report, visit

JUNE = date(2026, 6, 30)
MAY = date(2026, 5, 31)
MONTHLY = {"kind": "frequency", "times": 2, "every": "month"}


def seen(units, today, times=2, total=12, known=date.max):
    return outlook([Unit(*unit) for unit in units], times, total, today, known)


@pytest.mark.parametrize(
    ("days", "due"), [(CLOSING_DAYS + 1, None), (CLOSING_DAYS, JUNE), (1, JUNE), (0, JUNE), (-1, None)]
)
def test_an_open_unit_that_lacks_rows_is_told_shortly_before_it_closes(days, due):
    found = seen([(JUNE, 1)], JUNE - timedelta(days=days), known=date.min)
    assert found == Outlook(0, 0, 0, due, 1 if due else 0, approx(1 / 24) if due else 0)


@pytest.mark.parametrize(("rows", "lacking"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_a_unit_with_enough_rows_lacks_nothing(rows, lacking):
    assert seen([(JUNE, rows)], JUNE, known=date.min).lacking == lacking


def test_a_closed_unit_is_lost_once_its_month_is_reported():
    after = JUNE + timedelta(days=1)
    assert seen([(MAY, 1), (JUNE, 0)], after) == Outlook(approx(1.5 / 12), 2, 2, None, 0, 0)
    assert seen([(MAY, 1), (JUNE, 0)], after, known=MAY).lost == approx(0.5 / 12)
    assert seen([(MAY, 1), (JUNE, 0)], after, known=date.min).lost == 0
    assert seen([(MAY, 1), (JUNE, 0)], JUNE).short == 1


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.integers(1, 3), st.integers(0, 400))
def test_what_is_lost_and_at_risk_never_passes_the_whole_and_falls_with_rows(rows, times, days):
    units = [Unit(last_day(month_number("2026-01") + place), count) for place, count in enumerate(rows)]
    more = [Unit(unit.last, unit.rows + 1) for unit in units]
    today = date(2026, 1, 1) + timedelta(days=days)
    found, better = (outlook(these, times, 12, today, date.max) for these in (units, more))
    assert 0 <= found.lost + found.at_risk <= 1 + 1e-9
    assert better.lost <= found.lost
    assert better.at_risk <= found.at_risk


def counted(made, reports, month, communities=("c1",)):
    found = count_units(made, month_number(month), code_facts(made, list(communities), reports))
    return [(one.criterion, one.total, [day.isoformat() for day in one.last], one.rows.tolist()) for one in found]


def acts(month, *days, **more):
    return report(month, acts=[{"day": date.fromisoformat(f"{month}-{day:02d}")} for day in days], **more)


def frequent(window="year", rule=MONTHLY, **keys):
    return criterion(rule, window=window, **{"from": "acts", **keys})


def test_the_rows_of_each_unit_are_those_that_the_score_counts():
    made = edition(frequent())
    reports = [acts("2026-01", 5, 20), acts("2026-02", 3), acts("2026-03", 1, 2, 3)]
    assert counted(made, reports, "2026-03") == [(0, 12, ["2026-01-31", "2026-02-28", "2026-03-31"], [[2], [1], [3]])]
    (found,) = count_units(made, month_number("2026-03"), code_facts(made, ["c1"], reports))
    fraction = float(assess(made, month_number("2026-03"), ["c1"], reports).fraction[0, 0])
    assert 3 * (1 - fraction) == approx(12 * found.outlook(0, date(2026, 4, 1)).lost)


@pytest.mark.parametrize(
    ("window", "every", "total", "begun"),
    [
        ("year", "month", 12, 5), ("year", "quarter", 4, 2), ("year", "half", 2, 1), ("year", "year", 1, 1),
        ("quarter", "month", 3, 2), ("quarter", "quarter", 1, 1), ("month", "month", 1, 1),
        ("rolling 3", "month", 3, 3), ("since 2026-03-10", "month", 3, 3),
    ],
)  # fmt: skip
def test_the_units_of_the_whole_period_are_counted(window, every, total, begun):
    made = edition(frequent(window, {"kind": "frequency", "times": 1, "every": every}))
    ((_, found, last, _),) = counted(made, [], "2026-05")
    assert (found, len(last)) == (total, begun)


def test_parts_and_their_shares_are_looked_at_and_other_rules_are_not():
    rule = {
        "kind": "parts",
        "parts": [{"share": 0.4, "rule": MONTHLY}, {"share": 0.6, "rule": {"kind": "count", "target": 1}}],
    }
    made = edition(criterion(), frequent(rule=rule, code="K2"))
    (found,) = count_units(made, month_number("2026-05"), code_facts(made, ["c1"], []))
    assert (found.criterion, found.share) == (1, 0.4)


def test_a_criterion_that_its_period_does_not_look_at_any_more_is_left_out():
    assert counted(edition(frequent(due=[3])), [], "2026-04") == []
    assert len(counted(edition(frequent(due=[4])), [], "2026-04")) == 1
    assert len(counted(edition(frequent(due=[12])), [], "2026-04")) == 1
    assert counted(edition(frequent("quarter", due=[7])), [], "2026-04") == []


def test_who_keeps_the_ledger_says_what_is_known():
    made = edition(frequent(), frequent(code="K2", **{"from": "checks"}))
    reports = [acts("2026-02", 3), visit("2026-03", checks=[{}])]
    own, office = count_units(made, month_number("2026-04"), code_facts(made, ["c1", "c2"], reports))
    assert own.known.tolist() == [month_number("2026-02"), -1]
    assert office.known.tolist() == [month_number("2026-03"), -1]
    assert own.outlook(1, date(2026, 4, 2)).closed == 0


def test_the_first_month_that_matters_is_that_of_the_widest_window():
    assert first_month(edition(frequent("quarter"), frequent(code="K2")), month_number("2026-05")) == month_number(
        "2026-01"
    )
    assert first_month(edition(criterion()), 7) == 7
    assert [period_end(window, month_number("2026-05")) for window in ("month", "quarter", "year", "rolling 3")] == [
        month_number(month) for month in ("2026-05", "2026-06", "2026-12", "2026-05")
    ]
