"""Submissions (上报): read files, look at what they would change, store them, look back, take an earlier one again.

``read`` gives a draft (slow: it opens workbooks; pages let a job do it, see ``imports``), ``preview`` says what the
draft would change now (quick), ``submit`` stores it in one transaction.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from beicha.actions.assessing import complete, reassess, reports_of
from beicha.actions.carrying import carry_over
from beicha.actions.draft_reading import Said, read_draft
from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require, require_for, require_submit
from beicha.actions.previews import Preview, ReportPreview, preview
from beicha.actions.said_before import said_before
from beicha.intake.problems import Problem
from beicha.store import ConflictError, Store, Transaction, areas, audit, submissions
from beicha.store import files as stored_files
from beicha.store.content import Content, content_hash
from beicha.store.files import NamedFile
from beicha.store.locks import hold_communities
from beicha.store.submissions import Key, SentFile, Version
from scoring.facts import Report
from scoring.periods import month_of, period_text

__all__ = [
    "Key",
    "NamedFile",
    "Preview",
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

ATTEMPTS = 3
MONTHS_BACK = 18

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Receipt:
    """What a submission came to: its number (None where nothing was stored), and the versions stored or found equal.

    ``again`` warns of reports that an earlier version had said already and that were replaced since.
    """

    number: int | None
    stored: tuple[Version, ...]
    unchanged: tuple[Version, ...]
    again: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The number as it is quoted; "" where nothing was stored."""
        return "" if self.number is None else f"{self.number:06d}"


@dataclass(frozen=True)
class HistoryEntry:
    """One version of a community's month, with the names of its files, and whether it is the current one."""

    version: Version
    files: tuple[SentFile, ...]
    current: bool


def reportable_months(today: date) -> list[str]:
    """The months that may be reported now, newest first: this one and a year and a half before."""
    return [period_text(month_of(today) - back) for back in range(MONTHS_BACK)]


def read(
    grant: Grant, store: Store, files: Sequence[NamedFile], community: str | None = None, period: str | None = None
) -> Draft:
    """What the files say, for the community and the month chosen, or for those that they name themselves."""
    require(grant, "submit")
    return read_draft(store, files, Said(community, period))


def submit(
    grant: Grant, store: Store, draft: Draft, files: Sequence[NamedFile], *, now: datetime, drop: Collection[str] = ()
) -> Receipt:
    """Store the draft's reports with the bytes they came from, and score what they change: durable on return.

    ``drop`` names ledgers of the replaced submissions that are not carried over. A report that says what is stored
    already is not stored again. Raises KeyError where ``files`` lack one of those to be stored.
    """
    bytes_of = {file.sha256: file for file in files}
    sender = _Sender(grant, now, drop)
    receipt, opened = _tried(lambda: _submit(sender, store, draft, bytes_of))
    if opened:
        complete(store)
    return receipt


def history(grant: Grant, store: Store, key: Key) -> tuple[HistoryEntry, ...]:
    """All versions of a community's month, newest first."""
    with store.read() as view:
        require_for(grant, "see", [key.community], areas.tree(view, key.period))
        found = submissions.versions(view, key)
        sent = submissions.sent_files(view, [version.seq for version in found])
    return tuple(HistoryEntry(version, sent[version.seq], version is found[0]) for version in found)


def restore(grant: Grant, store: Store, seq: int, *, now: datetime) -> Receipt:
    """Take an earlier version again: a new version that says the same. Raises LookupError where there is none."""
    receipt, _ = _tried(lambda: _restore(grant, store, seq, now))
    return receipt


def reports(grant: Grant, store: Store, communities: Sequence[str], up_to: str) -> list[Report]:
    """The newest reports of these communities of every month up to one "YYYY-MM", their own and the office's."""
    with store.read() as view:
        require_for(grant, "see", communities, areas.tree(view, up_to))
        return reports_of(view, communities, up_to)


def sent_file(grant: Grant, store: Store, seq: int, sha256: str) -> NamedFile | None:
    """A file of a version as it was sent; None where the version has no such file."""
    with store.read() as view:
        version = submissions.version(view, seq)
        if version is None:
            return None
        require_for(grant, "see", [version.community], areas.tree(view, version.period))
        sent = next((file for file in submissions.sent_files(view, [seq])[seq] if file.sha256 == sha256), None)
        content = stored_files.content(view, sha256) if sent else None
        return None if sent is None or content is None else NamedFile(sent.name, content)


