"""Who did what, from where: one row for every action, in the action's own transaction, each tied to the one before.

Rows are only ever added; triggers in the database hold that too. The one exception is ``remove_before``, which the
purge of old rows is made of.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, text, union_all

from beicha.store.chain import START, Link, Said, digest_of
from beicha.store.locks import hold_audit
from beicha.store.schema import audit


@dataclass(frozen=True)
class Entry:
    """One action: its number, the moment, who, from where, what, to what, the particulars, and its digest."""

    seq: int
    at: datetime
    actor: str
    address: str
    action: str
    object: str
    details: Mapping[str, Any]
    digest: str


@dataclass(frozen=True)
class Head:
    """The newest row: its number, its moment and its digest, which stands for all rows up to it."""

    seq: int
    at: datetime
    digest: str


class Who(Protocol):
    """Who acts, and from where: a network address, or a word for this machine."""

    @property
    def actor(self) -> str:
        """The login, or a name for whoever has none."""

    @property
    def address(self) -> str:
        """From where."""


def add(change: Connection, at: datetime, who: Who, action: str, object_: str, **details: Any) -> int:
    """Note an action and return its number. Call it last: it is what makes others wait until the transaction ends.

    Actions are named ``noun.verb``; what cannot be printed in a name or an address is noted as "?". Numbers have no
    gaps and rise in the order of commits, so that the newest one tells whether anything changed.
    """
    hold_audit(change)
    last = head(change)
    seq, previous = (last.seq + 1, last.digest) if last else (1, START)
    plain = json.dumps(details, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    said = Said(seq, at, _printed(who.actor), _printed(who.address), action, _printed(object_), plain)
    change.execute(insert(audit).values(**vars(said), previous=previous, digest=digest_of(previous, said)))
    return seq


def head(view: Connection) -> Head | None:
    """The newest row, None where there is none."""
    newest = select(audit.c.seq, audit.c.at, audit.c.digest).order_by(audit.c.seq.desc()).limit(1)
    row = view.execute(newest).one_or_none()
    return None if row is None else Head(row.seq, row.at, row.digest)


def revision(view: Connection) -> int:
    """The number of the newest action, 0 where there is none: equal numbers mean equal data."""
    newest = head(view)
    return newest.seq if newest else 0


def newest_of(view: Connection, actions: Collection[str]) -> int:
    """The number of the newest of these actions, 0 where there is none; quick however many others there are."""
    newest: int | None = view.execute(_newest_of(frozenset(actions))).scalar_one()
    return newest or 0


@cache
def _newest_of(actions: frozenset[str]) -> Select[Any]:
    """Asked at every run of every page; putting it together would take ten times as long as the answer."""
    found = [select(func.max(audit.c.seq).label("seq")).where(audit.c.action == action) for action in sorted(actions)]
    return select(func.max(union_all(*found).subquery().c.seq))


def is_noted(view: Connection, who: Who, action: str, object_: str, since: datetime) -> bool:
    """Whether who acts has done this to the object since a moment."""
    same = (audit.c.actor == _printed(who.actor), audit.c.object == _printed(object_), audit.c.action == action)
    found = view.execute(select(audit.c.seq).where(*same, audit.c.at >= since).limit(1))
    return found.scalar_one_or_none() is not None


def entries(view: Connection, after: int = 0, limit: int = 1000) -> tuple[Entry, ...]:
    """The actions with higher numbers than ``after``, oldest first."""
    rows = view.execute(select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(limit))
    return tuple(entry_of(row) for row in rows)


def links(view: Connection, after: int = 0, at_once: int = 2000) -> Iterator[Link]:
    """The rows with higher numbers than ``after`` as links of the chain, oldest first, fetched a part at a time."""
    while rows := view.execute(select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(at_once)).all():
        for row in rows:
            said = Said(row.seq, row.at, row.actor, row.address, row.action, row.object, row.details)
            yield Link(said, row.previous, row.digest)
        after = rows[-1].seq


def entry_of(row: Row[Any]) -> Entry:
    """A row of the table as a value."""
    details = json.loads(row.details)
    return Entry(row.seq, row.at, row.actor, row.address, row.action, row.object, details, row.digest)


def first_from(view: Connection, moment: datetime) -> int | None:
    """The lowest number of a row that is no older than the moment; None where all are older."""
    found: int | None = view.execute(select(func.min(audit.c.seq)).where(audit.c.at >= moment)).scalar_one()
    return found


def newest_entry(view: Connection, action: str) -> Entry | None:
    """The newest row of an action, None where there is none."""
    row = view.execute(select(audit).where(audit.c.action == action).order_by(audit.c.seq.desc()).limit(1)).first()
    return None if row is None else entry_of(row)


def remove_before(change: Connection, seq: int) -> int:
    """Remove the rows below a number: how many there were. For the purge alone, which notes where they ended."""
    hold_audit(change)
    with _unguarded(change):
        return change.execute(delete(audit).where(audit.c.seq < seq)).rowcount


@contextmanager
def _unguarded(change: Connection) -> Iterator[None]:
    """The table without the trigger that refuses removals, until the block ends; nobody else ever sees it so."""
    if change.dialect.name == "postgresql":
        change.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_no_delete"))
        yield
        change.execute(text("ALTER TABLE audit ENABLE TRIGGER audit_no_delete"))
        return
    known = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'audit_no_delete'")
    guard = change.execute(known).scalar_one()
    change.execute(text("DROP TRIGGER audit_no_delete"))
    yield
    change.exec_driver_sql(guard)


def _printed(text: str) -> str:
    """The text in one line, whatever somebody called a file or typed as a login."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
