"""Which rows count: windows, events reported again, state, visits, text in its plain form (scoring.md §2)."""

import pytest
from pytest import approx

from scoring.evidence import evidence, unmatched
from scoring.periods import month_number
from tests.scoring.small import ACTS, CHECKS, MARCH, criterion, day, edition, judged, judged_by, report, visit

TEN = {"kind": "count", "target": 10}
PEOPLE = {"kind": "count", "of": "people", "target": 100}


def counted(days, window, month=MARCH):
    """How many of the events dated so count, when all stand in the report of the month."""
    rows = [{"day": day(text)} for text in days]
    found = judged(TEN, [report(month, acts=rows)], month, **{"from": "acts", "window": window})
    return round(found.fraction * 10)


@pytest.mark.parametrize(
    ("window", "month", "first", "before"),
    [
        ("month", "2026-03", "2026-03-01", "2026-02-28"),
        ("quarter", "2026-03", "2026-01-01", "2025-12-31"),
        ("quarter", "2026-04", "2026-04-01", "2026-03-31"),
        ("quarter", "2026-12", "2026-10-01", "2026-09-30"),
        ("year", "2026-03", "2026-01-01", "2025-12-31"),
        ("rolling 1", "2026-03", "2026-03-01", "2026-02-28"),
        ("rolling 3", "2026-01", "2025-11-01", "2025-10-31"),
        ("rolling 12", "2026-03", "2025-04-01", "2025-03-31"),
        ("since 2025-09-20", "2026-03", "2025-09-20", "2025-09-19"),
    ],
)
def test_a_window_holds_its_first_day_and_not_the_one_before(window, month, first, before):
    assert (counted([first], window, month), counted([before], window, month)) == (1, 0)


@pytest.mark.parametrize("window", ["month", "quarter", "year", "rolling 2", "since 2020-01-01"])
def test_every_window_ends_with_the_last_day_of_the_scored_month(window):
    assert (counted(["2024-02-29"], window, "2024-02"), counted(["2024-03-01"], window, "2024-02")) == (1, 0)


def test_a_window_that_starts_after_its_end_holds_nothing():
    assert counted(["2026-03-31", "2026-04-10"], "since 2026-04-05") == 0


# Events --------------------------------------------------------------------------------------------------------------


def over_months(rule, *reports, month=MARCH, **keys):
    return judged(rule, list(reports), month, **{"from": "acts", "window": "year", **keys})


def event(name, text="2026-02-10", **values):
    return {"day": day(text), "name": name, **values}


def test_events_of_all_periods_up_to_the_scored_one_add_up():
    reports = (report("2026-01", acts=[event("甲")]), report("2026-02", acts=[event("乙")]), report(acts=[event("丙")]))
    assert over_months(TEN, *reports).fraction == approx(0.3)


def test_an_event_reported_in_a_later_period_does_not_count_yet():
    assert over_months(TEN, report(acts=[event("甲")]), report("2026-04", acts=[event("乙")])).fraction == approx(0.1)


def test_an_event_can_be_reported_before_its_day_comes():
    assert over_months(TEN, report("2026-01", acts=[event("甲", "2026-03-31")])).fraction == approx(0.1)


@pytest.mark.parametrize("name", ["讲堂A 1", " 讲堂A 1", "讲堂Ａ　1", "讲堂A  1 "])
def test_the_same_event_reported_again_counts_once_however_it_is_written(name):
    reports = (report("2026-02", acts=[event("讲堂A 1")]), report(acts=[event(name)]))
    assert over_months(TEN, *reports).fraction == approx(0.1)


@pytest.mark.parametrize(("name", "text"), [("讲堂B", "2026-02-10"), ("讲堂A", "2026-02-11")])
def test_another_day_or_name_is_another_event(name, text):
    reports = (report("2026-02", acts=[event("讲堂A")]), report(acts=[event(name, text)]))
    assert over_months(TEN, *reports).fraction == approx(0.2)


def test_the_newest_report_of_an_event_wins_in_whatever_order_they_come():
    older, newer = report("2026-02", acts=[event("甲", people=80)]), report(acts=[event("甲", people=30)])
    assert over_months(PEOPLE, older, newer).fraction == approx(0.3)
    assert over_months(PEOPLE, newer, older).fraction == approx(0.3)


def test_before_the_newer_report_the_older_one_stands():
    reports = (report("2026-02", acts=[event("甲", people=80)]), report(acts=[event("甲", people=30)]))
    assert over_months(PEOPLE, *reports, month="2026-02").fraction == approx(0.8)


def test_within_one_submission_the_last_row_of_an_event_wins():
    rows = [event("甲", people=80), event("乙", people=1), event("甲", people=30)]
    assert over_months(PEOPLE, report(acts=rows)).fraction == approx(0.31)


def test_only_the_surviving_row_meets_conditions():
    reports = (report("2026-02", acts=[event("甲", done=True)]), report(acts=[event("甲", done=False)]))
    done = [{"field": "done", "equals": True}]
    assert over_months(TEN, *reports, where=done).state == "missing"


def test_only_the_surviving_row_meets_the_window():
    by_name = edition(
        criterion(TEN, **{"from": "acts"}),
        ledgers=[{**ACTS, "key": ["name"]}, *edition().model_dump(by_alias=True)["ledgers"][1:]],
    )
    reports = [report("2026-02", acts=[event("甲", "2026-03-10")]), report(acts=[event("甲", "2026-02-10")])]
    assert judged_by(by_name, reports).state == "missing"
    assert judged_by(by_name, reports[:1]).fraction == approx(0.1)


