"""Share links: what each shows, how long it lives, and how often it was opened. The token itself is kept nowhere."""

import json
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from beicha.store.schema import shares


@dataclass(frozen=True)
class NewShare:
    """A link to be kept: ``public_id`` stands in addresses, ``digest`` is the SHA-256 of its token.

    ``areas`` and ``lines`` are codes, None for all; ``first`` and ``last`` are months, '' for the newest there is.
    ``password`` is a hash, None where none is asked for; ``frozen`` the page as it was at making, None where it lives.
    """

    public_id: str
    digest: str
    title: str
    maker: str
    areas: tuple[str, ...] | None
    lines: tuple[str, ...] | None
    first: str
    last: str
    view: str
    made_at: datetime
    not_before: datetime | None
    ends_at: datetime | None
    password: str | None
    frozen: bytes | None


@dataclass(frozen=True)
class Share:
    """A link as it stands. ``is_frozen`` tells whether its page was kept at making; ``frozen_page`` reads it."""

    id: int
    public_id: str
    digest: str
    title: str
    maker: str
    areas: tuple[str, ...] | None
    lines: tuple[str, ...] | None
    first: str
    last: str
    view: str
    made_at: datetime
    not_before: datetime | None
    ends_at: datetime | None
    password: str | None
    is_frozen: bool
    revoked_at: datetime | None
    revoked_by: str | None
    uses: int
    last_used_at: datetime | None


_LISTS = ("areas", "lines")
_SHOWN = [shares.c[field.name] for field in fields(Share) if field.name != "is_frozen"]
_FROZEN = shares.c.frozen.is_not(None).label("is_frozen")


def add(change: Connection, new: NewShare) -> None:
    """Keep a link; IntegrityError where its public id is taken."""
    values = {field.name: getattr(new, field.name) for field in fields(NewShare)}
    lists = {name: None if values[name] is None else json.dumps(list(values[name])) for name in _LISTS}
    change.execute(insert(shares).values(**values | lists, uses=0))


def by_digest(view: Connection, digest: str) -> Share | None:
    """The link whose token has this digest, None where there is none."""
    return _one(view, shares.c.digest == digest)


def by_public_id(view: Connection, public_id: str) -> Share | None:
    """The link with this public id, None where there is none."""
    return _one(view, shares.c.public_id == public_id)


def by_public_ids(view: Connection, public_ids: Collection[str]) -> tuple[Share, ...]:
    """Those of the links that there are."""
    rows = view.execute(select(*_SHOWN, _FROZEN).where(shares.c.public_id.in_(list(public_ids))))
    return tuple(_share(row) for row in rows)


def everyone(view: Connection) -> tuple[Share, ...]:
    """All links, the newest first."""
    return tuple(_share(row) for row in view.execute(select(*_SHOWN, _FROZEN).order_by(shares.c.id.desc())))


def made_by(view: Connection, maker: str) -> tuple[Share, ...]:
    """The links that somebody made, the newest first."""
    rows = view.execute(select(*_SHOWN, _FROZEN).where(shares.c.maker == maker).order_by(shares.c.id.desc()))
    return tuple(_share(row) for row in rows)


def frozen_page(view: Connection, number: int) -> bytes | None:
    """The page as it was when the link was made, None where the link lives."""
    return view.execute(select(shares.c.frozen).where(shares.c.id == number)).scalar_one_or_none()


def count_use(change: Connection, number: int, now: datetime) -> None:
    """Note that somebody opened a link."""
    change.execute(update(shares).where(shares.c.id == number).values(uses=shares.c.uses + 1, last_used_at=now))


def see(change: Connection, number: int, now: datetime) -> None:
    """Note that somebody looks again at what they opened before."""
    change.execute(update(shares).where(shares.c.id == number).values(last_used_at=now))


def revoke(change: Connection, number: int, now: datetime, by: str) -> bool:
    """End a link for good; False where it was ended before."""
    chosen = (shares.c.id == number) & shares.c.revoked_at.is_(None)
    return change.execute(update(shares).where(chosen).values(revoked_at=now, revoked_by=by)).rowcount == 1


def set_digest(change: Connection, number: int, digest: str) -> bool:
    """Give a link another token; False where it was ended."""
    chosen = (shares.c.id == number) & shares.c.revoked_at.is_(None)
    return change.execute(update(shares).where(chosen).values(digest=digest)).rowcount == 1


def _one(view: Connection, chosen: ColumnElement[bool]) -> Share | None:
    row = view.execute(select(*_SHOWN, _FROZEN).where(chosen)).one_or_none()
    return None if row is None else _share(row)


def _share(row: Any) -> Share:
    values = dict(row._mapping)
    lists = {name: None if values[name] is None else tuple(json.loads(values[name])) for name in _LISTS}
    return Share(**values | lists | {"is_frozen": bool(values["is_frozen"])})
