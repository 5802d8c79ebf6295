"""A rehearsal by trials (Monte Carlo): so many draws by a seed, where counting all of them would take too long."""

from collections.abc import Iterator, Sequence
from math import comb

import numpy as np
from numpy.typing import NDArray

from scoring.outcomes import Fractions
from scoring.rehearsal import Outlook, Stratum, drawn_in_all, moments
from scoring.rules import TOLERANCE
from scoring.street_draws import draws_of

TRIALS = 100_000
_LISTED = 200_000
"""So many draws of one street are listed and one of them chosen; of more the places are drawn themselves."""
_AT_ONCE = 4_000_000
_BINS = 200


def trials(strata: Sequence[Stratum], mark: float, seed: int, count: int = TRIALS) -> Outlook:
    """The outlook by ``count`` draws; the same seed gives the same. ``error`` is the standard error of the chance."""
    mean, deviation = moments(strata)
    seen = np.sort(_means(strata, seed, count))
    chance = float((seen >= mark - TOLERANCE).mean())
    error = float(np.sqrt(max(chance * (1 - chance), 1 / count) / count))
    low, high = (float(seen[int(np.ceil(p * count)) - 1]) for p in (0.05, 0.95))
    weights, edges = np.histogram(seen, bins=_BINS)
    values, bounds = (edges[:-1] + edges[1:]) / 2, np.clip([chance - 2 * error, chance + 2 * error], 0, 1)
    shares = weights / count
    return Outlook(
        "trials", mean, deviation, low, high, chance, float(bounds[0]), float(bounds[1]), values, shares, error
    )


def trial_chance(strata: Sequence[Stratum], mark: float, seed: int, count: int = TRIALS) -> float:
    """The chance alone, over the same draws as ``trials``."""
    return float((_means(strata, seed, count) >= mark - TOLERANCE).mean())


def trial_gains(
    strata: Sequence[Stratum], mark: float, gains: Sequence[Fractions], seed: int, count: int = TRIALS
) -> list[Fractions]:
    """How the chance changes for every community, by stratum, if it alone rose by its gain, over the same draws."""
    total, means = drawn_in_all(strata), _means(strata, seed, count)
    before, found = means >= mark - TOLERANCE, []
    for number, (stratum, gain) in enumerate(zip(strata, gains, strict=True)):
        size, changed = len(stratum.scores), np.zeros(len(stratum.scores))
        for start, drawn in _drawn(stratum, seed, number, count):
            here = slice(start, start + len(drawn))
            for place in drawn.T:
                after = means[here] + gain[place] / total >= mark - TOLERANCE
                changed += np.bincount(place, after.astype(float) - before[here], size)
        found.append(changed / count)
    return found


def _means(strata: Sequence[Stratum], seed: int, count: int) -> Fractions:
    sums = np.zeros(count)
    for number, stratum in enumerate(strata):
        for start, drawn in _drawn(stratum, seed, number, count):
            sums[start : start + len(drawn)] += stratum.scores[drawn].sum(axis=1)
    return np.asarray(sums / drawn_in_all(strata), np.float64)


def _drawn(stratum: Stratum, seed: int, number: int, count: int) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """The trials of one street in parts, each with where it starts: a row for each trial, the places drawn."""
    size, draws = len(stratum.scores), stratum.draws
    chance = np.random.default_rng([seed, number])
    if comb(size, draws) <= _LISTED:
        every = draws_of(size, draws)
        yield 0, every[chance.integers(len(every), size=count)]
        return
    part = max(_AT_ONCE // size, 1)
    for start in range(0, count, part):
        lots = chance.random((min(part, count - start), size))
        yield start, np.argpartition(lots, draws, axis=1)[:, :draws].astype(np.int16)
