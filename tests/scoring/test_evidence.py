"""A lost point opens down to its rows: the rows listed are the rows that counted (scoring.md §2 and §4, end)."""

from collections import Counter

from hypothesis import given, settings

from scoring.evidence import evidence, unmatched
from scoring.periods import month_number
from tests.scoring import reference
from tests.scoring.small import MARCH, criterion, day, edition, report, visit
from tests.scoring.strategies import cases

FEWER = settings.default.max_examples * 2 // 5
"""For properties whose examples take longer than others do."""

COUNTED = ("met", "unmet", "blank_field", "beside")


def selections(facts, item):
    """The ledgers and conditions by which a criterion looks at rows; its observations come last."""
    parts = item.rule.parts if item.rule.kind == "parts" else [None]
    for part in parts:
        if part is None or part.ledger is None:
            yield item.ledger, (*item.where, *(part.where if part else ())), None
        else:
            yield part.ledger, part.where, None
    if item.verified_by is not None:
        yield item.verified_by.ledger, (), item.verified_by.criterion


def rows_that_count(facts, item):
    """How many rows the reference looks at for a criterion, over all its parts and observations."""
    window, total = reference.window_of(item.window, facts.t), 0
    for code, where, names in selections(facts, item):
        for row in reference.rows_in_window(facts, facts.edition.ledger(code), window, item.dated):
            mine = names is None or reference.plain(item.code) in reference.held(row[names])
            total += mine and reference.meets_all(row, where)
    return total


@settings(max_examples=FEWER)
@given(cases(communities=1))
def test_the_rows_listed_for_a_finding_are_those_that_counted(drawn):
    facts = reference.facts_of(drawn.edition, "c1", drawn.t, drawn.reports)
    for item in drawn.edition.criteria:
        marks = Counter(evidence(drawn.edition, drawn.t, drawn.reports, item.code)["mark"])
        assert sum(marks[mark] for mark in COUNTED) == rows_that_count(facts, item)


@settings(max_examples=FEWER)
@given(cases(communities=1))
def test_the_rows_listed_for_a_bonus_or_veto_are_those_that_counted(drawn):
    facts = reference.facts_of(drawn.edition, "c1", drawn.t, drawn.reports)
    for item in (*drawn.edition.bonuses, *drawn.edition.vetoes):
        marks = Counter(evidence(drawn.edition, drawn.t, drawn.reports, item.code)["mark"])
        assert sum(marks[mark] for mark in COUNTED) == len(reference.selected(facts, item, item.where))


@settings(max_examples=FEWER)
@given(cases(communities=1))
def test_every_row_of_the_month_is_looked_at_or_listed_as_left_over(drawn):
    items = [*drawn.edition.criteria, *drawn.edition.bonuses, *drawn.edition.vetoes]
    now = [report for report in drawn.reports if report.month == drawn.t]
    seen = {
        (row.ledger, row.sheet, row.row)
        for item in items
        for row in evidence(drawn.edition, drawn.t, now, item.code).itertuples()
        if row.mark in COUNTED
    }
    listed = {(row.ledger, row.sheet, row.row) for row in unmatched(drawn.edition, drawn.t, now).itertuples()}
    every = {
        (code, sheet, row)
        for report in now
        for code, rows in report.ledgers.items()
        for sheet, row in zip(rows.sheet, rows.row, strict=True)
    }
    assert seen | listed == every


def marks(rule, rows, **keys):
    made = edition(criterion(rule, **keys))
    found = evidence(made, month_number(MARCH), [report(places=rows)], "K1")
    return list(zip(found["row"], found["mark"], strict=True))


def test_rows_say_what_each_did_for_the_finding():
    assert marks({"kind": "yes_no", "field": "done"}, [{"done": True}, {"done": False}, {}]) == [
        (2, "met"),
        (3, "unmet"),
        (4, "blank_field"),
    ]


def test_a_row_with_none_of_the_wanted_values_fails_nothing():
    rule = {"kind": "covers", "field": "kind", "values": [{"value": "讲座"}]}
    assert marks(rule, [{"kind": "讲座"}, {"kind": "其他"}, {}]) == [(2, "met"), (3, "beside"), (4, "blank_field")]


def test_rows_that_lack_a_condition_are_marked():
    rule = {"kind": "each", "has": [{"field": "people", "at_least": 3}]}
    assert marks(rule, [{"people": 3}, {"people": 2}]) == [(2, "met"), (3, "unmet")]


def test_a_row_that_another_condition_keeps_out_is_not_among_them():
    where = [{"field": "kind", "equals": "讲座"}]
    assert marks({"kind": "count", "target": 1}, [{"kind": "参观A"}, {"kind": "讲座"}], where=where) == [(3, "met")]


def test_a_dated_state_lists_what_its_date_keeps_out():
    rows = [{"day": day("2026-03-01")}, {"day": day("2026-02-28")}, {}]
    found = marks({"kind": "count", "target": 1}, rows, dated=True)
    assert found == [(2, "met"), (3, "out_of_window"), (4, "out_of_window")]


def test_observations_are_listed_as_such():
    made = edition(criterion(verified_by={"ledger": "checks", "grade": "level"}))
    rows = [{"criterion": "K1", "level": "B"}, {"criterion": "K2", "level": "A"}]
    found = evidence(made, month_number(MARCH), [visit(checks=rows)], "K1")
    assert found[["ledger", "row", "part"]].values.tolist() == [["checks", 2, "verified_by"]]
