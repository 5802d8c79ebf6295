"""The parts of a criterion put together into one outcome (rule ``parts``, scoring.md §3)."""

from collections.abc import Sequence

import numpy as np

from scoring.judges import Judgement
from scoring.outcomes import Outcome, Reason, divided, reached
from scoring.selection import Task


def combined(tasks: Sequence[Task], judgements: Sequence[Judgement]) -> Outcome:
    """The weighted outcome of a criterion's tasks; a single task's own where there are no parts.

    A part that is not due leaves its share to the others in proportion; a missing part counts 0.
    """
    outcomes = [judgement() for judgement in judgements]
    if len(outcomes) == 1 and tasks[0].share == 1.0:
        return outcomes[0]
    due = np.array([outcome.due for outcome in outcomes])
    shares = np.array([task.share for task in tasks])[:, None] * due
    fractions = np.array([outcome.fraction for outcome in outcomes])
    fraction = divided((shares * fractions).sum(axis=0), shares.sum(axis=0))
    found = np.any(due & np.array([outcome.found for outcome in outcomes]), axis=0)
    missing = ~np.any(due & ~np.array([outcome.missing for outcome in outcomes]), axis=0)

    def describe(c: int) -> Reason:
        parts = [_part(task, outcome, c) for task, outcome in zip(tasks, outcomes, strict=True)]
        return Reason("parts_met" if reached(fraction[c], 1.0) else "parts_short", {"parts": parts})

    return Outcome(np.clip(fraction, 0.0, 1.0), np.asarray(found), np.asarray(missing), np.any(due, axis=0), describe)


def _part(task: Task, outcome: Outcome, c: int) -> dict[str, object]:
    """One part's word on a community, as plain values that can be stored."""
    fraction = float(outcome.fraction[c])
    reason = _part_reason(outcome, c)
    return {
        "title": task.title,
        "share": task.share,
        "due": bool(outcome.due[c]),
        "fraction": fraction,
        "reason": reason,
    }


def _part_reason(outcome: Outcome, c: int) -> dict[str, object]:
    if not outcome.due[c]:
        return {"code": "not_due_yet", "values": {}}
    if outcome.missing[c]:
        return {"code": "no_rows", "values": {}}
    reason = outcome.describe(c)
    return {"code": reason.code, "values": reason.values}
