"""The tree of areas, and the means of scores up its branches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from scoring.facts import Area


@dataclass(frozen=True)
class Tree:
    """The areas of a month, by code, and the communities in the order of the cells."""

    areas: Mapping[str, Area]
    communities: tuple[str, ...]

    @cached_property
    def lineage(self) -> tuple[tuple[str, ...], ...]:
        """For every community the codes of the areas above it, from its parent upward."""
        return tuple(self._above(code) for code in self.communities)

    def _above(self, code: str) -> tuple[str, ...]:
        above: list[str] = []
        area = self.areas.get(code)
        while area is not None and area.parent is not None and area.parent not in above:
            if area.parent in self.areas:
                above.append(area.parent)
            area = self.areas.get(area.parent)
        return tuple(above)

    def ancestor(self, number: int, kind: str) -> str | None:
        """The area of a kind above the community with this index, or None."""
        return next((code for code in self.lineage[number] if self.areas[code].kind == kind), None)

    @cached_property
    def district(self) -> NDArray[np.int64]:
        """A number for the district of every community; those in none share one of their own."""
        names = [self.ancestor(number, "district") or "" for number in range(len(self.communities))]
        return np.unique(np.array(names, str), return_inverse=True)[1].astype(np.int64)

    @cached_property
    def weight(self) -> NDArray[np.float64]:
        """The weights that the area table gives the communities; 1 where it says nothing."""
        return np.array([self.areas[code].weight if code in self.areas else 1.0 for code in self.communities])

    def below(self, code: str) -> NDArray[np.int64]:
        """The indexes of the communities below an area."""
        return self._below.get(code, np.array([], np.int64))

    @cached_property
    def _below(self) -> dict[str, NDArray[np.int64]]:
        found: dict[str, list[int]] = {}
        for number, above in enumerate(self.lineage):
            for code in above:
                found.setdefault(code, []).append(number)
        return {code: np.array(numbers, np.int64) for code, numbers in found.items()}


def tree_of(areas: Sequence[Area], communities: Sequence[str]) -> Tree:
    """The tree that these areas make over the communities; the same one for the same, as of month after month."""
    return _tree_of(tuple(areas), tuple(communities))


@lru_cache(maxsize=8)
def _tree_of(areas: tuple[Area, ...], communities: tuple[str, ...]) -> Tree:
    return Tree({area.code: area for area in areas}, communities)


def mean_score(scores: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The weighted mean of the scores that are there; NaN where none is."""
    there = ~np.isnan(scores)
    total = float(weights[there].sum())
    return float((scores[there] * weights[there]).sum()) / total if total > 0 else float("nan")
