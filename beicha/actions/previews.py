"""A preview of a draft: what it would change and what it would score. Nothing is stored."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from beicha.actions.assessing import reports_of
from beicha.actions.carrying import Carried, carry_over
from beicha.actions.comparing import LedgerChange, compare
from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require_submit
from beicha.store import Store, Transaction, areas, assessments, submissions
from beicha.store.content import content_hash
from beicha.store.editions import KeptEdition
from beicha.store.submissions import Key, Version
from scoring.assess import assess
from scoring.cells import Cells
from scoring.facts import Area, Report
from scoring.periods import month_number
from scoring.rollup import roll_up


@dataclass(frozen=True)
class ReportPreview:
    """What one report would change.

    ``replaces`` is the version it follows, None for a first report. ``no_change``: it says what is stored already,
    so that nothing will be. ``carried_over`` and ``removed`` name ledgers (and ``not_applicable``) that the files
    lack. ``score_before`` and ``score_after`` are the community's, None where it has none.
    """

    key: Key
    name: str
    files: tuple[str, ...]
    replaces: Version | None
    no_change: bool
    ledgers: tuple[LedgerChange, ...]
    carried_over: tuple[str, ...]
    removed: tuple[str, ...]
    score_before: float | None
    score_after: float | None


@dataclass(frozen=True)
class Preview:
    """A draft and what each of its reports would change; ``ready`` where there is something to store."""

    draft: Draft
    reports: tuple[ReportPreview, ...]

    @property
    def ready(self) -> bool:
        """Whether confirming would store anything."""
        return any(not report.no_change for report in self.reports)


def preview(grant: Grant, store: Store, draft: Draft, drop: Collection[str] = ()) -> Preview:
    """What storing the draft would change now; ``drop`` names the ledgers that are not to be carried over."""
    with store.read() as view:
        for report in draft.reports:
            require_submit(grant, report.key, view)
        befores = {report.key: submissions.newest(view, report.key) for report in draft.reports}
        carried = {report.key: _carried(view, report, befores[report.key], drop) for report in draft.reports}
        scores = _scores(view, {key: one.content.report(*_place(key)) for key, one in carried.items()})
        found = (
            _report(view, report, befores[report.key], carried[report.key], scores[report.key])
            for report in draft.reports
        )
        return Preview(draft, tuple(found))


def _carried(view: Transaction, report: DraftReport, before: Version | None, drop: Collection[str]) -> Carried:
    kept = _edition(view, report.key.period)
    return carry_over(kept.edition, report, submissions.content(view, before.seq) if before else None, drop)


def _edition(view: Transaction, period: str) -> KeptEdition:
    kept = kept_in_force(view, period)
    assert kept is not None, "a draft has no report of a month without an edition"
    return kept


def _place(key: Key) -> tuple[str, int, str]:
    return key.community, month_number(key.period), key.kept_by


def _report(
    view: Transaction,
    report: DraftReport,
    before: Version | None,
    carried: Carried,
    scores: tuple[float | None, float | None],
) -> ReportPreview:
    key, place = report.key, _place(report.key)
    old = submissions.content(view, before.seq).report(*place) if before else None
    edition = _edition(view, key.period).edition
    return ReportPreview(
        key,
        report.name,
        tuple(file.name for file in report.files),
        before,
        before is not None and before.content_hash == content_hash(carried.content),
        compare(edition, old, carried.content.report(*place), carried.kept, carried.removed),
        carried.kept,
        carried.removed,
        *scores,
    )


def _scores(view: Transaction, fresh: dict[Key, Report]) -> dict[Key, tuple[float | None, float | None]]:
    """The score before and after of each report's community in the report's month, with all reports stored together."""
    found: dict[Key, tuple[float | None, float | None]] = {}
    for period in {key.period for key in fresh}:
        here = sorted({key.community for key in fresh if key.period == period})
        month = _Month(view, period, here)
        replaced = {(report.community, report.month, report.kept_by) for report in fresh.values()}
        old = reports_of(view, here, period)
        new = [report for report in old if (report.community, report.month, report.kept_by) not in replaced]
        before, after = month.scores(old), month.scores([*new, *fresh.values()])
        found |= {key: (before[key.community], after[key.community]) for key in fresh if key.period == period}
    return found


class _Month:
    """A month in which some communities are scored anew, among others whose scores are stored."""

    def __init__(self, view: Transaction, period: str, communities: list[str]) -> None:
        self._month, self._communities = month_number(period), communities
        self._edition = _edition(view, period).edition
        self._tree = areas.tree(view, period)
        self._others = _others(view, period, self._tree, communities)

    def scores(self, reports: list[Report]) -> dict[str, float | None]:
        """The scores of these communities with these reports."""
        own = assess(self._edition, self._month, self._communities, reports).cells()
        cells = _together(own, self._others) if self._others else own
        scores = roll_up(self._edition, cells, self._tree).score
        return {code: None if np.isnan(scores[n]) else float(scores[n]) for n, code in enumerate(self._communities)}


def _others(view: Transaction, period: str, tree: tuple[Area, ...], communities: list[str]) -> Cells | None:
    """The cells of the others, where the scores of these depend on them; worked out where none are stored yet."""
    kept = _edition(view, period)
    if kept.edition.not_applicable != "mean_of_others":
        return None
    there = sorted({area.code for area in tree if area.kind == "community"} - set(communities))
    stored = assessments.read(view, kept, period, period, there).get(period)
    if stored is not None or not there:
        return stored
    return assess(kept.edition, month_number(period), there, reports_of(view, there, period)).cells()


def _together(first: Cells, second: Cells) -> Cells:
    return Cells(
        first.communities + second.communities,
        np.concatenate([first.state, second.state]),
        np.concatenate([first.fraction, second.fraction]),
        np.concatenate([first.self_fraction, second.self_fraction]),
        np.concatenate([first.bonus, second.bonus]),
        np.concatenate([first.veto, second.veto]),
        np.concatenate([first.reported, second.reported]),
    )
