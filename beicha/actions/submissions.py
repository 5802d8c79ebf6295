"""Submissions (上报): read files, look at what they would change, store them, look back, take an earlier one again.

``read`` gives a draft (slow: it opens workbooks; pages let a job do it, see ``imports``), ``preview`` says what the
draft would change now (quick), ``submit`` stores it in one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from beicha.actions.assessing import complete, reassess, reports_of
from beicha.actions.closing import require_open
from beicha.actions.draft_reading import Said, read_draft
from beicha.actions.drafts import Draft
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require, require_for, require_submit
from beicha.actions.personal_views import Asked, hidden_corrections, note_views
from beicha.actions.previews import Preview, ReportPreview, preview
from beicha.actions.receipts import Receipt
from beicha.actions.storing import note
from beicha.actions.submitting import submit, tried
from beicha.actions.task_following import follow
from beicha.intake.personal import holds_personal
from beicha.store import Store, Transaction, areas, removals, submissions
from beicha.store import files as stored_files
from beicha.store.content import Correction
from beicha.store.files import NamedFile
from beicha.store.locks import hold_communities
from beicha.store.removals import Removal
from beicha.store.submissions import Key, SentFile, Version
from scoring.facts import Report
from scoring.periods import month_of, period_text

__all__ = [
    "Key",
    "NamedFile",
    "Preview",
    "Receipt",
    "ReportPreview",
    "history",
    "preview",
    "read",
    "reportable_months",
    "reports",
    "restore",
    "sent_file",
    "submit",
]

MONTHS_BACK = 18


@dataclass(frozen=True)
class HistoryEntry:
    """One version of a community's month, with the names of its files, and whether it is the current one.

    ``corrections`` holds what was put right on the page before it was stored; ``removal`` tells that it was withdrawn
    or erased, or waits to be erased.
    """

    version: Version
    files: tuple[SentFile, ...]
    current: bool
    corrections: tuple[Correction, ...]
    removal: Removal | None = None

    @property
    def erased(self) -> bool:
        """Whether nothing of it is left but this."""
        return self.removal is not None and self.removal.has_erased

    @property
    def counts(self) -> bool:
        """Whether it was neither withdrawn nor erased."""
        return self.removal is None or self.removal.waits


def reportable_months(today: date) -> list[str]:
    """The months that may be reported now, newest first: this one and a year and a half before."""
    return [period_text(month_of(today) - back) for back in range(MONTHS_BACK)]


def read(
    grant: Grant, store: Store, files: Sequence[NamedFile], community: str | None = None, period: str | None = None
) -> Draft:
    """What the files say, for the community and the month chosen, or for those that they name themselves."""
    require(grant, "submit")
    return read_draft(store, files, Said(community, period))


def history(grant: Grant, store: Store, key: Key) -> tuple[HistoryEntry, ...]:
    """All versions of a community's month, newest first."""
    with store.read() as view:
        require_for(grant, "files", [key.community], areas.tree(view, key.period))
        found = submissions.versions(view, key)
        sent = submissions.sent_files(view, [version.seq for version in found])
        kept = kept_in_force(view, key.period)
        typed = [submissions.content(view, version.seq).corrections for version in found]
        corrections = [hidden_corrections(cells, kept.edition if kept else None) for cells in typed]
        gone = removals.of_versions(view, [version.seq for version in found])
        newest = submissions.newest(view, key)
    return tuple(
        HistoryEntry(version, sent[version.seq], version == newest, cells, gone.get(version.seq))
        for version, cells in zip(found, corrections, strict=True)
    )


def restore(grant: Grant, store: Store, seq: int, *, now: datetime) -> Receipt:
    """Take an earlier version again: a new version that says the same, also of one that was withdrawn.

    Raises LookupError where there is none, or it is erased.
    """
    receipt, opened = tried(lambda: _restore(grant, store, seq, now))
    if opened:
        complete(store)
    return receipt


def reports(grant: Grant, store: Store, communities: Sequence[str], up_to: str) -> list[Report]:
    """The newest reports of these communities of every month up to one "YYYY-MM", their own and the office's."""
    with store.read() as view:
        require_for(grant, "files", communities, areas.tree(view, up_to))
        return reports_of(view, communities, up_to)


def sent_file(grant: Grant, store: Store, seq: int, sha256: str, *, now: datetime) -> NamedFile | None:
    """A file of a version as it was sent; None where the version has no such file.

    One that holds what is a person's own needs the right to see it, and that it was opened is noted.
    """
    with store.read() as view:
        version = submissions.version(view, seq)
        if version is None:
            return None
        require_for(grant, "files", [version.community], areas.tree(view, version.period))
        sent = next((file for file in submissions.sent_files(view, [seq])[seq] if file.sha256 == sha256), None)
        content = stored_files.content(view, sha256) if sent else None
    if sent is None or content is None:
        return None
    if holds_personal(content):
        note_views(grant, store, Asked(version.community, now), [(version.period, sha256)])
    return NamedFile(sent.name, content)


def _restore(grant: Grant, store: Store, seq: int, now: datetime) -> tuple[Receipt, bool]:
    with store.write() as change:
        old = submissions.version(change, seq)
        if old is None or _is_erased(change, seq):
            raise LookupError(f"there is no submission {seq}")
        require_submit(grant, old.key, change)
        hold_communities(change, [old.community])
        before = submissions.newest(change, old.key)
        if before is not None and before.content_hash == old.content_hash:
            return Receipt(None, (), (before,)), False
        require_open(grant, old.key, change, now)
        files = submissions.sent_files(change, [seq])[seq]
        opened = not submissions.has_period(change, old.period)
        entry = submissions.Entry(old.key, submissions.content(change, seq), old.content_hash, files, before, seq)
        made = submissions.add(change, entry, receipt=None, by=grant.actor, at=now)
        reassess(change, [old.community], old.period)
        follow(change, grant, [made], now)
        note(change, grant, "restore", [(before, made)], now, restored_from=old.version)
    return Receipt(made.receipt, (made,), ()), opened


def _is_erased(view: Transaction, seq: int) -> bool:
    removal = removals.of_versions(view, [seq]).get(seq)
    return removal is not None and removal.has_erased
