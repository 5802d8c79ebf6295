"""What the text promises at its end: monotone, idempotent, order-free (scoring.md §5), on drawn cases.

A promise holds for the criteria that it speaks of, so each test first takes the others out of the drawn edition.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.edition import Edition
from scoring.periods import first_day
from scoring.rollup import roll_up
from scoring.selection import tasks_of
from tests.scoring.reference import plain, same, unique_events
from tests.scoring.strategies import FIELD_CODES, as_dicts, as_rows, cases, plain_cases

SEEDS = st.integers(0, 2**32)
PROPORTIONS = ("defects", "each", "share", "grade", "yes_no", "mean_score")
SLACK = 1e-9


def with_plain(anything, kinds):
    """Cases of every sort, and three times as often plain ones under the rules that a promise is about."""
    return st.one_of(plain_cases(kinds), plain_cases(kinds), plain_cases(kinds), anything)


def scores(case, reports=None):
    """The score of every community, 0 where it has none (it then cannot have lost any)."""
    found = assess(case.edition, case.t, case.communities, case.reports if reports is None else reports)
    return np.nan_to_num(roll_up(case.edition, found.cells(), case.areas).score, nan=-np.inf)


def with_only(case, kept):
    """The case with the criteria for which ``kept`` holds, without bonuses and observations that verify."""
    criteria = [item for item in case.edition.criteria if item.verified_by is None and kept(item)]
    assume(criteria)
    data = case.edition.model_dump(by_alias=True)
    data["criteria"] = [item.model_dump(by_alias=True) for item in criteria]
    return replace(case, edition=Edition.model_validate({**data, "bonuses": [], "vetoes": []}))


def tasks_on(criterion, ledger):
    return [task for task in tasks_of(criterion) if task.selection.ledger == ledger]


def looking_at(conditions, field):
    return [condition for condition in conditions if condition.field == field]


def pick_row(case, rng, ledgers):
    """A row of these ledgers that may count, as (number of the report, ledger, number of the row)."""
    places = [
        (n, code, i)
        for n, report in enumerate(case.reports)
        for code in ledgers
        if code in report.ledgers
        if report.month == case.t or case.edition.ledger(code).keeps == "events"
        for i in range(len(report.ledgers[code]))
    ]
    assume(places)
    return rng.choice(places)


def with_rows(reports, number, code, rows):
    """The reports with other rows of one ledger in one of them."""
    changed = replace(reports[number], ledgers={**reports[number].ledgers, code: as_rows(rows)})
    return [*reports[:number], changed, *reports[number + 1 :]]


def with_value(case, place, field, value):
    number, code, i = place
    rows = as_dicts(case.reports[number].ledgers[code])
    rows[i] = {**rows[i], field: value}
    return with_rows(case.reports, number, code, rows)


def assert_no_lower(case, changed):
    assert (scores(case, changed) >= scores(case) - SLACK).all()


# Monotone ------------------------------------------------------------------------------------------------------------


def alone(case, rng):
    """One community by itself, since what another cannot apply may move with what this one does."""
    community = rng.choice(case.communities)
    reports = [report for report in case.reports if report.community == community]
    areas = [area for area in case.areas if area.kind != "community" or area.code == community]
    return replace(case, communities=[community], reports=reports, areas=areas)


@given(with_plain(cases(criteria=8), ("count", "frequency", "covers")), SEEDS)
def test_adding_an_event_with_a_new_key_never_lowers_a_score(drawn, seed):
    rng = Random(seed)
    events = [ledger for ledger in drawn.edition.ledgers if ledger.keeps == "events"]
    assume(events)
    ledger = rng.choice(events)
    kept = with_only(
        alone(drawn, rng),
        lambda item: all(task.rule.kind not in PROPORTIONS for task in tasks_on(item, ledger.code)),
    )
    there = [n for n, report in enumerate(kept.reports) if report.kept_by == ledger.kept_by]
    assume(there)
    number = rng.choice(there)
    rows = as_dicts(kept.reports[number].ledgers[ledger.code]) if ledger.code in kept.reports[number].ledgers else []
    event = dict.fromkeys(FIELD_CODES) | {
        "day": first_day(kept.t) - timedelta(days=rng.choice((-5, 0, 1, 40, 200))),
        "name": "从未有过",
        "kind": rng.choice(("讲座", "参观A")),
        "topics": rng.choice((None, ["清明"], ["端午", "国庆2"])),
        "people": rng.choice((0, 5)),
        "hours": rng.choice((None, 0.7)),
        "done": rng.choice((None, True)),
    }
    event["until"] = event["day"]
    assert_no_lower(kept, with_rows(kept.reports, number, ledger.code, [*rows, event]))


def grows_with(item, field):
    """Whether the criterion can only gain when the number in this field rises."""
    for task in tasks_of(item):
        rule, conditions = task.rule, [*getattr(task.rule, "has", ()), *getattr(task.rule, "part", ())]
        if looking_at(task.selection.where, field):
            return False
        if any(condition.test not in ("at_least", "present") for condition in looking_at(conditions, field)):
            return False
        read = (getattr(rule, "deduction", None), getattr(rule, "of", "").removeprefix("distinct "))
        if field in read and not (rule.kind == "count" and rule.of == field):
            return False
    return True


@given(
    with_plain(cases(criteria=8), ("count", "share", "mean_score", "each")), SEEDS, st.sampled_from(("people", "hours"))
)
def test_raising_a_quantity_never_lowers_a_score(drawn, seed, field):
    rng = Random(seed)
    kept = with_only(alone(drawn, rng), lambda item: grows_with(item, field))
    ledgers = [ledger.code for ledger in kept.edition.ledgers if field not in ledger.key_fields]
    assume(ledgers)
    number, code, i = place = pick_row(kept, rng, ledgers)
    old = as_dicts(kept.reports[number].ledgers[code])[i].get(field) or 0
    assert_no_lower(kept, with_value(kept, place, field, old + rng.choice((1, 3))))


def unconditional(item, field):
    """Whether no condition, no distinct count and no list of values looks at the field."""
    return not any(
        looking_at([*task.selection.where, *getattr(task.rule, "has", ()), *getattr(task.rule, "part", ())], field)
        or getattr(task.rule, "of", "") == f"distinct {field}"
        for task in tasks_of(item)
    )


BETTER = {"C#": "C", "C": "B", "B": "A", "A": "A", None: "C#"}


@given(with_plain(cases(criteria=8), ("grade",)), SEEDS)
def test_raising_a_grade_never_lowers_a_score(drawn, seed):
    rng = Random(seed)
    kept = with_only(alone(drawn, rng), lambda item: unconditional(item, "level"))
    number, code, i = place = pick_row(kept, rng, [ledger.code for ledger in kept.edition.ledgers])
    old = as_dicts(kept.reports[number].ledgers[code])[i].get("level")
    assert_no_lower(kept, with_value(kept, place, "level", BETTER[old and plain(old)]))


@given(with_plain(cases(criteria=8), ("defects",)), SEEDS)
def test_removing_a_defect_never_lowers_the_score_of_a_reported_month(drawn, seed):
    rng = Random(seed)
    ledger = rng.choice(drawn.edition.ledgers)
    kept = with_only(
        alone(drawn, rng),
        lambda item: all(
            task.rule.kind == "defects" and not task.rule.of.startswith("distinct")
            for task in tasks_on(item, ledger.code)
        ),
    )
    assume(any(report.month == kept.t and report.kept_by == "community" for report in kept.reports))
    number, code, i = pick_row(kept, rng, [ledger.code])
    key = _key(ledger, as_dicts(kept.reports[number].ledgers[code])[i])
    changed = kept.reports
    for n, report in enumerate(kept.reports):
        if code in report.ledgers and report.kept_by == ledger.kept_by:
            rows = as_dicts(report.ledgers[code])
            gone = {i} if ledger.keeps == "state" and n == number else set()
            if ledger.keeps == "events":
                gone = {j for j, row in enumerate(rows) if _key(ledger, row) == key}
            changed = with_rows(changed, n, code, [row for j, row in enumerate(rows) if j not in gone])
    assert_no_lower(kept, changed)


def _key(ledger, row):

    return tuple(same(row.get(code)) for code in ledger.key_fields)


def gains_by_yes(item):
    """Whether a yes in ``done`` can only help: no row is selected by it, and conditions want a yes or any answer."""
    for task in tasks_of(item):
        wanted = looking_at([*getattr(task.rule, "has", ()), *getattr(task.rule, "part", ())], "done")
        if looking_at(task.selection.where, "done") or getattr(task.rule, "of", "") == "distinct done":
            return False
        if any(condition.equals is not True and not condition.present for condition in wanted):
            return False
    return True


@given(with_plain(cases(criteria=8), ("yes_no", "each", "share")), SEEDS)
def test_improving_a_row_never_lowers_a_score_where_proportions_are_looked_at(drawn, seed):
    rng = Random(seed)
    kept = with_only(alone(drawn, rng), gains_by_yes)
    place = pick_row(kept, rng, [ledger.code for ledger in kept.edition.ledgers])
    assert_no_lower(kept, with_value(kept, place, "done", True))


# Idempotent ----------------------------------------------------------------------------------------------------------


def same_everywhere(case, reports, communities=None):
    """Whether every finding, bonus and veto of every community is the same with other reports or another order."""
    one = assess(case.edition, case.t, case.communities, case.reports)
    order = communities or case.communities
    other = assess(case.edition, case.t, order, reports)
    places = [order.index(community) for community in case.communities]
    assert np.array_equal(one.state, other.state[places])
    for name in ("fraction", "self_fraction", "bonus"):
        ours, theirs = getattr(one, name), getattr(other, name)[places]
        assert np.allclose(ours, theirs, rtol=0, atol=SLACK, equal_nan=True)
    assert np.array_equal(one.veto, other.veto[places])
    assert np.array_equal(one.reported, other.reported[places])


@given(cases())
def test_events_that_a_later_submission_repeats_change_nothing(drawn):
    reports = list(drawn.reports)
    for community in drawn.communities:
        for ledger in drawn.edition.ledgers:
            theirs = [r for r in reports if r.community == community and r.kept_by == ledger.kept_by]
            known = sorted((r for r in theirs if r.month <= drawn.t), key=lambda report: report.month)
            if ledger.keeps == "events" and known and ledger.code in known[-1].ledgers:
                number, own = reports.index(known[-1]), as_dicts(known[-1].ledgers[ledger.code])
                repeated = [*unique_events(ledger, known), *own]
                reports = with_rows(reports, number, ledger.code, repeated)
    same_everywhere(drawn, reports)


@given(cases())
def test_events_reported_twice_in_one_submission_change_nothing(drawn):
    reports = []
    for report in drawn.reports:
        twice = {
            code: as_rows([*as_dicts(rows), *as_dicts(rows)]) if drawn.edition.ledger(code).keeps == "events" else rows
            for code, rows in report.ledgers.items()
        }
        reports.append(replace(report, ledgers=twice))
    same_everywhere(drawn, reports)


# Order-free ----------------------------------------------------------------------------------------------------------


def shuffled_rows(ledger, rows, rng):
    """The rows in another order, but rows of one event in the order they had: the last of them wins."""
    rows = as_dicts(rows)
    if ledger.keeps == "state":
        return as_rows(rng.sample(rows, len(rows)))
    keys = [_key(ledger, row) for row in rows]
    queues = {key: [row for row, other in zip(rows, keys, strict=True) if other == key] for key in keys}
    return as_rows([queues[key].pop(0) for key in rng.sample(keys, len(keys))])


@given(cases(), SEEDS)
def test_the_order_of_files_communities_ledgers_and_rows_changes_nothing(drawn, seed):
    rng = Random(seed)
    reports = []
    for report in rng.sample(drawn.reports, len(drawn.reports)):
        codes = rng.sample(sorted(report.ledgers), len(report.ledgers))
        shuffled = {code: shuffled_rows(drawn.edition.ledger(code), report.ledgers[code], rng) for code in codes}
        reports.append(replace(report, ledgers=shuffled))
    same_everywhere(drawn, reports, rng.sample(drawn.communities, len(drawn.communities)))


@given(cases(communities=4), SEEDS)
def test_what_others_report_and_what_comes_later_changes_no_finding(drawn, seed):
    rng = Random(seed)
    community = rng.choice(drawn.communities)
    everything = assess(drawn.edition, drawn.t, drawn.communities, drawn.reports)
    own = [report for report in drawn.reports if report.community == community and report.month <= drawn.t]
    itself = assess(drawn.edition, drawn.t, [community], own)
    place = drawn.communities.index(community)
    assert np.array_equal(everything.state[place], itself.state[0])
    assert np.allclose(everything.fraction[place], itself.fraction[0], rtol=0, atol=SLACK, equal_nan=True)
