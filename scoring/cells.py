"""The stored part of an assessment: plain arrays per community, enough for every roll-up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Cells:
    """States and fractions of some communities in one month, one row each, criteria in the edition's order.

    ``state`` holds indexes into STATES. ``fraction`` and ``self_fraction`` are NaN where there is none; the
    latter is only there where the criterion was verified. ``bonus`` has a column for each bonus of the
    edition, after its floor and cap, ``veto`` one for each veto. ``reported`` tells whether the community
    has a submission for the month itself.
    """

    communities: tuple[str, ...]
    state: NDArray[np.int8]
    fraction: NDArray[np.float64]
    self_fraction: NDArray[np.float64]
    bonus: NDArray[np.float64]
    veto: NDArray[np.bool_]
    reported: NDArray[np.bool_]


def join(parts: Sequence[Cells]) -> Cells:
    """The cells of several groups of communities, one group after another; raises ValueError where there is none."""
    names = tuple(name for part in parts for name in part.communities)
    keys = ("state", "fraction", "self_fraction", "bonus", "veto", "reported")
    return Cells(names, *(np.concatenate([getattr(part, key) for part in parts]) for key in keys))
