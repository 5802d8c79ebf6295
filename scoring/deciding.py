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
from scoring.presence import NEVER, Presence
from scoring.rules import TOLERANCE
from scoring.selection import tasks_of
from scoring.states import MET, MISSING, NOT_APPLICABLE, NOT_DUE, NOT_INSPECTED, NOT_REPORTED, PARTIAL, UNMET
from scoring.tally import Tally
from scoring.verifying import Verified, ask_verification

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

    def ask(self, criterion: Criterion) -> Callable[[], Finding]:
        """Asks what the criterion needs to know; the answer is its finding."""
        tasks = tasks_of(criterion)
        judgements = [judge(task, self._tallies[task.selection.ledger], criterion.points) for task in tasks]
        verification = ask_verification(criterion, self._tallies)

        def decided() -> Finding:
            outcome = combined(tasks, judgements)
            return self._decide(criterion, outcome, verification() if verification else None)

        return decided

    def _decide(self, criterion: Criterion, outcome: Outcome, verified: Verified | None) -> Finding:
        """The steps from the last to the first: each overrules those before it."""
        reported = self._counts_as_reported(criterion)
        state = state_of(outcome.fraction)
        state[outcome.missing] = MISSING
        state[~outcome.found & ~reported] = NOT_REPORTED
        state[~outcome.due] = NOT_DUE
        for c in self._declared_here(criterion):
            state[c] = NOT_APPLICABLE
        state[self._unvisited(criterion)] = NOT_INSPECTED
        fraction = np.where(np.isin(state, (MISSING, NOT_REPORTED)), 0.0, outcome.fraction)
        own = np.full(len(state), np.nan)
        if verified is not None:
            own = np.where(verified.there & outcome.due, outcome.fraction, np.nan)
            state = np.where(verified.there, state_of(verified.outcome.fraction), state).astype(np.int8)
            fraction = np.where(verified.there, verified.outcome.fraction, fraction)
        if criterion.due and self._community.month % 12 + 1 not in criterion.due:
            state, own = np.full_like(state, NOT_DUE), np.full(len(state), np.nan)
        fraction = np.where(np.isin(state, (NOT_INSPECTED, NOT_APPLICABLE, NOT_DUE)), np.nan, fraction)
        return Finding(state, fraction, own, self._describe(criterion, state, outcome, verified))

    def _office_kept(self, criterion: Criterion) -> bool:
        """Whether all that the criterion looks at is kept by the office."""
        ledgers = {task.selection.ledger for task in tasks_of(criterion)}
        return all(self._edition.ledger(code).kept_by == "office" for code in ledgers)

    def _unvisited(self, criterion: Criterion) -> Truths:
        if not self._office_kept(criterion):
            return np.zeros(len(self.reported), bool)
        return np.asarray(self._office.newest(criterion.window) == NEVER)

    def _counts_as_reported(self, criterion: Criterion) -> Truths:
        return ~self._unvisited(criterion) if self._office_kept(criterion) else self.reported

    def _declared_here(self, criterion: Criterion) -> dict[int, str]:
        """The communities that declare the criterion not applicable, and why."""
        if not criterion.optional:
            return {}
        if criterion.window not in self._declared:
            self._declared[criterion.window] = self._community.declared(self._edition, criterion.window)
        return self._declared[criterion.window].get(criterion.code, {})

    def _describe(
        self, criterion: Criterion, state: States, outcome: Outcome, verified: Verified | None
    ) -> Callable[[int], Reason]:
        """The reason of one community's finding, made when it is asked for."""
        office_kept = self._office_kept(criterion)

        def described(c: int) -> Reason:
            reason = self._reason(criterion, int(state[c]), c, outcome, verified)
            marks: dict[str, Any] = {"ledgers": sorted({task.selection.ledger for task in tasks_of(criterion)})}
            if not office_kept and not self.reported[c] and state[c] in (MET, PARTIAL, UNMET, MISSING):
                marks["month_unreported"] = True
            return Reason(reason.code, reason.values | marks)

        return described

    def _reason(self, criterion: Criterion, state: int, c: int, outcome: Outcome, verified: Verified | None) -> Reason:
        if state == NOT_DUE:
            seasonal = bool(criterion.due) and self._community.month % 12 + 1 not in criterion.due
            return Reason("not_due_month", {"months": list(criterion.due)}) if seasonal else Reason("not_due_yet")
        if verified is not None and verified.there[c]:
            observed = verified.outcome.describe(c).values
            own = float(outcome.fraction[c]) if outcome.due[c] else None
            return Reason("verified", {"mean": observed["mean"], "rows": observed["rows"], "self": own})
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


def state_of(fraction: Fractions) -> States:
    """Met, partial or unmet by the fraction alone, with the tolerance of scoring.md §5."""
    some = np.where(fraction <= TOLERANCE, UNMET, PARTIAL)
    return np.where(reached(fraction, 1.0), MET, some).astype(np.int8)
