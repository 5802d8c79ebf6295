"""Rehearsal (迎检预演): inspectors draw communities of each street at random; what comes of it (scoring.md §6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Literal

import numpy as np

from scoring.outcomes import Fractions
from scoring.rules import TOLERANCE

GRID = 100
"""Steps of a point in which the exact way counts: scores are rounded to 0.01."""


@dataclass(frozen=True)
class Stratum:
    """The scores of a street's communities, of which so many are drawn, all draws equally likely.

    Raises ValueError where more are drawn than there are, or where a score is missing.
    """

    name: str
    scores: Fractions
    draws: int

    def __post_init__(self) -> None:
        if not 0 <= self.draws <= len(self.scores):
            raise ValueError(f"{self.draws} of {len(self.scores)} cannot be drawn")
        if np.isnan(self.scores).any():
            raise ValueError("who has no score cannot be drawn")

    @property
    def whole(self) -> bool:
        """Whether nothing is left to chance here."""
        return self.draws in (0, len(self.scores))

    def raised(self, gains: Fractions) -> "Stratum":
        """The same with scores that are higher by so much."""
        return replace(self, scores=self.scores + gains)


@dataclass(frozen=True)
class Outlook:
    """What a draw comes to: the inspected score is the mean over all drawn communities.

    ``mean`` and ``deviation`` are the closed form on unrounded scores. ``low`` and ``high`` are the 5 % and 95 %
    points. ``chance`` is that of reaching the mark; ``least`` and ``most`` are its bounds: of rounding for the exact
    way, two standard errors for trials. ``values`` (ascending) and ``weights`` are the distribution itself.
    """

    way: Literal["plain", "exact", "trials"]
    mean: float
    deviation: float
    low: float
    high: float
    chance: float
    least: float
    most: float
    values: Fractions
    weights: Fractions
    error: float = 0.0


@dataclass(frozen=True)
class WorstDraw:
    """One of the lowest draws: its score, and by stratum the places of those drawn."""

    score: float
    drawn: tuple[tuple[int, ...], ...]


def drawn_in_all(strata: Sequence[Stratum]) -> int:
    """How many communities are drawn; raises ValueError where that is none."""
    total = sum(stratum.draws for stratum in strata)
    if total == 0:
        raise ValueError("nothing is drawn")
    return total


def moments(strata: Sequence[Stratum]) -> tuple[float, float]:
    """Mean and standard deviation of the inspected score, by the closed form of drawing without replacement."""
    total = drawn_in_all(strata)
    mean = sum(s.draws * float(s.scores.mean()) for s in strata if s.draws) / total
    variance = sum(s.draws * _variance(s.scores) * (1 - s.draws / len(s.scores)) for s in strata if not s.whole)
    return mean, float(np.sqrt(variance)) / total


def _variance(scores: Fractions) -> float:
    """With one less than their number, as of a sample; quicker on a few scores than numpy's own."""
    apart = scores - scores.mean()
    return float(apart @ apart) / (len(scores) - 1)


def plain(strata: Sequence[Stratum], mark: float) -> Outlook:
    """The outlook where all are drawn: the plain mean, and no chance in it."""
    mean, _ = moments(strata)
    chance = float(mean >= mark - TOLERANCE)
    return Outlook("plain", mean, 0.0, mean, mean, chance, chance, chance, np.array([mean]), np.ones(1))


def worst_draws(strata: Sequence[Stratum], count: int) -> tuple[WorstDraw, ...]:
    """The draws with the lowest scores, the lowest first; equal ones in the order of the communities."""
    total = drawn_in_all(strata)
    best: list[tuple[float, tuple[tuple[int, ...], ...]]] = [(0.0, ())]
    for stratum in strata:
        lowest = _lowest(stratum, count)
        joined = [(have + more, (*places, drawn)) for have, places in best for more, drawn in lowest]
        best = sorted(joined)[:count]
    return tuple(WorstDraw(value / total, places) for value, places in best)


def _lowest(stratum: Stratum, count: int) -> list[tuple[float, tuple[int, ...]]]:
    """The lowest sums of one stratum: from the lowest draw on, one of its places moved up at a time."""
    order = np.argsort(stratum.scores, kind="stable")
    ranked = stratum.scores[order]
    first = tuple(range(stratum.draws))
    waiting, seen = [(float(ranked[list(first)].sum()), first)], {first}
    found: list[tuple[float, tuple[int, ...]]] = []
    while waiting and len(found) < count:
        value, places = heappop(waiting)
        found.append((value, tuple(sorted(int(order[place]) for place in places))))
        for number, place in enumerate(places):
            moved = (*places[:number], place + 1, *places[number + 1 :])
            free = place + 1 < len(ranked) and place + 1 not in places
            if free and moved not in seen:
                seen.add(moved)
                heappush(waiting, (float(ranked[list(moved)].sum()), moved))
    return found
