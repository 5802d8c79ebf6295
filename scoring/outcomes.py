"""What a rule says of every community: a fraction, whether it is due, and a reason that can be put in words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.rules import TOLERANCE, Credit, Ladder

Fractions = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Reason:
    """Why a finding is what it is: a stable code and the values from which a sentence is made."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """A rule's word on every community, one entry each.

    ``fraction`` is a, 0 where no row counts unless the rule is met without one. ``found`` says whether a row
    counts, ``missing`` whether the rule holds the community to have none where it needs one, ``due`` whether
    anything is due yet. ``describe`` gives the reason for one community, by its index.
    """

    fraction: Fractions
    found: Truths
    missing: Truths
    due: Truths
    describe: Callable[[int], Reason]


def reached(value: Fractions, mark: float) -> Truths:
    """Whether the values reach the mark, with the tolerance in favour of reaching."""
    return value >= mark - TOLERANCE


def credited(ratio: Fractions, credit: Credit) -> Fractions:
    """The credit for what was found beside its target (scoring.md §3), within 0 and 1."""
    if isinstance(credit, Ladder):
        thresholds = sorted(credit.ladder)
        coefficients = np.array([0.0, *(credit.ladder[threshold] for threshold in thresholds)])
        return coefficients[np.searchsorted(np.array(thresholds) - TOLERANCE, ratio, side="right")]
    if credit == "strict":
        return reached(ratio, 1.0).astype(np.float64)
    return np.clip(ratio, 0.0, 1.0)


def divided(part: NDArray[Any], whole: NDArray[Any]) -> Fractions:
    """Part by whole, 0 where the whole is 0."""
    safe = np.where(whole == 0, 1, whole)
    return np.where(whole == 0, 0.0, part / safe).astype(np.float64)
