"""Checklist editions in this office: taking them in, and putting one in force from a month on."""

from dataclasses import dataclass
from datetime import datetime

from beicha.actions.assessing import Told, complete, untold
from beicha.actions.edition_files import CHECKLISTS, edition_in, edition_path
from beicha.actions.grants import Grant, require, require_everywhere
from beicha.store import Store, Transaction, audit, lines
from beicha.store import editions as stored
from beicha.store.editions import KeptEdition, StoredEdition
from beicha.store.locks import hold_structure
from scoring.edition import Edition
from scoring.periods import month_number


@dataclass(frozen=True)
class ListedEdition:
    """An edition, the months from which it is in force by itself, and whether this office has it yet.

    ``digest`` and ``added_at`` are None for one that only lies in data/checklists.
    """

    name: str
    title: str
    version: str
    digest: str | None
    added_at: datetime | None
    in_force_from: tuple[str, ...]


def add(grant: Grant, store: Store, name_or_path: str, now: datetime) -> StoredEdition:
    """Take in the edition of that name or in that file; raises EditionRefusedError where it is missing or faulty.

    The same content again changes nothing. Other content under the same name is another edition beside the first.
    """
    return add_edition(grant, store, edition_in(edition_path(name_or_path)), now)


def add_edition(grant: Grant, store: Store, edition: Edition, now: datetime) -> StoredEdition:
    """Take in an edition that is at hand."""
    require_everywhere(grant, "set_up")
    with store.write() as change:
        seq = _add(change, grant, edition, now)
        return next(item for item in stored.all_editions(change) if item.seq == seq)


def activate(
    grant: Grant, store: Store, name_or_path: str, from_period: str, now: datetime, *, told: Told = untold
) -> StoredEdition:
    """Put an edition in force from a month "YYYY-MM" on, and score that month and those after it by it.

    It is looked for in the files first, then among those taken in before (by name, or by the first eight or more
    letters of the digest). Scores of earlier months stay as they are, and so do those of months from which another
    edition is in force by itself. Its lines are added to the office's where they are not there yet. The edition is in
    force before the scoring begins, which ``told`` follows; what is broken off there, the next worker goes on with.
    """
    require_everywhere(grant, "set_up")
    month_number(from_period)
    edition = None if _only_stored(store, name_or_path) else edition_in(edition_path(name_or_path))
    with store.write() as change:
        hold_structure(change)
        known = stored.by_name(change, name_or_path)
        seq = _add(change, grant, edition, now) if edition else known.seq if known else 0
        item = next(item for item in stored.all_editions(change) if item.seq == seq)
        before = kept_in_force(change, from_period)
        stored.activate(change, seq, from_period, grant.actor, now)
        _add_lines(change, stored.load(change, seq).edition)
        details = {"digest": item.digest, "from": from_period, **_change(before, change, from_period)}
        audit.add(change, now, grant, "edition.activate", item.name, **details)
    complete(store, told)
    return item


def listed(grant: Grant, store: Store) -> tuple[ListedEdition, ...]:
    """The editions taken in, oldest first, then those in data/checklists that are not."""
    require(grant, "see")
    with store.read() as view:
        timeline, kept = stored.timeline(view), stored.all_editions(view)
    found = [
        ListedEdition(item.name, item.title, item.version, item.digest, item.added_at, timeline.months_of(item.seq))
        for item in kept
    ]
    shipped = [edition_in(path) for path in sorted(CHECKLISTS.glob("*.yaml"))]
    known = {item.digest for item in kept}
    new = [ListedEdition(e.name, e.title, e.version, None, None, ()) for e in shipped if e.digest not in known]
    return (*found, *new)


def kept_in_force(view: Transaction, period: str) -> KeptEdition | None:
    """The edition in force in the month, with its number; None before the first."""
    seq = stored.timeline(view).at(period)
    return None if seq is None else stored.load(view, seq)


def _only_stored(store: Store, name_or_path: str) -> bool:
    """Whether no file has the name, but an edition taken in before."""
    if edition_path(name_or_path).is_file():
        return False
    with store.read() as view:
        return stored.by_name(view, name_or_path) is not None


def _change(before: KeptEdition | None, view: Transaction, period: str) -> dict[str, dict[str, str | None]]:
    """What was in force in the month, and what is now, for the audit."""
    stands = {"before": before, "after": kept_in_force(view, period)}
    return {when: _said(kept.edition if kept else None) for when, kept in stands.items()}


def _said(edition: Edition | None) -> dict[str, str | None]:
    return {"edition": f"{edition.title} {edition.version}（{edition.digest[:12]}）" if edition else None}


def _add(change: Transaction, grant: Grant, edition: Edition, now: datetime) -> int:
    seq, new = stored.add(change, edition, grant.actor, now)
    if new:
        audit.add(change, now, grant, "edition.add", edition.name, digest=edition.digest, version=edition.version)
    return seq


def _add_lines(change: Transaction, edition: Edition) -> None:
    known = lines.all_lines(change)
    codes = {line.code for line in known}
    start = max((line.order for line in known), default=0) + 1
    missing = [line for line in edition.lines if line.code not in codes]
    lines.put(change, [lines.OfficeLine(line.code, line.title, start + n) for n, line in enumerate(missing)])
