"""The rule kinds at work: each asks its questions of a tally and answers with an outcome (scoring.md §3).

A judge works in two steps, so that all questions to a ledger are counted in one pass: called, it asks; the
function it gives back, called later, judges.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from scoring.conditions import Condition
from scoring.outcomes import Fractions, Outcome, Reason, Truths, credited, divided, reached
from scoring.periods import UNIT_MONTHS, first_day, last_day, month_of
from scoring.rules import Count, Covers, Defects, Each, Frequency, Grade, MeanScore, Share, YesNo
from scoring.selection import Selection, Task
from scoring.tally import Ask, Sums, Tally

Judgement = Callable[[], Outcome]


def judge(task: Task, tally: Tally, points: float) -> Judgement:
    """Asks what the task's rule needs to know; ``points`` are the criterion's."""
    if isinstance(task.rule, Defects):
        return _defects(task.rule, task.selection, tally, points)
    return _JUDGES[type(task.rule)](task.rule, task.selection, tally)


def _outcome(fraction: Fractions, rows: Any, describe: Callable[[int], Reason], due: Truths | None = None) -> Outcome:
    found = rows > 0
    due = np.ones(len(found), bool) if due is None else due
    return Outcome(np.where(found, fraction, 0.0), found, ~found, due, describe)


@lru_cache(maxsize=4096)
def _blank(field: str) -> Condition:
    return Condition(field=field, absent=True)


@lru_cache(maxsize=4096)
def _says(field: str, value: str | bool) -> Condition:
    return Condition(field=field, equals=value)


def _yes_no(rule: YesNo, selection: Selection, tally: Tally) -> Judgement:
    rows = tally.count(tally.ask(selection))
    yes = tally.count(tally.ask(selection, [_says(rule.field, True)]))
    blank = tally.count(tally.ask(selection, [_blank(rule.field)]))

    def judged() -> Outcome:
        n, said, empty = rows(), yes(), blank()

        def describe(c: int) -> Reason:
            values = {"rows": int(n[c]), "no": int(n[c] - said[c]), "blank": int(empty[c]), "field": rule.field}
            return Reason("all_yes" if n[c] == said[c] else "answered_no", values)

        return _outcome((n == said).astype(np.float64), n, describe)

    return judged


def _grade(rule: Grade, selection: Selection, tally: Tally) -> Judgement:
    rows = tally.count(tally.ask(selection))
    blank = tally.count(tally.ask(selection, [_blank(rule.field)]))
    graded = [
        (tally.count(tally.ask(selection, [_says(rule.field, grade)])), coefficient)
        for grade, coefficient in rule.ladder.items()
    ]

    def judged() -> Outcome:
        n, empty = rows(), blank()
        mean = divided(np.array([count() * coefficient for count, coefficient in graded]).sum(axis=0), n)

        def describe(c: int) -> Reason:
            values = {"rows": int(n[c]), "mean": float(mean[c]), "blank": int(empty[c]), "field": rule.field}
            return Reason("grade_full" if reached(mean[c], 1.0) else "grade_mean", values)

        return _outcome(np.clip(mean, 0.0, 1.0), n, describe)

    return judged


def _added_up(of: str, selection: Selection, tally: Tally) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """What ``of`` adds up over the selection, and how many rows are blank in the field it reads."""
    ask = tally.ask(selection)
    if of == "rows":
        return tally.count(ask), lambda: np.zeros(tally.communities, np.int64)
    field = of.removeprefix("distinct ")
    blank = tally.count(tally.ask(selection, [_blank(field)]))
    return (tally.total(ask, field) if field == of else tally.distinct(ask, field)), blank


def _count(rule: Count, selection: Selection, tally: Tally) -> Judgement:
    rows = tally.count(tally.ask(selection))
    found, blank = _added_up(rule.of, selection, tally)

    def judged() -> Outcome:
        n, x, empty = rows(), found(), blank()

        def describe(c: int) -> Reason:
            values = {
                "rows": int(n[c]),
                "found": float(x[c]),
                "target": rule.target,
                "of": rule.of,
                "blank": int(empty[c]),
            }
            return Reason("count_reached" if reached(x[c], rule.target) else "count_short", values)

        return _outcome(credited(x / rule.target, rule.credit), n, describe)

    return judged


def _frequency(rule: Frequency, selection: Selection, tally: Tally) -> Judgement:
    rows = tally.count(tally.ask(selection))
    units = units_of(rule, selection, tally)
    counts = [tally.count(ask) for _, ask in units]
    over = np.array([month <= tally.month for month, _ in units], bool)

    def judged() -> Outcome:
        n = rows()
        found = np.array([count() for count in counts], np.int64).reshape(len(units), tally.communities)
        full = found >= rule.times
        due = full | over[:, None]
        credit = np.where(due, np.minimum(1.0, found / rule.times), 0.0)
        mean = divided(credit.sum(axis=0), due.sum(axis=0))

        def describe(c: int) -> Reason:
            values = {
                "rows": int(n[c]), "reached": int(full[:, c].sum()), "due": int(due[:, c].sum()),
                "times": rule.times, "every": rule.every,
            }  # fmt: skip
            return Reason("frequency_reached" if reached(mean[c], 1.0) else "frequency_short", values)

        return _outcome(mean, n, describe, due.any(axis=0))

    return judged


def units_of(rule: Frequency, selection: Selection, tally: Tally) -> list[tuple[int, Ask]]:
    """The calendar units that overlap the window: the last month of each, and the question for its rows."""
    window, size = tally.window(selection.window), UNIT_MONTHS[rule.every]
    units = []
    for start in range(month_of(window.first) // size * size, tally.month + 1, size):
        first = max(first_day(start), window.first)
        last = min(last_day(start + size - 1), window.last)
        units.append((start + size - 1, tally.ask(selection, span=(first.toordinal(), last.toordinal()))))
    return units


def _covers(rule: Covers, selection: Selection, tally: Tally) -> Judgement:
    rows = tally.count(tally.ask(selection))
    blank = tally.count(tally.ask(selection, [_blank(rule.field)]))
    counts = [tally.count(tally.ask(selection, [_says(rule.field, v.value)])) for v in rule.values]
    least = np.array([value.at_least for value in rule.values])
    now = tally.month % 12 + 1
    over = np.array([value.due is None or value.due <= now for value in rule.values], bool)

    def judged() -> Outcome:
        n, empty = rows(), blank()
        satisfied = np.array([count() for count in counts]) >= least[:, None]
        due = satisfied | over[:, None]
        share = divided(satisfied.sum(axis=0), due.sum(axis=0))

        def describe(c: int) -> Reason:
            absent = [
                value.value for value, lacks in zip(rule.values, due[:, c] & ~satisfied[:, c], strict=True) if lacks
            ]
            values = {
                "rows": int(n[c]), "satisfied": int(satisfied[:, c].sum()), "due": int(due[:, c].sum()),
                "absent": absent, "blank": int(empty[c]), "field": rule.field,
            }  # fmt: skip
            return Reason("covers_short" if absent else "covers_all", values)

        return _outcome(share, n, describe, due.any(axis=0))

    return judged


def _each(rule: Each, selection: Selection, tally: Tally) -> Judgement:
    rows = tally.count(tally.ask(selection))
    meeting = tally.count(tally.ask(selection, rule.has))

    def judged() -> Outcome:
        n, m = rows(), meeting()

        def describe(c: int) -> Reason:
            fields = sorted({condition.field for condition in rule.has})
            values = {"rows": int(n[c]), "meeting": int(m[c]), "fields": fields}
            return Reason("each_all" if n[c] == m[c] else "each_short", values)

        return _outcome(divided(m, n), n, describe)

    return judged


def _share(rule: Share, selection: Selection, tally: Tally) -> Judgement:
    whole, blank = _added_up(rule.of, selection, tally)
    part, part_blank = _part(rule, selection, tally)

    def judged() -> Outcome:
        w, p, empty = whole(), part(), blank() + part_blank()
        share = divided(p, w)

        def describe(c: int) -> Reason:
            if w[c] <= 0:
                return Reason("whole_zero", {"whole": float(w[c]), "blank": int(empty[c])})
            values = {"share": float(share[c]), "target": rule.target, "part": float(p[c]), "whole": float(w[c])}
            code = "share_reached" if reached(share[c], rule.target) else "share_short"
            return Reason(code, values | {"blank": int(empty[c])})

        return _outcome(credited(share / rule.target, rule.credit), w, describe)

    return judged


def _part(rule: Share, selection: Selection, tally: Tally) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """The part of a share, and the rows that are blank in a field of its own."""
    if rule.part_field is not None:
        blank = tally.count(tally.ask(selection, [_blank(rule.part_field)]))
        return tally.total(tally.ask(selection), rule.part_field), blank
    ask = tally.ask(selection, rule.part)
    part = tally.count(ask) if rule.of == "rows" else tally.total(ask, rule.of)
    return part, lambda: np.zeros(tally.communities, np.int64)


def _defects(rule: Defects, selection: Selection, tally: Tally, points: float) -> Judgement:
    rows = tally.count(tally.ask(selection))
    found, blank = _added_up(rule.of, selection, tally)

    def judged() -> Outcome:
        n, x, empty = rows(), found(), blank()
        left = np.clip(1.0 - rule.each * np.maximum(0.0, x - rule.free) / points, 0.0, 1.0)

        def describe(c: int) -> Reason:
            values = {
                "rows": int(n[c]), "found": float(x[c]), "free": rule.free, "each": rule.each, "blank": int(empty[c]),
            }  # fmt: skip
            return Reason("no_defects" if reached(left[c], 1.0) else "defects_found", values)

        nowhere = np.zeros(len(n), bool)
        return Outcome(left, n > 0, nowhere, ~nowhere, describe)

    return judged


def _mean_score(rule: MeanScore, selection: Selection, tally: Tally) -> Judgement:
    rows = tally.count(tally.ask(selection))
    blank = tally.count(tally.ask(selection, [_blank(rule.field)]))
    name = f"{'score' if rule.score else 'deduction'} of {rule.full}"
    total = tally.total(tally.ask(selection), rule.field, lambda numbers: _scored(rule, numbers), name)

    def judged() -> Outcome:
        n, empty = rows(), blank()
        mean = divided(total(), n)

        def describe(c: int) -> Reason:
            values = {
                "rows": int(n[c]), "mean": float(mean[c]), "full": rule.full,
                "blank": int(empty[c]), "field": rule.field,
            }  # fmt: skip
            return Reason("score_full" if reached(mean[c], 1.0) else "score_mean", values)

        return _outcome(np.clip(mean, 0.0, 1.0), n, describe)

    return judged


def _scored(rule: MeanScore, numbers: Sums) -> Sums:
    """Each row's part of the mean; a blank stands for a score or a deduction of 0."""
    ratio = numbers / rule.full
    return np.clip(ratio if rule.score else 1.0 - ratio, 0.0, 1.0)


_JUDGES: dict[type, Callable[..., Judgement]] = {
    YesNo: _yes_no,
    Grade: _grade,
    Count: _count,
    Frequency: _frequency,
    Covers: _covers,
    Each: _each,
    Share: _share,
    MeanScore: _mean_score,
}
