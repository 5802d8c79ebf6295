"""Roll-ups: from the findings of communities to sections, streets, the district and the lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from scoring.cells import Cells
from scoring.edition import Edition
from scoring.extras import within
from scoring.facts import Area
from scoring.outcomes import Fractions, Truths
from scoring.ranks import band, dense_ranks
from scoring.rules import TOLERANCE
from scoring.scores import Scores, Weighing, points_of, score, weigh
from scoring.tree import Tree, mean_score, tree_of


def roll_up(edition: Edition, cells: Cells, areas: Sequence[Area]) -> "Standing":
    """The standing of the communities of ``cells`` under the edition, in the tree of areas valid in that month."""
    tree = tree_of(areas, cells.communities)
    weighing = weigh(edition, cells, tree.district)
    return Standing(edition, cells, tree, weighing, score(edition, weighing))


@dataclass(frozen=True)
class Standing:
    """Where communities, streets, the district and the lines stand in one month."""

    edition: Edition
    cells: Cells
    tree: Tree
    weighing: Weighing
    scores: Scores

    @property
    def in_denominator(self) -> Truths:
        """Which findings count, C communities by K criteria."""
        return self.weighing.in_denominator

    @cached_property
    def points(self) -> Fractions:
        """The points of every finding in the denominator, 0 elsewhere."""
        return points_of(self.edition) * self.in_denominator

    @cached_property
    def earned(self) -> Fractions:
        """The points earned by every finding, 0 where it is not in the denominator."""
        return self.points * self.weighing.fraction

    @property
    def lost(self) -> Fractions:
        """The points lost by every finding, 0 where it is not in the denominator."""
        return self.points - self.earned

    @cached_property
    def bonus(self) -> Fractions:
        """The bonus of every community, within the edition's floor and cap."""
        total = self.cells.bonus.sum(axis=1)
        return within(total, self.edition.bonus_floor, self.edition.bonus_cap)

    @cached_property
    def score(self) -> Fractions:
        """The score of every community, NaN where it has none."""
        return self.scores.base + self.bonus

    @cached_property
    def weights(self) -> Fractions:
        """What each community weighs in the means of streets and districts."""
        return self.tree.weight if self.edition.weighted_by else np.ones(len(self.cells.communities))

    def mean(self, members: np.ndarray) -> float:
        """The mean score of some communities, by index; NaN where none has a score."""
        return mean_score(self.score[members], self.weights[members])

    @cached_property
    def gates_missed(self) -> list[tuple[str, ...]]:
        """For every community the sections whose gate (前置条件) it does not meet."""
        gates = np.array([section.gate or -np.inf for section in self.edition.sections])
        missed = 100.0 * self.scores.rate < gates - TOLERANCE
        codes = [section.code for section in self.edition.sections]
        return [tuple(code for code, miss in zip(codes, row, strict=True) if miss) for row in missed]

    @cached_property
    def vetoes(self) -> list[tuple[str, ...]]:
        """For every community the vetoes (一票否决) raised against it."""
        codes = [veto.code for veto in self.edition.vetoes]
        return [tuple(code for code, flag in zip(codes, row, strict=True) if flag) for row in self.cells.veto]

    @cached_property
    def communities(self) -> pd.DataFrame:
        """One row per community, by code.

        Columns: name, street, zone (codes or None), rank_class, order, weight, score, base (NaN: none), bonus,
        reported, gates_missed, vetoes (tuples of codes), rank (Int64, <NA> when left out), left_out (reason
        code or ""), band, distance (score less the pass mark).
        """
        known = [self.tree.areas.get(code) for code in self.cells.communities]
        classes = [area.rank_class if area else "" for area in known]
        rank = dense_ranks(self.score, classes)
        numbers = range(len(known))
        return pd.DataFrame(
            {
                "name": [area.name if area else c for area, c in zip(known, self.cells.communities, strict=True)],
                "street": pd.Series([self.tree.ancestor(n, "street") for n in numbers], dtype=object).values,
                "zone": pd.Series([self.tree.ancestor(n, "zone") for n in numbers], dtype=object).values,
                "rank_class": classes,
                "order": [area.order if area else n for n, area in enumerate(known)],
                "weight": self.weights,
                "score": self.score,
                "base": self.scores.base,
                "bonus": self.bonus,
                "reported": self.cells.reported,
                "gates_missed": self.gates_missed,
                "vetoes": self.vetoes,
                "rank": pd.array(rank, dtype="Int64").astype("Int64"),
                "left_out": np.where(rank == 0, "no_score", ""),
                "band": [band(self.edition, value) for value in self.score],
                "distance": self.score - self.edition.pass_mark,
            },
            index=pd.Index(self.cells.communities, name="community"),
        ).assign(rank=lambda frame: frame["rank"].where(frame["rank"] > 0, pd.NA))

    @cached_property
    def sections(self) -> pd.DataFrame:
        """Section rates, 0 to 1 (NaN: nothing in the denominator): a row per community, a column per section."""
        codes = [section.code for section in self.edition.sections]
        return pd.DataFrame(self.scores.rate, index=list(self.cells.communities), columns=codes)

    @cached_property
    def areas_table(self) -> pd.DataFrame:
        """One row per district, street and zone, by code.

        Columns: name, kind, parent, order, score (NaN: none), communities, not_reported, without_score (counts),
        distance (score less the pass mark).
        """
        rows = {code: self._area_row(area) for code, area in self.tree.areas.items() if area.kind != "community"}
        columns = [
            "name",
            "kind",
            "parent",
            "order",
            "score",
            "communities",
            "not_reported",
            "without_score",
            "distance",
        ]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns)

    def _area_row(self, area: Area) -> list[object]:
        members = self.tree.below(area.code)
        mean = self.mean(members)
        unreported = int((~self.cells.reported[members]).sum())
        without = int(np.isnan(self.score[members]).sum())
        distance = mean - self.edition.pass_mark
        return [area.name, area.kind, area.parent, area.order, mean, len(members), unreported, without, distance]

    @cached_property
    def lines(self) -> pd.DataFrame:
        """One row per line, by code: title, score (NaN where it leads nothing that counts), earned, points, lost."""
        leads = np.array([criterion.lead for criterion in self.edition.criteria], object)
        earned, points = self.earned.sum(axis=0), self.points.sum(axis=0)
        rows = {}
        for line in self.edition.lines:
            got, full = float(earned[leads == line.code].sum()), float(points[leads == line.code].sum())
            rows[line.code] = [line.title, 100.0 * got / full if full > 0 else np.nan, got, full, full - got]
        return pd.DataFrame.from_dict(rows, orient="index", columns=["title", "score", "earned", "points", "lost"])
