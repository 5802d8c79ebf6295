"""The exact way of a rehearsal: every draw of every street counted on a grid of 0.01 points, streets joined by FFT."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from scoring.outcomes import Fractions
from scoring.rehearsal import GRID, Outlook, Stratum, drawn_in_all, moments

MOST_DRAWS = 200_000
"""So many draws of one street are counted one by one; more are left to trials."""
MOST_STRATA = 64
MOST_STEPS = 8_000_000
"""So many steps of the grid may lie between the lowest and the highest sum."""
_ALMOST = 1e-6
_NOTHING = 1e-12

Whole = NDArray[np.int64]


def affordable(strata: Sequence[Stratum]) -> bool:
    """Whether the exact way is taken for these streets."""
    draws = max((comb(len(s.scores), s.draws) for s in strata), default=0)
    steps = sum(s.draws * float(np.ptp(s.scores)) * GRID for s in strata if s.draws)
    return len(strata) <= MOST_STRATA and draws <= MOST_DRAWS and steps <= MOST_STEPS


@lru_cache(maxsize=64)
def draws_of(size: int, count: int) -> NDArray[np.int16]:
    """All draws of so many of a size, a row each with the places of those drawn."""
    return np.array(list(combinations(range(size), count)), np.int16).reshape(comb(size, count), count)


@dataclass(frozen=True)
class Spread:
    """Chances of sums in steps of the grid: ``weights[n]`` is that of ``start + n``."""

    start: int
    weights: Fractions

    def joined(self, other: "Spread") -> "Spread":
        """The chances of the sum of both, drawn apart."""
        return Spread(self.start + other.start, _convolved(self.weights, other.weights))

    @cached_property
    def tail(self) -> Fractions:
        """The chance of reaching each step or more, with 0 behind the last."""
        return np.append(np.cumsum(self.weights[::-1])[::-1], 0.0)

    def reaching(self, sums: Whole) -> Fractions:
        """The chance of reaching these sums or more."""
        return self.tail[np.clip(sums - self.start, 0, len(self.weights))]


def _convolved(first: Fractions, second: Fractions) -> Fractions:
    length = len(first) + len(second) - 1
    if min(len(first), len(second)) < 32:
        return np.convolve(first, second)
    size = _fast_size(length)
    product = np.fft.irfft(np.fft.rfft(first, size) * np.fft.rfft(second, size), size)[:length]
    return np.maximum(product, 0.0)


@lru_cache(maxsize=256)
def _fast_size(length: int) -> int:
    """The least size from a length on that has no prime factor above 5: the FFT is fast there."""
    factors: list[int] = [3**threes * 5**fives for threes in range(8) for fives in range(6)]
    sizes: list[int] = [factor * 2 ** max(-(-length // factor) - 1, 0).bit_length() for factor in factors]
    return min(sizes)


def _steps(scores: Fractions) -> Whole:
    return np.rint(scores * GRID).astype(np.int64)


def spread_of(stratum: Stratum) -> Spread:
    """The chances of the sum of the scores drawn in one street."""
    sums = _steps(stratum.scores)[draws_of(len(stratum.scores), stratum.draws)].sum(axis=1, dtype=np.int64)
    low = int(sums.min())
    return Spread(low, np.bincount(sums - low) / len(sums))


def spread_together(strata: Sequence[Stratum]) -> Spread:
    """The chances of the sum over all streets; small ones are joined first."""
    spreads = [spread_of(stratum) for stratum in strata]
    while len(spreads) > 1:
        spreads.sort(key=lambda spread: len(spread.weights))
        spreads = [*spreads[2:], spreads[0].joined(spreads[1])]
    return spreads[0]


def exact(strata: Sequence[Stratum], mark: float) -> Outlook:
    """The outlook on the grid. Its mean score is off by at most half a step, which bounds the chance."""
    total, (mean, deviation) = drawn_in_all(strata), moments(strata)
    spread = spread_together(strata)
    values = (spread.start + np.arange(len(spread.weights))) / (GRID * total)
    half = 0.5 / GRID
    below = np.cumsum(spread.weights)
    low, high = (float(values[min(int(np.searchsorted(below, p - _NOTHING)), len(values) - 1)]) for p in (0.05, 0.95))
    chance, least, most = (_reach(spread, total, mark + shift) for shift in (0.0, half, -half))
    there = spread.weights > 0
    return Outlook("exact", mean, deviation, low, high, chance, least, most, values[there], spread.weights[there], half)


def exact_chance(strata: Sequence[Stratum], mark: float) -> float:
    """The chance alone."""
    return _reach(spread_together(strata), drawn_in_all(strata), mark)


def _needed(total: int, mark: float) -> int:
    """The lowest sum whose mean reaches the mark."""
    return int(np.ceil(mark * GRID * total - _ALMOST))


def _reach(spread: Spread, total: int, mark: float) -> float:
    return float(min(spread.reaching(np.array([_needed(total, mark)]))[0], 1.0))


def exact_gains(strata: Sequence[Stratum], mark: float, gains: Sequence[Fractions]) -> list[Fractions]:
    """How the chance changes for every community, by stratum, if it alone rose by its gain.

    Only draws that hold the community change; what the other streets come to is counted once for all.
    """
    needed = _needed(drawn_in_all(strata), mark)
    spreads = [spread_of(stratum) for stratum in strata]
    before, after = _sides(spreads), _sides(spreads[::-1])[::-1]
    rest = [left.joined(right) for left, right in zip(before, after, strict=True)]
    return [
        _gains_in(stratum, gain, lambda sums, others=others: others.reaching(needed - sums))  # type: ignore[misc]
        for stratum, gain, others in zip(strata, gains, rest, strict=True)
    ]


def _sides(spreads: Sequence[Spread]) -> list[Spread]:
    """For each the sum of all before it."""
    sides = [Spread(0, np.ones(1))]
    for spread in spreads[:-1]:
        sides.append(sides[-1].joined(spread))
    return sides


def _gains_in(stratum: Stratum, gains: Fractions, reaching: Callable[[Whole], Fractions]) -> Fractions:
    steps = _steps(stratum.scores)
    raised = _steps(stratum.scores + gains) - steps
    draws = draws_of(len(steps), stratum.draws)
    sums = steps[draws].sum(axis=1, dtype=np.int64)
    before, found = reaching(sums), np.zeros(len(steps))
    for place in draws.T:
        found += np.bincount(place, reaching(sums + raised[place]) - before, len(steps))
    return np.asarray(found / len(draws), np.float64)
