"""The order of decision: which of the eight states a finding has (scoring.md §4)."""

from collections.abc import Mapping, Sequence
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
from scoring.plan import CriterionPlan, plan_of
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
class Findings:
    """States, fractions and self-reported fractions, K criteria by C communities, and each criterion's reasons."""

    state: States
    fraction: Fractions
    self_fraction: Fractions
    describe: list[Describe]


class Hearing:
    """Puts every criterion's questions to the tallies, and decides all criteria over the same reports at once."""

    def __init__(self, edition: Edition, tallies: Mapping[str, Tally], community: Presence, office: Presence) -> None:
        self._edition = edition
        self._plans = plan_of(edition).criteria
        self._community = community
        self._office = office
        self._declared: dict[str, Mapping[str, dict[int, str]]] = {}
        self._judgements = [
            [judge(task, tallies[task.selection.ledger], plan.criterion.points) for task in plan.tasks]
            for plan in self._plans
        ]
        self._observing = {
            number: judge(plan.verification, tallies[plan.verification.selection.ledger], plan.criterion.points)
            for number, plan in enumerate(self._plans)
            if plan.verification is not None
        }

    @cached_property
    def reported(self) -> Truths:
        """Which communities have a submission for the scored month itself."""
        return self._community.reported

    def decide(self) -> Findings:
        """The findings; the steps go from the last to the first, each overruling those before it."""
        outcomes = [combined(plan.tasks, judged) for plan, judged in zip(self._plans, self._judgements, strict=True)]
        fraction = self._matrix([outcome.fraction for outcome in outcomes], np.float64)
        due = self._matrix([outcome.due for outcome in outcomes], bool)
        state = state_of(fraction)
        state[self._matrix([outcome.missing for outcome in outcomes], bool)] = MISSING
        found = self._matrix([outcome.found for outcome in outcomes], bool)
        state[~found & ~self._matrix([self._counts_as_reported(plan) for plan in self._plans], bool)] = NOT_REPORTED
        state[~due] = NOT_DUE
        self._set_apart(state)
        own = np.full(fraction.shape, np.nan)
        observed = {number: judged() for number, judged in self._observing.items()}
        for number, seen in observed.items():
            own[number] = np.where(seen.found & due[number], fraction[number], np.nan)
            state[number] = np.where(seen.found, state_of(seen.fraction), state[number])
            fraction[number] = np.where(seen.found, seen.fraction, fraction[number])
        idle = [number for number, plan in enumerate(self._plans) if self._out_of_season(plan.criterion)]
        state[idle], own[idle] = NOT_DUE, np.nan
        describe = [self._describe(k, state[k], outcome, observed.get(k)) for k, outcome in enumerate(outcomes)]
        return Findings(state, _fraction_in(fraction, state), own, describe)

    def _matrix(self, rows: Sequence[NDArray[Any]], dtype: type) -> NDArray[Any]:
        return np.array(rows, dtype).reshape(len(self._plans), len(self.reported))

    def _set_apart(self, state: States) -> None:
        """Marks what is declared not applicable, then what the office keeps and has not looked at."""
        for number, plan in enumerate(self._plans):
            for c in self._declared_here(plan.criterion):
                state[number, c] = NOT_APPLICABLE
            if plan.office_kept:
                state[number, ~self._counts_as_reported(plan)] = NOT_INSPECTED

    def _out_of_season(self, criterion: Criterion) -> bool:
        return bool(criterion.due) and self._community.month % 12 + 1 not in criterion.due

    def _counts_as_reported(self, plan: CriterionPlan) -> Truths:
        """What the office keeps needs no submission; a visit stands for one."""
        if not plan.office_kept:
            return self.reported
        return np.asarray(self._office.newest(plan.criterion.window) != NEVER)

    def _declared_here(self, criterion: Criterion) -> dict[int, str]:
        """The communities that declare the criterion not applicable, and why."""
        if not criterion.optional:
            return {}
        if criterion.window not in self._declared:
            self._declared[criterion.window] = self._community.declared(self._edition, criterion.window)
        return self._declared[criterion.window].get(criterion.code, {})

    def _describe(self, number: int, state: States, outcome: Outcome, observed: Outcome | None) -> Describe:
        """The reason of one community's finding, made when it is asked for."""
        plan = self._plans[number]

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
