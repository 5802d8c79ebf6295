"""Withdrawing (撤回): the current version of a community's month is kept and shown, but counts no more.

The version before it counts again, or the month is not reported. What it scored is put right in the same transaction.
Restoring the version puts it back.
"""

from datetime import datetime

from beicha.actions.assessing import resettle
from beicha.actions.closing import require_open
from beicha.actions.grants import Grant, require_for, require_submit
from beicha.actions.task_following import follow
from beicha.store import Store, Transaction, areas, audit, removals, reviews, submissions
from beicha.store.locks import hold_structure
from beicha.store.submissions import Version
from beicha.words.masking import masked_text

LONGEST_REASON = 300


class NoReasonError(ValueError):
    """Nothing is taken out without a reason."""


def withdraw(grant: Grant, store: Store, seq: int, reason: str, *, now: datetime) -> Version | None:
    """Withdraw the current version of a month; the version that counts now, None where none is left.

    What was passed in review only who reviews withdraws. Raises LookupError where it is not the current one,
    NoReasonError without a reason, Closed where the month takes nothing more.
    """
    said = reason_of(reason)
    with store.write() as change:
        version = current_version(change, seq)
        require_submit(grant, version.key, change)
        hold_structure(change)
        current_version(change, seq)
        _require_unreviewed(grant, version, change, now)
        number = removals.ask(change, seq, "withdraw", said, by=grant.actor, at=now)
        removals.do(change, number, by=grant.actor, at=now)
        resettle(change, version.community, version.period)
        follow(change, grant, [version], now)
        audit.add(change, now, grant, "submission.withdraw", f"{version.receipt:06d}", reason=said, **about(version))
        return submissions.newest(change, version.key)


def _require_unreviewed(grant: Grant, version: Version, view: Transaction, now: datetime) -> None:
    require_open(grant, version.key, view, now)
    last = reviews.newest(view, version.period, version.community).get(version.community)
    if last is not None and last.step.verb == "pass" and last.step.submission == version.seq:
        require_for(grant, "review", [version.community], areas.tree(view, version.period))


def reason_of(text: str) -> str:
    """The reason as it is kept, without anybody's numbers in it; raises NoReasonError where there is none."""
    reason = masked_text(" ".join(text.split()))[:LONGEST_REASON]
    if not reason:
        raise NoReasonError
    return reason


def about(version: Version) -> dict[str, object]:
    """What the audit says of a version."""
    return {
        "seq": version.seq, "community": version.community, "period": version.period, "kept_by": version.kept_by,
        "version": version.version,
    }  # fmt: skip


def current_version(view: Transaction, seq: int) -> Version:
    """The version with this number where it is the current one of its month; raises LookupError otherwise."""
    version = submissions.version(view, seq)
    newest = None if version is None else submissions.newest(view, version.key)
    if version is None or newest is None or newest.seq != seq:
        raise LookupError(f"submission {seq} is not the current version of a month")
    return version
