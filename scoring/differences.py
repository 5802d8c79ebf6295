"""Two scores beside each other: what each criterion adds to their difference, so that all of it adds up exactly.

A base score is a weighted mean of fractions: each criterion in the denominator weighs so many of a hundred points.
Where a criterion counts on both sides, its part is the change of its fraction times what it weighs on average. What
its weight itself changes by is told apart. All weights add up to a hundred, so that one weighs more only where others
weigh less: a change of weight is taken against the mean of the two scores, and a criterion that comes in raises the
score only where it is better than that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.edition import Edition
from scoring.outcomes import Fractions, divided
from scoring.rollup import Standing
from scoring.scores import points_of, section_matrix, worth

COLUMNS = ["then", "now", "kind", "contribution", "reweighted"]


@dataclass(frozen=True)
class Profile:
    """What a score is made of: per criterion of the edition what it weighs, of a hundred points, and what fraction of
    that was earned (NaN where it weighs nothing). Without any weight there is no score."""

    edition: Edition
    weight: Fractions
    fraction: Fractions
    bonus: float

    @property
    def base(self) -> float:
        """The score before the bonus, NaN where there is none."""
        earned = float((self.weight * np.nan_to_num(self.fraction)).sum())
        return earned if self.weight.any() else float("nan")

    @property
    def score(self) -> float:
        """The score, NaN where there is none."""
        return self.base + self.bonus


@dataclass(frozen=True)
class Split:
    """The difference of two scores taken apart.

    ``criteria``: a row per criterion of either edition; columns then, now (its index in each edition, -1: not there),
    kind, contribution, reweighted (both in points of the score). Kinds: both (counted on both sides), entered, left
    (counted on one side alone), added, dropped (the other edition lacks it), outside (counted on neither).
    ``reweighted`` is what the changed weights of those counted on both sides come to.
    """

    criteria: pd.DataFrame
    bonus: float

    @property
    def reweighted(self) -> float:
        """What the changed denominators come to for the criteria that count on both sides."""
        return float(self.criteria["reweighted"].sum())

    @property
    def total(self) -> float:
        """The difference of the scores; NaN where there is none on a side."""
        return float(self.criteria["contribution"].sum(skipna=False)) + self.reweighted + self.bonus


def profile_of(standing: Standing, members: Sequence[int] | np.ndarray, line: str = "") -> Profile:
    """What the mean score of some communities, by index, is made of; with a line, its score over them."""
    numbers = np.asarray(members, np.int64)
    return _of_line(standing, numbers, line) if line else _of_all(standing, numbers)


def _of_all(standing: Standing, members: np.ndarray) -> Profile:
    sections = section_matrix(standing.edition).argmax(axis=1)
    weigh = 100.0 * worth(standing.scores)[members][:, sections] * standing.points[members]
    there = ~np.isnan(standing.score[members])
    share = np.where(there, standing.weights[members], 0.0)
    share = divided(share, share.sum())
    bonus = float((share * standing.bonus[members]).sum())
    return _profile(standing.edition, share[:, None] * weigh, standing.weighing.fraction[members], bonus)


def _of_line(standing: Standing, members: np.ndarray, line: str) -> Profile:
    led = np.array([criterion.lead == line for criterion in standing.edition.criteria], bool)
    points = standing.points[members] * led
    weigh = 100.0 * divided(points, points.sum())
    return _profile(standing.edition, weigh, standing.weighing.fraction[members], 0.0)


def _profile(edition: Edition, weigh: Fractions, fraction: Fractions, bonus: float) -> Profile:
    weight = weigh.sum(axis=0)
    mean = np.where(weight > 0, divided((weigh * fraction).sum(axis=0), weight), np.nan)
    return Profile(edition, weight, mean, bonus)


def split(then: Profile, now: Profile, renamed: Mapping[str, str] | None = None) -> Split:
    """The difference from one profile to another; ``renamed`` maps codes of the first edition to those of the second.

    Contributions, what the denominators changed and the difference of the bonuses add up to the difference.
    """
    places = np.array(_pairs(then.edition, now.edition, renamed or {}), np.int64).reshape(-1, 2)
    before, after = _taken(then.weight, places[:, 0]), _taken(now.weight, places[:, 1])
    was, is_ = _taken(then.fraction, places[:, 0]), _taken(now.fraction, places[:, 1])
    both = (before > 0) & (after > 0)
    level = (then.base + now.base) / 200.0
    mean = np.where(both, (was + is_) / 2.0, np.where(after > 0, is_, was))
    moved = (mean - level) * (after - before)
    rows = {
        "then": places[:, 0],
        "now": places[:, 1],
        "kind": [_kind(*one) for one in zip(places[:, 0], places[:, 1], before > 0, after > 0, strict=True)],
        "contribution": np.where(both, (before + after) / 2.0 * (is_ - was), moved),
        "reweighted": np.where(both, moved, 0.0),
    }
    return Split(pd.DataFrame(rows, columns=COLUMNS), now.bonus - then.bonus)


def renames_through(editions: Sequence[Edition]) -> dict[str, str]:
    """From the criteria's codes in the first of successive editions to those in the last."""
    codes = {criterion.code: criterion.code for criterion in editions[0].criteria}
    for edition in editions[1:]:
        codes = {old: edition.renames.criteria.get(code, code) for old, code in codes.items()}
    return codes


def points_earned(profile: Profile) -> Fractions:
    """The points that each criterion earned on average where it counts, NaN elsewhere."""
    return points_of(profile.edition) * profile.fraction


def _pairs(then: Edition, now: Edition, renamed: Mapping[str, str]) -> list[tuple[int, int]]:
    """The criteria by their indexes on both sides, in the order of the second edition, then those it lacks."""
    former = {renamed.get(item.code, item.code): place for place, item in enumerate(then.criteria)}
    pairs = [(former.pop(item.code, -1), place) for place, item in enumerate(now.criteria)]
    return pairs + [(place, -1) for place in sorted(set(range(len(then.criteria))) - {one for one, _ in pairs})]


def _taken(values: Fractions, places: np.ndarray) -> Fractions:
    """The values at some places, 0 where there is none."""
    return np.asarray(np.append(np.nan_to_num(values), 0.0)[places], np.float64)


def _kind(then: int, now: int, counted: bool, counts: bool) -> str:
    if not (counted or counts):
        return "outside"
    if then < 0 or now < 0:
        return "added" if then < 0 else "dropped"
    return "both" if counted and counts else "entered" if counts else "left"
