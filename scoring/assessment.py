"""Assessments (测评结果): what the facts of some communities come to under an edition at a month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.cells import Cells
from scoring.edition import Edition
from scoring.outcomes import Reason
from scoring.states import STATES

Describe = Callable[[int], Reason]


@dataclass(frozen=True)
class Assessment:
    """States, fractions and reasons of C communities under the edition's K criteria; arrays as in ``Cells``."""

    edition: Edition
    month: int
    communities: tuple[str, ...]
    state: NDArray[np.int8]
    fraction: NDArray[np.float64]
    self_fraction: NDArray[np.float64]
    bonus: NDArray[np.float64]
    veto: NDArray[np.bool_]
    reported: NDArray[np.bool_]
    describe: Sequence[Describe]

    def reason(self, community: int, criterion: int) -> Reason:
        """Why the finding of a community and a criterion, both by index, is what it is."""
        return self.describe[criterion](community)

    def cells(self) -> Cells:
        """The part that is stored and rolled up."""
        return Cells(
            self.communities, self.state, self.fraction, self.self_fraction, self.bonus, self.veto, self.reported
        )

    def findings(self) -> pd.DataFrame:
        """One row per community and criterion.

        Columns: community, criterion, state (its code), fraction and self_fraction (0 to 1, NaN where there is
        none), reason (its code), values (the reason's values).
        """
        count, criteria = self.state.shape
        reasons = [self.reason(c, k) for c in range(count) for k in range(criteria)]
        return pd.DataFrame(
            {
                "community": np.repeat(np.array(self.communities, object), criteria),
                "criterion": [criterion.code for criterion in self.edition.criteria] * count,
                "state": np.array(STATES, object)[self.state.ravel()],
                "fraction": self.fraction.ravel(),
                "self_fraction": self.self_fraction.ravel(),
                "reason": [reason.code for reason in reasons],
                "values": [reason.values for reason in reasons],
            }
        )
