"""Who did what, from where: one row for every action, in the action's own transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, func, insert, or_, select

from beicha.store.locks import hold_audit
from beicha.store.schema import audit

_NOT_DATA = ("session.", "account.", "share.")
"""Actions that leave every score as it was."""


@dataclass(frozen=True)
class Entry:
    """One action: its number, the moment, who, from where, what, to what, and the particulars."""

    seq: int
    at: datetime
    actor: str
    address: str
    action: str
    object: str
    details: Mapping[str, Any]


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
    seq = revision(change) + 1
    text = json.dumps(details, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    named = {"actor": _printed(who.actor), "address": _printed(who.address), "object": _printed(object_)}
    change.execute(insert(audit).values(seq=seq, at=at, action=action, details=text, **named))
    return seq


def revision(view: Connection) -> int:
    """The number of the newest action, 0 where there is none: equal numbers mean equal data."""
    newest: int | None = view.execute(select(func.max(audit.c.seq))).scalar_one()
    return newest or 0


def data_revision(view: Connection) -> int:
    """The number of the newest action that changed data, 0 where there is none: who signs in or out changes none."""
    about_data = ~or_(*(audit.c.action.startswith(kind) for kind in _NOT_DATA))
    newest = select(audit.c.seq).where(about_data).order_by(audit.c.seq.desc()).limit(1)
    return view.execute(newest).scalar_one_or_none() or 0


def entries(view: Connection, after: int = 0, limit: int = 1000) -> tuple[Entry, ...]:
    """The actions with higher numbers than ``after``, oldest first."""
    rows = view.execute(select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(limit))
    return tuple(
        Entry(row.seq, row.at, row.actor, row.address, row.action, row.object, json.loads(row.details)) for row in rows
    )


def _printed(text: str) -> str:
    """The text in one line, whatever somebody called a file or typed as a login."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
