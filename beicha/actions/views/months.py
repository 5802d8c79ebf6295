"""One month as it stands, and what all months come to: what every view is made of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from scoring.edition import Edition
from scoring.facts import Area
from scoring.results import year_result
from scoring.rollup import Standing
from scoring.stake import stakes


@dataclass(frozen=True)
class Month:
    """A month's standing under the edition in force, in the tree of areas valid then. ``period`` is "YYYY-MM".

    Of a part of a month, ``of_whole`` tells what of it is at stake in the whole, and ``only`` names the lines that it
    was cut to ('' for all).
    """

    period: str
    standing: Standing
    of_whole: Callable[[], np.ndarray] | None = None
    only: str = ""

    @property
    def edition(self) -> Edition:
        """The edition in force."""
        return self.standing.edition

    @cached_property
    def stakes(self) -> np.ndarray:
        """Points at stake, communities by criteria: what the district score rises by if that one became met."""
        return stakes(self.standing) if self.of_whole is None else self.of_whole()

    def children(self, kind: str) -> tuple[Area, ...]:
        """The areas of a kind in that month, in the office's order."""
        found = [area for area in self.standing.tree.areas.values() if area.kind == kind]
        return tuple(sorted(found, key=lambda area: (area.order, area.code)))

    def parts(self) -> tuple[Area, ...]:
        """What the whole is divided into, in the office's order: districts where it has several, else streets."""
        districts = self.children("district")
        return districts if len(districts) > 1 else self.children("street")

    def members(self, area: str | None) -> np.ndarray:
        """The indexes of the communities below an area, or of all where it is None or unknown."""
        if area is None or area not in self.standing.tree.areas:
            return np.arange(len(self.standing.cells.communities))
        return self.standing.tree.below(area)


@dataclass(frozen=True)
class MonthScores:
    """What a trend needs of a month: scores by area and community code (absent: none), and who reported."""

    period: str
    digest: str
    scores: Mapping[str, float]
    reported: frozenset[str]
    communities: tuple[str, ...]

    def score(self, code: str) -> float:
        """The score of an area or community, NaN where it has none."""
        return self.scores.get(code, float("nan"))


def scores_of(month: Month) -> MonthScores:
    """The scores of every area and community of a month; that of all in view together is under ''."""
    standing = month.standing
    codes = standing.cells.communities
    scores = {code: float(value) for code, value in zip(codes, standing.score, strict=True) if not np.isnan(value)}
    for code, area in standing.tree.areas.items():
        if area.kind != "community":
            mean = standing.mean(standing.tree.below(code))
            if not np.isnan(mean):
                scores[code] = mean
    together = standing.mean(np.arange(len(codes)))
    if not np.isnan(together):
        scores[""] = together
    reported = frozenset(code for code, there in zip(codes, standing.cells.reported, strict=True) if there)
    return MonthScores(month.period, month.edition.digest, scores, reported, codes)


def trend(history: Sequence[MonthScores], codes: Mapping[str, str], place: Iterable[str] = ()) -> pd.DataFrame:
    """Scores over all months, ascending.

    ``codes`` maps a column's name to the area or community whose scores it holds. Columns: period, edition (its
    digest), those columns (NaN where there is none), reported and communities (counts of those in ``place``).
    """
    here = frozenset(place)
    rows = []
    for month in history:
        inside = [code for code in month.communities if code in here]
        row: dict[str, object] = {"period": month.period, "edition": month.digest}
        row |= {column: month.score(code) for column, code in codes.items()}
        rows.append(row | {"reported": len(month.reported.intersection(inside)), "communities": len(inside)})
    return pd.DataFrame(rows, columns=["period", "edition", *codes, "reported", "communities"])


def before(history: Sequence[MonthScores], period: str) -> MonthScores | None:
    """The month before the period, if it was scored under the same edition."""
    known = {month.period: number for number, month in enumerate(history)}
    number = known.get(period, 0)
    if number == 0 or history[number - 1].digest != history[number].digest:
        return None
    return history[number - 1]


def year_so_far(history: Sequence[MonthScores], period: str, code: str) -> float:
    """The year result of an area or community up to the period: the mean of its months; NaN without any."""
    months = [month for month in history if month.period[:4] == period[:4] and month.period <= period]
    return year_result([month.score(code) for month in months])


def last_reported(history: Sequence[MonthScores], period: str, community: str) -> str:
    """The newest month before the period that the community reported; '' where there is none."""
    months = [month.period for month in history if month.period < period and community in month.reported]
    return max(months, default="")