def _tried(attempt: Callable[[], Answer]) -> Answer:
    """The answer of an attempt that may meet another one: two uploads of one month become two versions, in order."""
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except ConflictError:
            continue
    return attempt()


@dataclass(frozen=True)
class _Sender:
    """Who submits when, and what they removed."""

    grant: Grant
    now: datetime
    drop: Collection[str]


@dataclass(frozen=True)
class _New:
    """A version about to be added: the report, the version it follows, and what it says with what it carries over."""

    report: DraftReport
    before: Version | None
    content: Content
    digest: str

    @property
    def same(self) -> bool:
        """Whether it says what is stored already."""
        return self.before is not None and self.before.content_hash == self.digest


def _submit(sender: _Sender, store: Store, draft: Draft, bytes_of: dict[str, NamedFile]) -> tuple[Receipt, bool]:
    """The receipt, and whether a month was opened, so that others are to be scored in it too."""
    grant, now = sender.grant, sender.now
    with store.write() as change:
        hold_communities(change, {report.key.community for report in draft.reports})
        found = [_plan(change, grant, report, sender.drop) for report in draft.reports]
        same = tuple(new.before for new in found if new.same and new.before)
        made = [new for new in found if not new.same]
        if not made:
            return Receipt(None, (), same), False
        again = tuple(problem for new in made if (problem := said_before(change, new.report)))
        opened = not all(submissions.has_period(change, new.report.key.period) for new in made)
        for sha256 in {file.sha256 for new in made for file in new.report.files}:
            stored_files.keep(change, bytes_of[sha256])
        stored = _add_all(change, grant, made, now)
        reassess(change, {version.community for version in stored}, min(version.period for version in stored))
        _note(change, grant, "submit", stored, now)
    return Receipt(stored[0].receipt, stored, same, again), opened


def _plan(change: Transaction, grant: Grant, report: DraftReport, drop: Collection[str]) -> _New:
    require_submit(grant, report.key, change)
    kept = kept_in_force(change, report.key.period)
    assert kept is not None, "a draft has no report of a month without an edition"
    before = submissions.newest(change, report.key)
    old = submissions.content(change, before.seq) if before else None
    content = carry_over(kept.edition, report, old, drop).content
    return _New(report, before, content, content_hash(content))


def _add_all(change: Transaction, grant: Grant, made: Sequence[_New], now: datetime) -> tuple[Version, ...]:
    stored: list[Version] = []
    for new in made:
        receipt = stored[0].receipt if stored else None
        entry = submissions.Entry(new.report.key, new.content, new.digest, new.report.files, new.before)
        stored.append(submissions.add(change, entry, receipt=receipt, by=grant.actor, at=now))
    return tuple(stored)


def _restore(grant: Grant, store: Store, seq: int, now: datetime) -> tuple[Receipt, bool]:
    with store.write() as change:
        old = submissions.version(change, seq)
        if old is None:
            raise LookupError(f"there is no submission {seq}")
        require_submit(grant, old.key, change)
        hold_communities(change, [old.community])
        before = submissions.newest(change, old.key)
        if before is not None and before.content_hash == old.content_hash:
            return Receipt(None, (), (before,)), False
        files = submissions.sent_files(change, [seq])[seq]
        entry = submissions.Entry(old.key, submissions.content(change, seq), old.content_hash, files, before, seq)
        made = submissions.add(change, entry, receipt=None, by=grant.actor, at=now)
        reassess(change, [old.community], old.period)
        _note(change, grant, "restore", [made], now, restored_from=seq)
    return Receipt(made.receipt, (made,), ()), False


def _note(
    change: Transaction, grant: Grant, action: str, stored: Sequence[Version], now: datetime, **details: int
) -> None:
    """One audit row for the whole upload: its receipt, and every version it made."""
    made = [
        {"seq": v.seq, "community": v.community, "period": v.period, "kept_by": v.kept_by, "version": v.version}
        for v in stored
    ]
    audit.add(change, now, grant.actor, action, f"{stored[0].receipt:06d}", made=made, **details)
