"""Erasing (彻底删除) by two persons: one asks and says why, another with the right says yes.

What goes: the bytes of the version's files, what the version says, the drafts and imports that hold the same files, and
what other versions of the month took from them. What stays: the shell of the version with the digests of its files, the
reason, both names and the time. What is scored is put right in the same transaction. Backups made before still hold
it: the list of what was erased tells what to erase again after one is restored.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from beicha.actions.assessing import resettle
from beicha.actions.closing import require_open
from beicha.actions.grants import Grant, Refused, may, may_everywhere, require_everywhere, require_submit
from beicha.actions.task_following import follow
from beicha.actions.withdrawing import about, reason_of
from beicha.store import Store, Transaction, audit, files, jobs, removals, submissions
from beicha.store.content import Content
from beicha.store.locks import hold_structure
from beicha.store.removals import Removal
from beicha.store.submissions import Version


class SamePersonError(ValueError):
    """Whoever asked for it cannot be the one to say yes."""


@dataclass(frozen=True)
class Reach:
    """What goes with a version: versions erased with it, versions that lose the ledgers taken from its files, and
    the digests of the files whose bytes go."""

    erased: tuple[Version, ...]
    stripped: tuple[Version, ...]
    digests: tuple[str, ...]


@dataclass(frozen=True)
class Request:
    """A request that waits: what is asked of which version, what would go, and whether the reader may answer it."""

    removal: Removal
    version: Version
    reach: Reach
    may_confirm: bool
    may_drop: bool


def ask_erase(grant: Grant, store: Store, seq: int, reason: str, *, now: datetime) -> int:
    """Ask for a version to be erased; the number of the request.

    Raises LookupError where there is no such version, or it is erased or asked for already, and NoReasonError.
    """
    said = reason_of(reason)
    with store.write() as change:
        version = _version(change, seq)
        require_submit(grant, version.key, change)
        hold_structure(change)
        known = removals.of_versions(change, [seq]).get(seq)
        if known is not None and known.kind == "erase":
            raise LookupError(f"submission {seq} is erased or asked to be")
        number = removals.ask(change, seq, "erase", said, by=grant.actor, at=now)
        audit.add(change, now, grant, "submission.ask_erase", f"{version.receipt:06d}", reason=said, **about(version))
    return number


def requests(grant: Grant, store: Store) -> tuple[Request, ...]:
    """The requests that wait and that the reader may answer, or has made, oldest first."""
    with store.read() as view:
        found = [_request(view, grant, removal) for removal in removals.waiting(view)]
    return tuple(one for one in found if one.may_confirm or one.may_drop)


def confirm_erase(grant: Grant, store: Store, number: int, *, now: datetime) -> Reach:
    """Erase what was asked for; what went with it.

    Raises LookupError where nothing of that number waits, SamePersonError where the reader asked for it, Closed where
    the month is final: its scores are not to change unseen.
    """
    require_everywhere(grant, "erase")
    with store.write() as change:
        hold_structure(change)
        removal = _waiting(change, number)
        if removal.asked_by == grant.actor:
            raise SamePersonError
        version = _version(change, removal.submission)
        require_open(grant, version.key, change, now)
        reach = reach_of(change, version)
        _erase(change, reach)
        _note(change, grant, removal, reach, now)
        resettle(change, version.community, version.period)
        follow(change, grant, [version], now)
        digests = list(reach.digests)
        values = {"reason": removal.reason, "asked_by": removal.asked_by, "digests": digests, **about(version)}
        audit.add(change, now, grant, "submission.erase", f"{version.receipt:06d}", **values)
    store.scrub()
    return reach


def drop_request(grant: Grant, store: Store, number: int, *, now: datetime) -> None:
    """Drop a request: its own maker may, and who may say yes. Raises LookupError where nothing of that number waits."""
    with store.write() as change:
        removal = _waiting(change, number)
        if not _may_drop(grant, removal):
            raise Refused(grant, "erase")
        version = _version(change, removal.submission)
        removals.drop(change, number, by=grant.actor, at=now)
        audit.add(change, now, grant, "submission.keep", f"{version.receipt:06d}", **about(version))


def reach_of(view: Transaction, version: Version) -> Reach:
    """What erasing a version would take."""
    others = [one for one in submissions.versions(view, version.key) if one.seq != version.seq]
    sent = submissions.sent_files(view, [version.seq, *(one.seq for one in others)])
    own = {file.sha256 for file in sent[version.seq]}
    erased = [one for one in others if own & {file.sha256 for file in sent[one.seq]}]
    family = {version.seq, *(one.seq for one in erased)}
    stripped = [one for one in others if one.seq not in family and _took(submissions.content(view, one.seq), own)]
    held = {file.sha256 for seq in family for file in sent[seq]}
    lone = {digest for digest, users in submissions.users_of(view, held).items() if users <= family}
    return Reach((version, *erased), tuple(stripped), tuple(sorted(own | lone)))


def erased_before(view: Transaction, digests: Collection[str]) -> Removal | None:
    """The newest erasure of one of these files, None where none was erased."""
    found = (removal for removal in removals.erased(view)[::-1] if set(removal.digests) & set(digests))
    return next(found, None)


def _erase(change: Transaction, reach: Reach) -> None:
    submissions.blank(change, [version.seq for version in reach.erased])
    for version in reach.stripped:
        submissions.rewrite(change, version.seq, _without(submissions.content(change, version.seq), reach.digests))
    files.blank(change, reach.digests)
    jobs.forget_files(change, reach.digests)


def _note(change: Transaction, grant: Grant, removal: Removal, reach: Reach, now: datetime) -> None:
    """One removal for each version that is erased, the one that was asked for among them."""
    known = removals.of_versions(change, [version.seq for version in reach.erased])
    for version in reach.erased:
        own = known.get(version.seq)
        number = own.id if own is not None and own.kind == "erase" else None
        if number is None:
            by, at = removal.asked_by, removal.asked_at
            number = removals.ask(change, version.seq, "erase", removal.reason, by=by, at=at)
        removals.do(change, number, reach.digests, by=grant.actor, at=now)


def _took(content: Content, digests: Collection[str]) -> bool:
    return any(source.sha256 in digests for source in content.sources.values())


def _without(content: Content, digests: Collection[str]) -> Content:
    """The content without the ledgers that came from these files."""
    taken = {code for code, source in content.sources.items() if source.sha256 in digests}
    return replace(
        content,
        ledgers={code: rows for code, rows in content.ledgers.items() if code not in taken},
        originals={code: texts for code, texts in content.originals.items() if code not in taken},
        sources={code: source for code, source in content.sources.items() if code not in taken},
        corrections=tuple(one for one in content.corrections if one.ledger not in taken),
    )


def _request(view: Transaction, grant: Grant, removal: Removal) -> Request:
    version = _version(view, removal.submission)
    confirms = may_everywhere(grant, "erase") and removal.asked_by != grant.actor
    return Request(removal, version, reach_of(view, version), confirms, _may_drop(grant, removal))


def _may_drop(grant: Grant, removal: Removal) -> bool:
    own = removal.asked_by == grant.actor and may(grant, "submit")
    return own or may_everywhere(grant, "erase")


def _waiting(view: Transaction, number: int) -> Removal:
    removal = removals.removal(view, number)
    if removal is None or not removal.waits:
        raise LookupError(f"no request {number} waits")
    return removal


def _version(view: Transaction, seq: int) -> Version:
    version = submissions.version(view, seq)
    if version is None:
        raise LookupError(f"there is no submission {seq}")
    return version
