"""Storing what a draft says, inside a transaction: versions, the bytes they came from, an audit row; then scores."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from beicha.actions.assessing import reassess
from beicha.actions.carrying import carry_over
from beicha.actions.closing import require_open
from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require_submit
from beicha.actions.receipts import Receipt
from beicha.actions.said_before import said_before
from beicha.actions.task_following import follow
from beicha.store import Transaction, audit, submissions
from beicha.store import files as stored_files
from beicha.store.content import Content, content_hash
from beicha.store.files import NamedFile
from beicha.store.submissions import Key, Version


@dataclass(frozen=True)
class Sender:
    """Who submits when, and what they removed.

    ``upon`` maps keys to the number of the version that the draft was made upon (None: none); a newer one is Moved.
    """

    grant: Grant
    now: datetime
    drop: Collection[str]
    upon: Mapping[Key, int | None] = field(default_factory=dict)


class Moved(Exception):  # noqa: N818 - an answer, not a fault of the program
    """Another version was stored since the draft was made upon the one before."""


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


@dataclass(frozen=True)
class Kept:
    """What storing a draft came to; ``opened``: a month got its first report, so that all others are to be scored."""

    receipt: Receipt
    opened: bool = False


def keep(change: Transaction, sender: Sender, draft: Draft, bytes_of: Mapping[str, NamedFile]) -> Kept:
    """Store the reports that say something new, with the bytes they came from. Nothing is scored: see ``score``.

    The communities are to be held before. Raises Refused, Closed, and KeyError where ``bytes_of`` lacks a file.
    """
    found = [_plan(change, sender, report) for report in draft.reports]
    same = tuple(new.before for new in found if new.same and new.before)
    made = [new for new in found if not new.same]
    if not made:
        return Kept(Receipt(None, (), same))
    again = tuple(problem for new in made if (problem := said_before(change, new.report)))
    opened = not all(submissions.has_period(change, new.report.key.period) for new in made)
    for sha256 in {file.sha256 for new in made for file in new.report.files}:
        stored_files.keep(change, bytes_of[sha256])
    stored = _add_all(change, sender.grant, made, sender.now)
    note(
        change,
        sender.grant,
        "submit",
        [(new.before, version) for new, version in zip(made, stored, strict=True)],
        sender.now,
    )
    return Kept(Receipt(stored[0].receipt, stored, same, again), opened)


def score(change: Transaction, sender: Sender, stored: Sequence[Version]) -> None:
    """Score what these versions change, all communities at once, and see to the tasks there."""
    if stored:
        reassess(change, {version.community for version in stored}, min(version.period for version in stored))
        follow(change, sender.grant, stored, sender.now)


def _plan(change: Transaction, sender: Sender, report: DraftReport) -> _New:
    require_submit(sender.grant, report.key, change)
    kept = kept_in_force(change, report.key.period)
    assert kept is not None, "a draft has no report of a month without an edition"
    before = submissions.newest(change, report.key)
    if report.key in sender.upon and sender.upon[report.key] != (before.seq if before else None):
        raise Moved
    old = submissions.content(change, before.seq) if before else None
    content = carry_over(kept.edition, report, old, sender.drop).content
    new = _New(report, before, content, content_hash(content))
    if not new.same:
        require_open(sender.grant, report.key, change, sender.now)
    return new


def _add_all(change: Transaction, grant: Grant, made: Sequence[_New], now: datetime) -> tuple[Version, ...]:
    stored: list[Version] = []
    for new in made:
        receipt = stored[0].receipt if stored else None
        entry = submissions.Entry(new.report.key, new.content, new.digest, new.report.files, new.before)
        stored.append(submissions.add(change, entry, receipt=receipt, by=grant.actor, at=now))
    return tuple(stored)


def note(
    change: Transaction,
    grant: Grant,
    action: str,
    steps: Sequence[tuple[Version | None, Version]],
    now: datetime,
    **details: int,
) -> None:
    """One audit row for the whole upload: its receipt, and every version it made with the one that stood before it."""
    stored = [version for _, version in steps]
    made = [
        {"seq": v.seq, "community": v.community, "period": v.period, "kept_by": v.kept_by, "version": v.version}
        for v in stored
    ]
    told = {
        "before": {_place(old): _said(old) for old, _ in steps if old is not None},
        "after": {_place(new): _said(new) for new in stored},
    }
    audit.add(change, now, grant, action, f"{stored[0].receipt:06d}", made=made, **told, **details)


def _place(version: Version) -> str:
    """What it is a version of, as the audit names it."""
    return f"{version.community} {version.period}" + (" office" if version.kept_by == "office" else "")


def _said(version: Version) -> dict[str, int | str]:
    """A version by what tells it apart; nothing of its rows."""
    return {"version": version.version, "rows": version.row_count, "content": version.content_hash[:16]}
