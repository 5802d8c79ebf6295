"""A preview of a draft: what it would change and what it would score. Nothing is stored."""

from collections.abc import Collection
from dataclasses import dataclass

from beicha.actions.carrying import Carried, carry_over
from beicha.actions.comparing import LedgerChange, compare
from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.grants import Grant, require_submit
from beicha.actions.month_scores import MonthScores, edition_of
from beicha.actions.moves import Change, Move, change
from beicha.actions.said_before import said_before
from beicha.intake.problems import Problem
from beicha.store import Store, Transaction, submissions
from beicha.store.content import content_hash
from beicha.store.submissions import Key, Version
from scoring.facts import Report
from scoring.periods import month_number


@dataclass(frozen=True)
class ReportPreview:
    """What one report would change.

    ``replaces`` is the version it follows, None for a first report. ``no_change``: it says what is stored already,
    so that nothing will be. ``carried_over`` and ``removed`` name ledgers (and ``not_applicable``) that the files
    lack. ``score_before`` and ``score_after`` are the community's, None where it has none; ``moves`` tells which
    criteria make the difference. ``again`` warns where an earlier version said the same and was replaced since.
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
    moves: tuple[Move, ...]
    again: Problem | None = None


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
        changes = _changes(view, {key: one.content.report(*_place(key)) for key, one in carried.items()})
        found = (
            _report(view, report, befores[report.key], carried[report.key], changes[report.key])
            for report in draft.reports
        )
        return Preview(draft, tuple(found))


def _carried(view: Transaction, report: DraftReport, before: Version | None, drop: Collection[str]) -> Carried:
    kept = edition_of(view, report.key.period)
    return carry_over(kept.edition, report, submissions.content(view, before.seq) if before else None, drop)


def _place(key: Key) -> tuple[str, int, str]:
    return key.community, month_number(key.period), key.kept_by


def _report(
    view: Transaction,
    report: DraftReport,
    before: Version | None,
    carried: Carried,
    change: Change,
) -> ReportPreview:
    key, place = report.key, _place(report.key)
    old = submissions.content(view, before.seq).report(*place) if before else None
    edition = edition_of(view, key.period).edition
    return ReportPreview(
        key,
        report.name,
        tuple(file.name for file in report.files),
        before,
        before is not None and before.content_hash == content_hash(carried.content),
        compare(edition, old, carried.content.report(*place), carried.kept, carried.removed),
        carried.kept,
        carried.removed,
        change.before,
        change.after,
        change.moves,
        again=said_before(view, report),
    )


def _changes(view: Transaction, fresh: dict[Key, Report]) -> dict[Key, Change]:
    """What becomes of each report's community in the report's month, with all reports stored together."""
    found: dict[Key, Change] = {}
    for period in {key.period for key in fresh}:
        here = sorted({key.community for key in fresh if key.period == period})
        month = MonthScores(view, period, here)
        before, after = month.outlook(), month.outlook(fresh.values())
        found |= {key: change(before, after, here.index(key.community)) for key in fresh if key.period == period}
    return found
