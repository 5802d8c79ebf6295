"""Chances of sums on a grid, and how those of several streets are joined by FFT."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scoring.outcomes import Fractions

Whole = NDArray[np.int64]
_TOGETHER = 5
"""So many spreads are multiplied in one go: an FFT of several rows is quicker than several of one, until it is wide."""
_SHORT = 64
_LONG = 50_000
"""A longer sum loses its ends, whose chance is below ``_LOST`` on each side: far below what rounding does to it."""
_LOST = 1e-16


@dataclass(frozen=True)
class Spread:
    """Chances of sums in steps of the grid: ``weights[n]`` is that of ``start + n``."""

    start: int
    weights: Fractions

    @property
    def end(self) -> int:
        """The highest sum there is."""
        return self.start + len(self.weights) - 1

    def reaching(self, needed: int) -> float:
        """The chance of a sum that is at least so high."""
        return float(self.weights[max(needed - self.start, 0) :].sum())

    def trimmed(self) -> "Spread":
        """The same without ends that nothing can come from, where it is long."""
        if len(self.weights) <= _LONG:
            return self
        below, above = np.cumsum(self.weights), np.cumsum(self.weights[::-1])
        first, behind = (int(np.searchsorted(side, _LOST, "right")) for side in (below, above))
        return Spread(self.start + first, self.weights[first : len(self.weights) - behind])


def joined(spreads: Sequence[Spread]) -> Spread:
    """The chances of the sum over all, each drawn apart from the others; short ones are joined first."""
    waiting = sorted(spreads, key=_length)
    while len(waiting) > 1:
        waiting = sorted([*waiting[_TOGETHER:], _product(waiting[:_TOGETHER])], key=_length)
    return waiting[0]


def _length(spread: Spread) -> int:
    return len(spread.weights)


def _product(spreads: Sequence[Spread]) -> Spread:
    start = sum(spread.start for spread in spreads)
    length = sum(_length(spread) for spread in spreads) - len(spreads) + 1
    if length <= _SHORT:
        weights = np.ones(1)
        for spread in spreads:
            weights = np.convolve(weights, spread.weights)
        return Spread(start, weights)
    rows = np.zeros((len(spreads), fast_size(length)))
    for row, spread in zip(rows, spreads, strict=True):
        row[: _length(spread)] = spread.weights
    product = np.fft.irfft(np.fft.rfft(rows).prod(axis=0), rows.shape[1])[:length]
    return Spread(start, np.maximum(product, 0.0, out=product)).trimmed()


@lru_cache(maxsize=256)
def fast_size(length: int) -> int:
    """The least size from a length on that has no prime factor above 5: the FFT is fast there."""
    factors: list[int] = [3**threes * 5**fives for threes in range(8) for fives in range(6)]
    sizes: list[int] = [factor * 2 ** max(-(-length // factor) - 1, 0).bit_length() for factor in factors]
    return min(sizes)
