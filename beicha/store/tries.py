"""Tries to sign in, counted by what was tried: a login, known or not, and an address."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from beicha.store.conflicts import insert_or_replace
from beicha.store.schema import tries


@dataclass(frozen=True)
class Tries:
    """How often somebody tried since a moment, and until when nobody may try again (None: at once)."""

    number: int
    since: datetime
    blocked_until: datetime | None = None

    def blocked(self, now: datetime) -> bool:
        """Whether nobody may try now."""
        return self.blocked_until is not None and now < self.blocked_until


def get(view: Connection, kind: str, key: str) -> Tries | None:
    """What was counted, None where nothing was."""
    columns = [tries.c.number, tries.c.since, tries.c.blocked_until]
    row = view.execute(select(*columns).where(tries.c.kind == kind, tries.c.key == key)).one_or_none()
    return None if row is None else Tries(*row)


def put(change: Connection, kind: str, key: str, counted: Tries) -> None:
    """Keep what was counted."""
    values = {"number": counted.number, "since": counted.since, "blocked_until": counted.blocked_until}
    insert_or_replace(change, tries, [{"kind": kind, "key": key, **values}])


def forget(change: Connection, kind: str, key: str) -> None:
    """Begin to count anew."""
    change.execute(delete(tries).where(tries.c.kind == kind, tries.c.key == key))


def drop_old(change: Connection, before: datetime) -> None:
    """Remove what was counted from before a moment on."""
    change.execute(delete(tries).where(tries.c.since < before))
