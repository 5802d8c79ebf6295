"""Looking things up in the audit: some rows out of very many, the newest first, without reading the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from beicha.store.audit import Entry, entry_of
from beicha.store.schema import audit


@dataclass(frozen=True)
class Wanted:
    """Which rows: from a moment on, before another, of one person, one action, with a text in their object.

    '' and None leave it open.
    """

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""
    action: str = ""
    object: str = ""


def newest(view: Connection, wanted: Wanted, below: int | None = None, limit: int = 50) -> tuple[Entry, ...]:
    """The newest of the rows, or of those with a number below one, the newest first."""
    rows = _chosen(select(audit), wanted).order_by(audit.c.seq.desc()).limit(limit)
    found = rows if below is None else rows.where(audit.c.seq < below)
    return tuple(entry_of(row) for row in view.execute(found))


def following(view: Connection, wanted: Wanted, above: int, limit: int = 50) -> tuple[int, ...]:
    """The numbers of the rows that come next after one, ascending."""
    rows = _chosen(select(audit.c.seq), wanted).where(audit.c.seq > above).order_by(audit.c.seq).limit(limit)
    return tuple(view.execute(rows).scalars())


def count(view: Connection, wanted: Wanted, most: int) -> int:
    """How many rows there are; no more than ``most`` are counted."""
    some = _chosen(select(audit.c.seq), wanted).limit(most).subquery()
    found: int = view.execute(select(func.count()).select_from(some)).scalar_one()
    return found


def oldest_first(view: Connection, wanted: Wanted, at_once: int = 2000) -> Iterator[Entry]:
    """All of the rows, the oldest first, fetched a part at a time."""
    after = 0
    some = _chosen(select(audit), wanted).order_by(audit.c.seq).limit(at_once)
    while rows := view.execute(some.where(audit.c.seq > after)).all():
        yield from (entry_of(row) for row in rows)
        after = rows[-1].seq


def actors(view: Connection) -> tuple[str, ...]:
    """Everybody who ever did something, by name."""
    return tuple(view.execute(select(audit.c.actor).distinct().order_by(audit.c.actor)).scalars())


def _chosen(rows: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.since is not None:
        rows = rows.where(audit.c.at >= wanted.since)
    if wanted.until is not None:
        rows = rows.where(audit.c.at < wanted.until)
    for column, text in ((audit.c.actor, wanted.actor), (audit.c.action, wanted.action)):
        if text:
            rows = rows.where(column == text)
    return rows.where(audit.c.object.contains(wanted.object, autoescape=True)) if wanted.object else rows
