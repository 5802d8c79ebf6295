"""What another edition would make of a month: the same facts under both, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scoring.edition import Criterion
from scoring.edition_pairs import Pair, pairs
from scoring.ranks import dense_ranks
from scoring.rollup import Standing
from scoring.scores import section_matrix, worth

What = Literal["added", "dropped", "repointed", "rule", "repointed_rule", "same"]
RULE_KEYS = ("rule", "ledger", "where", "window", "dated", "due", "verified_by", "optional")
"""What of a criterion decides its fraction."""


@dataclass(frozen=True)
class Moved:
    """A community under both editions: scores (NaN: none), places in its class (0: none), gates by their sections."""

    code: str
    name: str
    street: str
    rank_class: str
    before: float
    after: float
    rank_before: int
    rank_after: int
    gates_missed: tuple[str, ...]
    gates_met: tuple[str, ...]

    @property
    def difference(self) -> float:
        """What the score gains; NaN where there is none on one side."""
        return self.after - self.before

    @property
    def places(self) -> int:
        """How many places are gained, less than 0 where some are lost."""
        return self.rank_before - self.rank_after if self.rank_before and self.rank_after else 0


@dataclass(frozen=True)
class AreaMoved:
    """A district, street or zone under both editions; all communities together have the code ''."""

    code: str
    name: str
    kind: str
    before: float
    after: float


@dataclass(frozen=True)
class CriterionMoved:
    """A criterion under both: its points (0: not there), and by how much it moves the score of all together.

    All of these and the bonuses add up to the whole difference: a criterion that stays as it was moves the score as
    well where the full mark around it changes.
    """

    code: str
    title: str
    what: What
    points_before: float
    points_after: float
    moves: float


@dataclass(frozen=True)
class EditionEffect:
    """A month under the edition in force and under another."""

    communities: tuple[Moved, ...]
    areas: tuple[AreaMoved, ...]
    criteria: tuple[CriterionMoved, ...]
    bonuses_move: float

    @property
    def together(self) -> AreaMoved:
        """All communities together."""
        return self.areas[0]


def effect(before: Standing, after: Standing) -> EditionEffect:
    """The two standings side by side; they must be of the same communities in the same order."""
    if before.cells.communities != after.cells.communities:
        raise ValueError("the standings are of different communities")
    bonus = float((shares(after) * after.bonus).sum() - (shares(before) * before.bonus).sum())
    return EditionEffect(_communities(before, after), _areas(before, after), _criteria(before, after), bonus)


def shares(standing: Standing) -> NDArray[np.float64]:
    """What each community weighs in the mean of all; 0 where it has no score."""
    weights = np.where(np.isnan(standing.score), 0.0, standing.weights)
    return np.asarray(weights / max(float(weights.sum()), 1e-300), np.float64)


def _communities(before: Standing, after: Standing) -> tuple[Moved, ...]:
    tree, codes = after.tree, after.cells.communities
    known = [tree.areas.get(code) for code in codes]
    classes = [area.rank_class if area else "" for area in known]
    ranks = [dense_ranks(standing.score, classes) for standing in (before, after)]
    return tuple(
        Moved(
            code,
            area.name if area else code,
            tree.ancestor(number, "street") or "",
            classes[number],
            float(before.score[number]),
            float(after.score[number]),
            int(ranks[0][number]),
            int(ranks[1][number]),
            _less(after.gates_missed[number], before.gates_missed[number]),
            _less(before.gates_missed[number], after.gates_missed[number]),
        )
        for number, (code, area) in enumerate(zip(codes, known, strict=True))
    )


def _less(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in some if code not in others)


def _areas(before: Standing, after: Standing) -> tuple[AreaMoved, ...]:
    everyone = np.arange(len(after.cells.communities))
    together = AreaMoved("", "", "", before.mean(everyone), after.mean(everyone))
    kinds = ("district", "street", "zone")
    above = [area for area in after.tree.areas.values() if area.kind in kinds]
    above.sort(key=lambda area: (kinds.index(area.kind), area.order, area.code))
    return together, *(
        AreaMoved(area.code, area.name, area.kind, before.mean(members), after.mean(members))
        for area in above
        if len(members := after.tree.below(area.code))
    )


def _criteria(before: Standing, after: Standing) -> tuple[CriterionMoved, ...]:
    gave, gives = _given(before), _given(after)
    return tuple(_criterion(pair, gave, gives) for pair in pairs(before.edition, after.edition))


def _given(standing: Standing) -> dict[str, float]:
    """What each criterion gives to the score of all together, by code."""
    sections = section_matrix(standing.edition).argmax(axis=1)
    points = 100.0 * worth(standing.scores)[:, sections] * standing.earned
    given = shares(standing) @ points
    return {criterion.code: float(found) for criterion, found in zip(standing.edition.criteria, given, strict=True)}


def _criterion(pair: Pair, gave: dict[str, float], gives: dict[str, float]) -> CriterionMoved:
    was, now = pair
    named = now or was
    assert named is not None, "one of a pair is there"
    moves = (gives[now.code] if now else 0.0) - (gave[was.code] if was else 0.0)
    points = (was.points if was else 0.0, now.points if now else 0.0)
    return CriterionMoved(named.code, named.title, _what(was, now), *points, moves)


def _what(was: Criterion | None, now: Criterion | None) -> What:
    if was is None:
        return "added"
    if now is None:
        return "dropped"
    rule = any(getattr(was, key) != getattr(now, key) for key in RULE_KEYS)
    if was.points != now.points:
        return "repointed_rule" if rule else "repointed"
    return "rule" if rule else "same"
