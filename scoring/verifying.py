"""Observations that outweigh what is reported (``verified_by``, scoring.md §3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scoring.conditions import Condition
from scoring.edition import Criterion, Verification
from scoring.judges import judge
from scoring.outcomes import Outcome
from scoring.rules import Grade, MeanScore
from scoring.selection import Selection, Task
from scoring.tally import Tally


@dataclass(frozen=True)
class Verified:
    """What the observations of a criterion say: their mean, and which communities have any."""

    outcome: Outcome

    @property
    def there(self) -> np.ndarray:
        """Which communities have observations of the criterion in its window."""
        return self.outcome.found


def verification_task(criterion: Criterion, by: Verification) -> Task:
    """The observations of a criterion as a selection and a rule: those that name its code, by grade or score."""
    where = (Condition(field=by.criterion, equals=criterion.code),)
    selection = Selection(by.ledger, criterion.window, criterion.dated, where)
    if by.grade is not None:
        return Task(selection, Grade(kind="grade", field=by.grade), 1.0)
    return Task(selection, MeanScore(kind="mean_score", score=by.score, full=by.full), 1.0)


def ask_verification(criterion: Criterion, tallies: Mapping[str, Tally]) -> Callable[[], Verified] | None:
    """Asks for a criterion's observations; None where it is not verified by any."""
    if criterion.verified_by is None:
        return None
    judgement = judge(
        verification_task(criterion, criterion.verified_by), tallies[criterion.verified_by.ledger], criterion.points
    )
    return lambda: Verified(judgement())
