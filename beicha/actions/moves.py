"""Which criteria move a community's score from one set of reports to another, and why they stand as they do then."""

from dataclasses import dataclass

import numpy as np

from scoring.assessment import Assessment
from scoring.outcomes import Reason
from scoring.rollup import Standing

_NOTHING = 1e-9


@dataclass(frozen=True)
class Move:
    """A criterion (or a bonus, which has no reason) whose points change; None where it does not count."""

    code: str
    title: str
    before: float | None
    after: float | None
    reason: Reason | None

    @property
    def change(self) -> float:
        """What is gained; what is lost is below 0."""
        return (self.after or 0.0) - (self.before or 0.0)


@dataclass(frozen=True)
class Change:
    """A community's score before and after (None where it has none), and what moves it, the largest move first."""

    before: float | None
    after: float | None
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Outlook:
    """How some communities would stand with some reports; they come first in the standing, which may hold others."""

    assessment: Assessment
    standing: Standing


def change(before: Outlook, after: Outlook, community: int) -> Change:
    """What changes for a community, by its index, between two outlooks under one edition."""
    moves = [*_criteria(before, after, community), *_bonuses(before, after, community)]
    moves.sort(key=lambda move: -abs(move.change))
    return Change(_score(before, community), _score(after, community), tuple(moves))


def _score(outlook: Outlook, community: int) -> float | None:
    score = outlook.standing.score[community]
    return None if np.isnan(score) else float(score)


def _criteria(before: Outlook, after: Outlook, community: int) -> list[Move]:
    old, new = _earned(before, community), _earned(after, community)
    return [
        Move(criterion.code, criterion.title, old[k], new[k], after.assessment.reason(community, k))
        for k, criterion in enumerate(after.assessment.edition.criteria)
        if _moves(old[k], new[k])
    ]


def _earned(outlook: Outlook, community: int) -> list[float | None]:
    """The points of each criterion, None where it does not count."""
    standing = outlook.standing
    counted = zip(standing.earned[community], standing.in_denominator[community], strict=True)
    return [float(points) if counts else None for points, counts in counted]


def _bonuses(before: Outlook, after: Outlook, community: int) -> list[Move]:
    old, new = before.assessment.bonus[community], after.assessment.bonus[community]
    return [
        Move(bonus.code, bonus.title, float(old[k]), float(new[k]), None)
        for k, bonus in enumerate(after.assessment.edition.bonuses)
        if _moves(float(old[k]), float(new[k]))
    ]


def _moves(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(after - before) > _NOTHING
