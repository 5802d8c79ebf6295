"""The audit's chain, checked: from the first row on, or its newest part.

A row that was changed, put in or taken out does not fit. What the chain cannot show by itself is that its end was cut
off, or that somebody with the whole database worked out all of it anew: for that a digest is written down elsewhere
and looked for here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from beicha.actions.grants import Grant, require_everywhere
from beicha.store import Store, Transaction, audit
from beicha.store.audit import Head
from beicha.store.chain import START, Link, What, fault

PURGE = "audit.purge"
VERIFY = "audit.verify"
RECENT = 10_000
TOLD_EVERY = 2000
LEAST_LETTERS = 16
"""So many letters of a digest stand for it, where it was written down by hand."""

Progress = Callable[[int, int], object]
"""Told how many rows of how many are checked."""


@dataclass(frozen=True)
class Verified:
    """What a check found: the rows that fit, from ``first`` to ``last``, and the digest of the last.

    ``wrong`` is the number of the first row that does not fit and ``what`` of it. ``seen`` is the number of the row
    whose digest was asked for, None where there was none.
    """

    first: int
    last: int
    digest: str
    wrong: int | None = None
    what: What | None = None
    seen: int | None = None


def verify(
    grant: Grant, store: Store, *, digest: str = "", recent: int | None = None, progress: Progress = lambda *_: None
) -> Verified:
    """Check the chain, or so many of its newest rows, and look for the row of a digest (or its first 16 letters).

    Raises ValueError where so few letters are given that they say nothing.
    """
    require_everywhere(grant, "audit")
    wanted = digest.strip().lower()
    if wanted and len(wanted) < LEAST_LETTERS:
        raise ValueError("too few letters of a digest")
    with store.read() as view:
        return _walk(view, recent, wanted, progress)


def verify_recent(grant: Grant, store: Store, *, now: datetime, progress: Progress = lambda *_: None) -> Verified:
    """Check the newest rows and note in the audit that it was done, and what was found."""
    found = verify(grant, store, recent=RECENT, progress=progress)
    with store.write() as change:
        told = {"first": found.first, "last": found.last, "wrong": found.wrong}
        audit.add(change, now, grant, "audit.verify", str(found.last), **told)
    return found


def head(grant: Grant, store: Store) -> Head | None:
    """The newest row's number, moment and digest, to be written down elsewhere; None where nothing was done yet."""
    require_everywhere(grant, "audit")
    with store.read() as view:
        return audit.head(view)


def _walk(view: Transaction, recent: int | None, wanted: str, progress: Progress) -> Verified:
    newest = audit.head(view)
    beginning = _beginning(view, newest.seq - recent if newest and recent else 0)
    if isinstance(beginning, Verified):
        return beginning
    seq, previous = beginning
    first, until, seen = seq + 1, newest.seq if newest else 0, _seen(wanted, seq, previous)
    for link in audit.links(view, seq):
        what = fault(link, seq + 1, previous)
        if what is not None:
            return Verified(first, seq, previous, link.said.seq, what, seen)
        seq, previous = link.said.seq, link.digest
        seen = _seen(wanted, seq, previous) or seen
        if seq % TOLD_EVERY == 0 or seq == until:
            progress(seq - first + 1, until - first + 1)
    return Verified(first, seq, previous, seen=seen)


def _seen(wanted: str, seq: int, digest: str) -> int | None:
    return seq if wanted and seq and digest.startswith(wanted) else None


def _beginning(view: Transaction, after: int) -> tuple[int, str] | Verified:
    """The number and the digest that the first row to be checked follows; or that nothing says where rows may begin."""
    first = next(audit.links(view, 0, 1), None)
    if first is not None and first.said.seq <= after:
        before = next(audit.links(view, after - 1, 1))
        return before.said.seq, before.digest
    if first is None or first.said.seq == 1:
        return 0, START
    return _after_a_purge(view, first)


def _after_a_purge(view: Transaction, first: Link) -> tuple[int, str] | Verified:
    """Older rows may only have been removed by the purge, which noted with what digest they ended."""
    purge, last = audit.newest_entry(view, PURGE), first.said.seq - 1
    if purge is not None and (purge.details.get("last"), purge.details.get("digest")) == (last, first.previous):
        return last, first.previous
    return Verified(first.said.seq, last, first.previous, first.said.seq, "start")