def test_the_same_event_in_two_communities_is_two_events():
    reports = [report(acts=[event("甲")]), report(acts=[event("甲")], community="c2")]
    made = edition(criterion(TEN, **{"from": "acts", "window": "year"}))
    assert [judged_by(made, reports, community=c).fraction for c in ("c1", "c2")] == [approx(0.1), approx(0.1)]


def test_an_event_without_a_date_lies_in_no_window():
    ledgers = [{**ACTS, "key": ["name"]}, *edition().model_dump(by_alias=True)["ledgers"][1:]]
    made = edition(criterion(TEN, **{"from": "acts", "window": "year"}), ledgers=ledgers)
    assert judged_by(made, [report(acts=[{"day": None, "name": "甲"}])]).state == "missing"


# State ---------------------------------------------------------------------------------------------------------------


def test_the_newest_report_is_the_whole_truth_of_a_state():
    reports = [report("2026-02", places=[{}, {}, {}]), report(places=[{}])]
    assert judged(TEN, reports, window="year").fraction == approx(0.1)


def test_a_state_stands_while_its_period_lies_in_the_window():
    reports = [report("2026-01", places=[{}, {}])]
    assert judged(TEN, reports, window="quarter").fraction == approx(0.2)
    assert judged(TEN, reports, month="2026-04", window="quarter").state == "not_reported"


def test_a_period_lies_in_a_window_that_begins_within_it():
    reports = [report("2026-01", places=[{}])]
    assert judged(TEN, reports, window="since 2026-01-31").fraction == approx(0.1)
    assert judged(TEN, reports, window="since 2026-02-01").state == "not_reported"


def test_a_newer_report_without_the_ledger_or_with_it_empty_leaves_no_row():
    older = report("2026-02", places=[{}])
    assert judged(TEN, [older, report()], window="year").state == "missing"
    assert judged(TEN, [older, report(places=[])], window="year").state == "missing"


def test_rows_of_a_state_count_whatever_their_date_unless_dates_are_asked_for():
    rows = [{"day": day("2026-03-01")}, {"day": day("2025-01-01")}, {"day": None}]
    assert judged(TEN, [report(places=rows)]).fraction == approx(0.3)
    assert judged(TEN, [report(places=rows)], dated=True).fraction == approx(0.1)


def test_equal_rows_of_a_state_are_as_many_things():
    assert judged(TEN, [report(places=[{"name": "牌"}, {"name": "牌"}])]).fraction == approx(0.2)


# The office's ledgers ------------------------------------------------------------------------------------------------


def test_an_office_state_is_that_of_the_newest_visit_in_the_window():
    visits = [visit("2026-01", spots=[{}, {}]), visit("2026-02", spots=[{}])]
    assert judged(TEN, visits, **{"from": "spots", "window": "quarter"}).fraction == approx(0.1)
    assert judged(TEN, [*visits, visit()], **{"from": "spots", "window": "quarter"}).state == "missing"


def test_office_events_of_all_visits_add_up():
    visits = [visit("2026-02", checks=[{}]), visit(checks=[{}, {}])]
    assert judged(TEN, visits, **{"from": "checks", "window": "year"}).fraction == approx(0.3)


def test_what_a_community_writes_into_an_office_ledger_does_not_count():
    reports = [report(checks=[{}]), visit(checks=[])]
    assert judged(TEN, reports, **{"from": "checks"}).state == "missing"


def test_a_ledger_named_by_another_date_field_is_dated_by_it():
    ledgers = [{**ACTS, "date": "until", "key": ["name"]}, CHECKS, *edition().model_dump(by_alias=True)["ledgers"][1:2]]
    made = edition(criterion(TEN, **{"from": "acts"}), ledgers=ledgers)
    rows = [
        {"day": day("2020-01-01"), "until": day("2026-03-31"), "name": "甲"},
        {"day": day("2026-03-01"), "name": "乙"},
    ]
    assert judged_by(made, [report(acts=rows)]).fraction == approx(0.1)


# Nothing is dropped in silence ---------------------------------------------------------------------------------------


def test_a_row_left_out_for_its_date_is_listed():
    made = edition(criterion(TEN, **{"from": "acts"}))
    reports = [report(acts=[event("甲", "2026-03-10"), event("乙", "2026-04-01")])]
    rows = evidence(made, month_number(MARCH), reports, "K1")
    assert rows[["row", "mark"]].values.tolist() == [[2, "met"], [3, "out_of_window"]]


def test_a_replaced_event_is_listed_beside_the_row_that_replaced_it():
    made = edition(criterion(TEN, **{"from": "acts", "window": "year"}))
    reports = [report("2026-02", acts=[event("甲")]), report(acts=[event("甲")])]
    rows = evidence(made, month_number(MARCH), reports, "K1")
    assert sorted(rows[["period", "mark"]].values.tolist()) == [["2026-02", "replaced"], ["2026-03", "met"]]


def test_a_row_that_serves_no_criterion_is_listed():
    made = edition(criterion(TEN, where=[{"field": "done", "equals": True}]))
    reports = [report(places=[{"done": True}, {"done": False}], acts=[event("甲")])]
    rows = unmatched(made, month_number(MARCH), reports)
    assert rows[["ledger", "row", "mark"]].values.tolist() == [
        ["acts", 2, "no_criterion"],
        ["places", 3, "no_criterion"],
    ]
