"""What the other streets leave to do: for each street the chance of the whole reaching a sum, given its own.

The streets stand at the leaves of a tree, the chances of their joined sums are made from the leaves up, those of
reaching from the top down. Every level costs as much as one join of all: with the streets it grows by n log n.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.outcomes import Fractions
from scoring.spreads import Spread, Whole, fast_size, joined


@dataclass(frozen=True)
class Reach:
    """The chance of reaching what is needed with a sum of ``start + n``: ``chances[n]``."""

    start: int
    chances: Fractions

    def at(self, sums: Whole) -> Fractions:
        """The chances with these sums."""
        return self.chances[sums - self.start]

    def besides(self, spread: Spread, low: int, high: int) -> "Reach":
        """The chances with a sum from ``low`` to ``high``, to which comes what this spread brings."""
        window = self.chances[low + spread.start - self.start : high + spread.end + 1 - self.start]
        size = fast_size(len(window))
        across = np.fft.rfft(window, size) * np.conj(np.fft.rfft(spread.weights, size))
        return Reach(low, np.clip(np.fft.irfft(across, size)[: high - low + 1], 0.0, 1.0))


@dataclass(frozen=True)
class _Part:
    """Some streets together; asked for sums from ``low`` to ``high``: any of theirs, one community's gain with it."""

    low: int
    high: int
    held: Spread | None = None
    halves: "tuple[_Part, _Part] | None" = None

    @cached_property
    def spread(self) -> Spread:
        if self.held is not None:
            return self.held
        assert self.halves is not None
        return joined([half.spread for half in self.halves])


def reaches(spreads: Sequence[Spread], rises: Sequence[tuple[int, int]], needed: int) -> list[Reach]:
    """For each street the chance that all together reach ``needed``, by what it comes to itself.

    It is known for every sum of that street's spread, higher by anything from the least to the most of its ``rises``.
    """
    leaves = [
        _Part(s.start + min(low, 0), s.end + max(high, 0), s) for s, (low, high) in zip(spreads, rises, strict=True)
    ]
    whole = _paired(leaves)
    reached = np.arange(whole.low, whole.high + 1) >= needed
    return list(_down(whole, Reach(whole.low, reached.astype(np.float64))))


def _paired(parts: Sequence[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    first, second = _paired(parts[: len(parts) // 2]), _paired(parts[len(parts) // 2 :])
    low = min(first.low + second.spread.start, second.low + first.spread.start)
    high = max(first.high + second.spread.end, second.high + first.spread.end)
    return _Part(low, high, halves=(first, second))


def _down(part: _Part, reach: Reach) -> Iterator[Reach]:
    if part.halves is None:
        yield reach
        return
    first, second = part.halves
    yield from _down(first, reach.besides(second.spread, first.low, first.high))
    yield from _down(second, reach.besides(first.spread, second.low, second.high))
