"""The order of decision: which of the eight states a finding has (scoring.md §4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.assessment import Describe
from scoring.combining import combined
from scoring.edition import Criterion, Edition
from scoring.judges import judge
from scoring.outcomes import Fractions, Outcome, Reason, Truths, reached
from scoring.plan import CriterionPlan
from scoring.presence import NEVER, Presence
from scoring.rules import TOLERANCE
from scoring.states import (
    COMPARED,
    MET,
    MISSING,
    NOT_APPLICABLE,
    NOT_DUE,
    NOT_INSPECTED,
    NOT_REPORTED,
    PARTIAL,
    UNMET,
    among,
)
from scoring.tally import Tally

States = NDArray[np.int8]


@dataclass(frozen=True)
class Finding:
    """One criterion's state, fraction and reason for every community."""

    state: States
    fraction: Fractions
    self_fraction: Fractions
    describe: Describe


class Hearing:
    """Decides criterion after criterion over the same tallies and the same reports."""

    def __init__(self, edition: Edition, tallies: Mapping[str, Tally], community: Presence, office: Presence) -> None:
        self._edition = edition
        self._tallies = tallies
        self._community = community
        self._office = office
        self._declared: dict[str, Mapping[str, dict[int, str]]] = {}

    @cached_property
    def reported(self) -> Truths:
        """Which communities have a submission for the scored month itself."""
        return np.asarray(self._community.newest("month") == self._community.month)

    def ask(self, plan: CriterionPlan) -> Callable[[], Finding]:
        """Asks what the criterion needs to know; the answer is its finding."""
        points = plan.criterion.points
        judgements = [judge(task, self._tallies[task.selection.ledger], points) for task in plan.tasks]
        observing = plan.verification
        observed = judge(observing, self._tallies[observing.selection.ledger], points) if observing else None
        return lambda: self._decide(plan, combined(plan.tasks, judgements), observed() if observed else None)

    def _decide(self, plan: CriterionPlan, outcome: Outcome, observed: Outcome | None) -> Finding:
        """The steps from the last to the first: each overrules those before it."""
        state = state_of(outcome.fraction)
        state[outcome.missing] = MISSING
        state[~outcome.found & ~self._counts_as_reported(plan)] = NOT_REPORTED
        state[~outcome.due] = NOT_DUE
        for c in self._declared_here(plan.criterion):
            state[c] = NOT_APPLICABLE
        state[self._unvisited(plan)] = NOT_INSPECTED
        fraction, own = outcome.fraction, np.full(len(state), np.nan)
        if observed is not None:
            own = np.where(observed.found & outcome.due, fraction, np.nan)
            state = np.where(observed.found, state_of(observed.fraction), state).astype(np.int8)
            fraction = np.where(observed.found, observed.fraction, fraction)
        if self._out_of_season(plan.criterion):
            state, own = np.full_like(state, NOT_DUE), np.full(len(state), np.nan)
        return Finding(state, _fraction_in(fraction, state), own, self._describe(plan, state, outcome, observed))

    def _out_of_season(self, criterion: Criterion) -> bool:
        return bool(criterion.due) and self._community.month % 12 + 1 not in criterion.due

    def _unvisited(self, plan: CriterionPlan) -> Truths:
        if not plan.office_kept:
            return np.zeros(len(self.reported), bool)
        return np.asarray(self._office.newest(plan.criterion.window) == NEVER)

    def _counts_as_reported(self, plan: CriterionPlan) -> Truths:
        """What the office keeps needs no submission; a visit stands for one."""
        return ~self._unvisited(plan) if plan.office_kept else self.reported

    def _declared_here(self, criterion: Criterion) -> dict[int, str]:
        """The communities that declare the criterion not applicable, and why."""
        if not criterion.optional:
            return {}
        if criterion.window not in self._declared:
            self._declared[criterion.window] = self._community.declared(self._edition, criterion.window)
        return self._declared[criterion.window].get(criterion.code, {})

    def _describe(self, plan: CriterionPlan, state: States, outcome: Outcome, observed: Outcome | None) -> Describe:
        """The reason of one community's finding, made when it is asked for."""

        def described(c: int) -> Reason:
            reason = self._reason(plan.criterion, int(state[c]), c, outcome, observed)
            marks: dict[str, Any] = {"ledgers": list(plan.ledgers)}
            if not plan.office_kept and not self.reported[c] and state[c] in COMPARED:
                marks["month_unreported"] = True
            return Reason(reason.code, reason.values | marks)

        return described

    def _reason(self, criterion: Criterion, state: int, c: int, outcome: Outcome, observed: Outcome | None) -> Reason:
        if state == NOT_DUE:
            seasonal = self._out_of_season(criterion)
            return Reason("not_due_month", {"months": list(criterion.due)}) if seasonal else Reason("not_due_yet")
        if observed is not None and observed.found[c]:
            found = observed.describe(c).values
            own = float(outcome.fraction[c]) if outcome.due[c] else None
            return Reason("verified", {"mean": found["mean"], "rows": found["rows"], "self": own})
        if state == NOT_INSPECTED:
            return Reason("no_visit")
        if state == NOT_APPLICABLE:
            return Reason("declared", {"reason": self._declared_here(criterion)[c]})
        if state == NOT_REPORTED:
            return Reason("not_reported")
        described = outcome.describe(c)
        if state == MISSING and described.code not in ("whole_zero", "parts_short"):
            return Reason("no_rows")
        return described


def _fraction_in(fraction: Fractions, state: States) -> Fractions:
    """The fraction as it stands with its state: 0 where nothing is there, NaN where nothing is judged."""
    lacking = np.where(among(state, (MISSING, NOT_REPORTED)), 0.0, fraction)
    return np.where(among(state, (NOT_INSPECTED, NOT_APPLICABLE, NOT_DUE)), np.nan, lacking)


def state_of(fraction: Fractions) -> States:
    """Met, partial or unmet by the fraction alone, with the tolerance of scoring.md §5."""
    some = np.where(fraction <= TOLERANCE, UNMET, PARTIAL)
    return np.where(reached(fraction, 1.0), MET, some).astype(np.int8)
