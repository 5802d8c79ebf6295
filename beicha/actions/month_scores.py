"""The scores that some communities of a month would have with other reports, nothing stored."""

from collections.abc import Collection

import numpy as np

from beicha.actions.assessing import reports_of
from beicha.actions.editions import kept_in_force
from beicha.actions.moves import Outlook
from beicha.store import Transaction, areas, assessments
from beicha.store.editions import KeptEdition
from scoring.assess import assess
from scoring.cells import Cells, together
from scoring.facts import Area, Report
from scoring.periods import month_number
from scoring.rollup import roll_up


def edition_of(view: Transaction, period: str) -> KeptEdition:
    """The edition in force in a month that has reports."""
    kept = kept_in_force(view, period)
    assert kept is not None, "there is no report of a month without an edition"
    return kept


class MonthScores:
    """A month in which some communities are scored anew, among others whose scores are stored."""

    def __init__(self, view: Transaction, period: str, communities: list[str]) -> None:
        self._month, self._communities = month_number(period), communities
        self._edition = edition_of(view, period).edition
        self._tree = areas.tree(view, period)
        self._others = _others(view, period, self._tree, communities)
        self._stored = reports_of(view, communities, period)

    def scores(self, fresh: Collection[Report] = ()) -> dict[str, float | None]:
        """The scores of these communities with these reports in the place of the stored ones of the same month."""
        scores = self.outlook(fresh).standing.score
        return {code: None if np.isnan(scores[n]) else float(scores[n]) for n, code in enumerate(self._communities)}

    def outlook(self, fresh: Collection[Report] = ()) -> Outlook:
        """How these communities stand with these reports in the place of the stored ones of the same month."""
        replaced = {(report.community, report.month, report.kept_by) for report in fresh}
        kept = [one for one in self._stored if (one.community, one.month, one.kept_by) not in replaced]
        return self._outlook([*kept, *fresh])

    def _outlook(self, reports: list[Report]) -> Outlook:
        assessment = assess(self._edition, self._month, self._communities, reports)
        own = assessment.cells()
        cells = together([own, self._others]) if self._others else own
        return Outlook(assessment, roll_up(self._edition, cells, self._tree))


def _others(view: Transaction, period: str, tree: tuple[Area, ...], communities: list[str]) -> Cells | None:
    """The cells of the others, where the scores of these depend on them; worked out where none are stored yet."""
    kept = edition_of(view, period)
    if kept.edition.not_applicable != "mean_of_others":
        return None
    there = sorted({area.code for area in tree if area.kind == "community"} - set(communities))
    stored = assessments.read(view, kept, [period], there).get(period)
    if stored is not None or not there:
        return stored
    return assess(kept.edition, month_number(period), there, reports_of(view, there, period)).cells()
