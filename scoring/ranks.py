"""Ranks and bands: dense, descending, on unrounded scores, within a class (scoring.md §5)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.edition import Edition
from scoring.rules import TOLERANCE


def dense_ranks(scores: NDArray[np.float64], classes: Sequence[str]) -> NDArray[np.int64]:
    """The place of every score in its class, 1 for the highest; equal scores share it; 0 where there is none."""
    ranks = np.zeros(len(scores), np.int64)
    names = np.array(classes, object)
    for name in dict.fromkeys(classes):
        members = np.flatnonzero((names == name) & ~np.isnan(scores))
        order = members[np.argsort(-scores[members], kind="stable")]
        lower = -np.diff(scores[order]) >= TOLERANCE
        ranks[order] = 1 + np.concatenate([[0], np.cumsum(lower)])[: len(order)]
    return ranks


def band(edition: Edition, score: float) -> str:
    """The name of the band a score lies in; empty without a score."""
    if np.isnan(score):
        return ""
    return next((band.name for band in edition.bands if score >= band.at_least - TOLERANCE), edition.lowest_band)
