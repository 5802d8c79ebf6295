"""The eight states of a finding, never mixed (scoring.md §4)."""

import numpy as np
from numpy.typing import NDArray

STATES = ("met", "partial", "unmet", "missing", "not_reported", "not_inspected", "not_applicable", "not_due")
"""Codes of the states; an assessment stores their indexes as int8."""

MET, PARTIAL, UNMET, MISSING, NOT_REPORTED, NOT_INSPECTED, NOT_APPLICABLE, NOT_DUE = range(len(STATES))

COMPARED = (MET, PARTIAL, UNMET, MISSING)
"""The states whose fractions make the mean that stands in for a criterion not applicable elsewhere."""

LOSING = (PARTIAL, UNMET, MISSING, NOT_REPORTED)
"""The states in which points are lost."""


def among(state: NDArray[np.int8], states: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which findings are in one of the states; ``state`` holds indexes into STATES."""
    table = np.zeros(len(STATES), bool)
    table[list(states)] = True
    return table[state]
