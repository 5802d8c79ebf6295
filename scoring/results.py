"""Year and cycle results: means over the months of a year and the years of a cycle (scoring.md §5)."""

from collections.abc import Sequence

import numpy as np


def year_result(scores: Sequence[float]) -> float:
    """The mean of the period scores of the year so far; months without a score (NaN) are left out, NaN without any."""
    there = [score for score in scores if not np.isnan(score)]
    return float(np.mean(there)) if there else float("nan")


def cycle_result(years: Sequence[float], weights: Sequence[float] = ()) -> float:
    """The mean of the years' results, weighted where the edition says so; years without a result are left out.

    Raises ValueError where there are more years than weights.
    """
    if weights and len(years) > len(weights):
        raise ValueError(f"{len(years)} years, but weights for {len(weights)}")
    pairs = list(zip(years, weights, strict=False)) if weights else [(year, 1.0) for year in years]
    there = [(year, weight) for year, weight in pairs if not np.isnan(year)]
    total = sum(weight for _, weight in there)
    return sum(year * weight for year, weight in there) / total if total else float("nan")
