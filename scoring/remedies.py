"""The smallest set of remedies that brings the chance of a rehearsal to a level."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

MOST_TRIED = 3_000
"""So many smaller sets are tried to prove that none of them is enough."""
MOST_STEPS = 40
_TOO_SMALL = 1e-6

Chance = Callable[[frozenset[int]], float]
"""The chance of reaching the mark after a set of remedies, by their numbers."""


@dataclass(frozen=True)
class RemedySet:
    """The remedies by number, in the order in which each helps most, with the chance after each; whether they are
    enough; and whether it is proven that no smaller set is."""

    chosen: tuple[int, ...]
    chances: tuple[float, ...]
    enough: bool
    proven: bool


def smallest_set(count: int, chance: Chance, raise_: Sequence[float], level: float) -> RemedySet:
    """Greedy: always the remedy after which the chance is highest, then without those that turned out needless.

    ``raise_`` is how far each remedy lifts the mean score: it decides while no single one moves the chance.
    """
    chosen: list[int] = []
    reached = chance(frozenset())
    while reached < level and len(chosen) < min(count, MOST_STEPS):
        left = [number for number in range(count) if number not in chosen and raise_[number] > 0]
        if not left:
            break
        after = {number: chance(frozenset({*chosen, number})) for number in left}
        by_mean = max(after.values()) - reached < _TOO_SMALL
        best = max(left, key=lambda number: raise_[number] if by_mean else after[number])
        chosen.append(best)
        reached = after[best]
    enough = reached >= level
    if enough:
        chosen = _needed(chosen, chance, level)
    chances = tuple(chance(frozenset(chosen[: n + 1])) for n in range(len(chosen)))
    return RemedySet(tuple(chosen), chances, enough, enough and _proven(count, len(chosen), chance, level))


def _needed(chosen: list[int], chance: Chance, level: float) -> list[int]:
    kept = list(chosen)
    for number in list(chosen):
        fewer = [other for other in kept if other != number]
        if chance(frozenset(fewer)) >= level:
            kept = fewer
    return kept


def _proven(count: int, size: int, chance: Chance, level: float) -> bool:
    """Whether no set of one remedy less is enough: smaller ones are not either, for a remedy never does harm."""
    if size == 0:
        return True
    if comb(count, size - 1) > MOST_TRIED:
        return False
    return all(chance(frozenset(fewer)) < level for fewer in combinations(range(count), size - 1))
