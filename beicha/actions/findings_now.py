"""What the criteria of a community come to as it stands now: in the newest month that it has reported."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from beicha.actions.assessing import reports_of
from beicha.actions.editions import kept_in_force
from beicha.store import Transaction, assessments, submissions
from scoring.edition import Edition
from scoring.evidence import evidence
from scoring.periods import month_number

COUNTED = ("met", "unmet", "blank_field", "beside")
"""The marks of rows that count for a rule, whatever they do for it."""


@dataclass(frozen=True)
class Found:
    """A community in its newest reported month: the fractions of its criteria by code, without those that have none."""

    community: str
    period: str
    edition: Edition
    fractions: Mapping[str, float]

    def fraction(self, criterion: str) -> float | None:
        """What the criterion comes to; None where it is not due, applicable, inspected or known."""
        return self.fractions.get(criterion)


def found_now(view: Transaction, communities: Collection[str]) -> dict[str, Found]:
    """How each of the communities stands that has reported a month with a score."""
    newest = submissions.newest_periods(view, communities)
    found: dict[str, Found] = {}
    for period in set(newest.values()):
        kept = kept_in_force(view, period)
        here = [code for code, month in newest.items() if month == period]
        cells = assessments.read(view, kept, [period], here).get(period) if kept else None
        if kept is None or cells is None:
            continue
        codes = [criterion.code for criterion in kept.edition.criteria]
        for row, code in enumerate(cells.communities):
            fractions = dict(zip(codes, cells.fraction[row].tolist(), strict=True))
            known = {criterion: value for criterion, value in fractions.items() if not math.isnan(value)}
            found[code] = Found(code, period, kept.edition, known)
    return found


def has_rows(view: Transaction, found: Found, criterion: str) -> bool:
    """Whether any row counts for the criterion there."""
    rows = evidence(
        found.edition, month_number(found.period), reports_of(view, [found.community], found.period), criterion
    )
    return bool(rows["mark"].isin(COUNTED).any())
