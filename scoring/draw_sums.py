"""The exact way of a rehearsal: every draw of every street counted on a grid of 0.01 points, streets joined by FFT."""

from collections.abc import Sequence

import numpy as np

from scoring.others import reaches
from scoring.outcomes import Fractions
from scoring.rehearsal import GRID, Outlook, Stratum, drawn_in_all, moments
from scoring.spreads import Spread, joined
from scoring.street_draws import MOST_CELLS, CountedDraws, steps_of, street_draws

MOST_STEPS = 8_000_000
"""So many steps of the grid may lie between the lowest and the highest sum."""
_ALMOST = 1e-6
_NOTHING = 1e-12


def affordable(strata: Sequence[Stratum]) -> bool:
    """Whether the exact way is taken for these streets."""
    steps = sum(s.draws * float(np.ptp(s.scores)) * GRID for s in strata if s.draws)
    counted = (draws for draws in map(street_draws, strata) if isinstance(draws, CountedDraws))
    return steps <= MOST_STEPS and all(draws.cells <= MOST_CELLS for draws in counted)


def spread_together(strata: Sequence[Stratum]) -> Spread:
    """The chances of the sum over all streets."""
    return joined([street_draws(stratum).spread for stratum in strata])


def exact(strata: Sequence[Stratum], mark: float) -> Outlook:
    """The outlook on the grid. Its mean score is off by at most half a step, which bounds the chance."""
    total, (mean, deviation) = drawn_in_all(strata), moments(strata)
    spread, step = spread_together(strata), 1 / (GRID * total)
    below = np.cumsum(spread.weights)
    places = (min(int(np.searchsorted(below, share - _NOTHING)), len(below) - 1) for share in (0.05, 0.95))
    low, high = (float((spread.start + place) * step) for place in places)
    half = 0.5 / GRID
    chance, least, most = (_reach(spread, total, mark + shift) for shift in (0.0, half, -half))
    least, most = min(least, chance), max(most, chance)  # sums of more or fewer terms round apart in the last digit
    there = np.flatnonzero(spread.weights)
    values = np.asarray((there + spread.start) * step, np.float64)
    return Outlook("exact", mean, deviation, low, high, chance, least, most, values, spread.weights[there], half)


def exact_chance(strata: Sequence[Stratum], mark: float) -> float:
    """The chance alone."""
    return _reach(spread_together(strata), drawn_in_all(strata), mark)


def _needed(total: int, mark: float) -> int:
    """The lowest sum whose mean reaches the mark."""
    return int(np.ceil(mark * GRID * total - _ALMOST))


def _reach(spread: Spread, total: int, mark: float) -> float:
    return min(spread.reaching(_needed(total, mark)), 1.0)


def exact_gains(strata: Sequence[Stratum], mark: float, gains: Sequence[Fractions]) -> list[Fractions]:
    """How the chance changes for every community, by stratum, if it alone rose by its gain."""
    needed = _needed(drawn_in_all(strata), mark)
    raised = [steps_of(s.scores + gain) - steps_of(s.scores) for s, gain in zip(strata, gains, strict=True)]
    rises = [(int(rise.min()), int(rise.max())) for rise in raised]
    rest = reaches([street_draws(stratum).spread for stratum in strata], rises, needed)
    each = zip(strata, raised, rest, strict=True)  # counted a second time: all their tables at once would be too much
    return [street_draws(stratum).changes(rise, reach) for stratum, rise, reach in each]
