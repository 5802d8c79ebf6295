"""The draws of one street on the grid: one by one where they are few, else counted by how many and what sum."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from scoring.others import Reach
from scoring.outcomes import Fractions
from scoring.rehearsal import GRID, Stratum
from scoring.spreads import Spread, Whole

FEW_DRAWS = 20_000
"""So many draws of one street are taken one by one."""
MOST_CELLS = 2_000_000
"""So many cells may the table have that counts more of them; beyond that, trials are no slower."""


@lru_cache(maxsize=64)
def draws_of(size: int, count: int) -> NDArray[np.int16]:
    """All draws of so many of a size, a row each with the places of those drawn."""
    return np.array(list(combinations(range(size), count)), np.int16).reshape(comb(size, count), count)


@lru_cache(maxsize=64)
def _places_of(size: int, count: int) -> NDArray[np.intp]:
    """The same, a row each with the first, the second ... place of all draws: numpy gathers by it without a copy."""
    return np.ascontiguousarray(draws_of(size, count).T, np.intp)


def steps_of(scores: Fractions) -> Whole:
    """Scores in steps of the grid."""
    return np.rint(scores * GRID).astype(np.int64)


@dataclass(frozen=True)
class EveryDraw:
    """A street whose draws are taken one by one."""

    stratum: Stratum

    @cached_property
    def _steps(self) -> Whole:
        return steps_of(self.stratum.scores)

    @cached_property
    def _draws(self) -> NDArray[np.int16]:
        return draws_of(len(self.stratum.scores), self.stratum.draws)

    @cached_property
    def _sums(self) -> Whole:
        sums = np.zeros(len(self._draws), np.int64)
        for places in _places_of(len(self._steps), self.stratum.draws):
            sums += self._steps[places]
        return sums

    @cached_property
    def spread(self) -> Spread:
        """The chances of the sum of the scores drawn."""
        low = int(self._sums.min())
        return Spread(low, np.bincount(self._sums - low) / len(self._sums))

    def changes(self, raised: Whole, reach: Reach) -> Fractions:
        """How the chance of reaching changes for every community, if it alone rose by so many steps.

        Only draws that hold the community change.
        """
        before, found = reach.at(self._sums), np.zeros(len(raised))
        for place in self._draws.T:
            found += np.bincount(place, reach.at(self._sums + raised[place]) - before, len(raised))
        return np.asarray(found / len(self._draws), np.float64)


@dataclass(frozen=True)
class CountedDraws:
    """A street with too many draws to take one by one: sets of every size are counted by their sum.

    Each community is taken with a chance of ``share`` apart from the others, which keeps all numbers below 1; of this
    only sets of the size that is drawn are looked at. Where more than half are drawn, those left out are counted.
    """

    stratum: Stratum

    @property
    def left_out(self) -> bool:
        """Whether it is those left out that are counted."""
        return 2 * self.stratum.draws > len(self.stratum.scores)

    @property
    def _size(self) -> int:
        draws, size = self.stratum.draws, len(self.stratum.scores)
        return size - draws if self.left_out else draws

    @property
    def _share(self) -> float:
        return self._size / len(self.stratum.scores)

    @cached_property
    def _lifted(self) -> Whole:
        steps = steps_of(self.stratum.scores)
        return np.asarray(steps - steps.min())

    @property
    def _width(self) -> int:
        return int(np.sort(self._lifted)[len(self._lifted) - self._size :].sum()) + 1

    @property
    def cells(self) -> int:
        """The cells of the table."""
        return (self._size + 1) * self._width

    @cached_property
    def spread(self) -> Spread:
        """The chances of the sum of the scores drawn."""
        return self._whole(self._table())

    def _whole(self, table: Fractions) -> Spread:
        every = self._drawn(table[-1], 0)
        there = np.flatnonzero(every.weights)
        return Spread(every.start + int(there[0]), every.weights[there[0] : there[-1] + 1])

    def _table(self) -> Fractions:
        """The chance of every number taken (a row each) with every sum (a column each)."""
        table = np.zeros((self._size + 1, self._width))
        table[0, 0] = 1.0
        for step in self._lifted:
            taken = self._share * table[:-1, : self._width - step]
            table *= 1 - self._share
            table[1:, step:] += taken
        return table

    def _without(self, table: Fractions, place: int, size: int) -> Fractions:
        """The same for sets of one size among the others: what a community brought is taken out again.

        No more than half are taken, so that every step weighs the error of the last with at most 1.
        """
        step = int(self._lifted[place])
        row = table[0] / (1 - self._share)
        for number in range(1, size + 1):
            after = table[number].copy()
            after[step:] -= self._share * row[: self._width - step]
            row = after / (1 - self._share)
        return np.asarray(np.maximum(row, 0.0))

    def _drawn(self, row: Fractions, more: int) -> Spread:
        """The sums of those drawn, from the sums of those counted; ``more`` comes to each."""
        steps, chances = steps_of(self.stratum.scores), row / row.sum()
        low = int(steps.min())
        if self.left_out:
            return Spread(int(steps.sum()) - low * self._size - (self._width - 1), chances[::-1])
        return Spread(low * self.stratum.draws + more, chances)

    def changes(self, raised: Whole, reach: Reach) -> Fractions:
        """How the chance of reaching changes for every community, if it alone rose by so many steps."""
        table, found = self._table(), np.zeros(len(raised))
        whole = self._whole(table)
        for place, rise in enumerate(raised):
            row = self._without(table, place, self._size if self.left_out else self._size - 1)
            with_it = self._drawn(row, int(self._lifted[place]))
            sums = np.arange(max(with_it.start, whole.start), min(with_it.end, whole.end) + 1)
            found[place] = with_it.weights[sums - with_it.start] @ (reach.at(sums + rise) - reach.at(sums))
        return np.asarray(found * (self.stratum.draws / len(raised)), np.float64)


def street_draws(stratum: Stratum) -> EveryDraw | CountedDraws:
    """The draws of a street, in the way that suits their number."""
    few = comb(len(stratum.scores), stratum.draws) <= FEW_DRAWS
    return EveryDraw(stratum) if few else CountedDraws(stratum)
