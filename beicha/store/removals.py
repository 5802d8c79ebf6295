"""Versions that were taken out: withdrawn (kept, not counted) or erased (their shell alone is kept), and by whom."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, insert, select, update

from beicha.store.schema import MOST_NUMBER, removals

Kind = Literal["withdraw", "erase"]


@dataclass(frozen=True)
class Removal:
    """One removal of a version: who asked and why, who did it, or who dropped the request.

    ``digests`` are the SHA-256 of the files that were erased with it.
    """

    id: int
    submission: int
    kind: Kind
    reason: str
    asked_by: str
    asked_at: datetime
    done_by: str | None
    done_at: datetime | None
    dropped_by: str | None
    dropped_at: datetime | None
    digests: tuple[str, ...]

    @property
    def waits(self) -> bool:
        """Whether somebody is still to say yes or no."""
        return self.done_at is None and self.dropped_at is None

    @property
    def has_erased(self) -> bool:
        """Whether nothing but the shell of the version is left."""
        return self.kind == "erase" and self.done_at is not None


def gone() -> Select[Any]:
    """The numbers of the versions that do not count any more, for a query."""
    return select(removals.c.submission).where(removals.c.done_at.is_not(None))


def ask(change: Connection, submission: int, kind: Kind, reason: str, *, by: str, at: datetime) -> int:
    """Note that a version is to be taken out; the number of the request."""
    values = {"submission": submission, "kind": kind, "reason": reason, "asked_by": by, "asked_at": at, "digests": "[]"}
    number: int = change.execute(insert(removals).values(**values).returning(removals.c.id)).scalar_one()
    return number


def do(change: Connection, number: int, digests: Sequence[str] = (), *, by: str, at: datetime) -> None:
    """Note that it was done."""
    values = {"done_by": by, "done_at": at, "digests": json.dumps(list(digests))}
    change.execute(update(removals).where(removals.c.id == number).values(**values))


def drop(change: Connection, number: int, *, by: str, at: datetime) -> None:
    """Note that it will not be done."""
    change.execute(update(removals).where(removals.c.id == number).values(dropped_by=by, dropped_at=at))


def removal(view: Connection, number: int) -> Removal | None:
    """The removal with this number, None where there is none."""
    if number > MOST_NUMBER:
        return None
    return next(iter(_all(view, removals.c.id == number)), None)


def of_versions(view: Connection, submissions: Collection[int]) -> dict[int, Removal]:
    """By version what became of it: its erasure, done or asked for, else its withdrawal; others are left out."""
    found = _all(view, removals.c.submission.in_(list(submissions)), removals.c.dropped_at.is_(None))
    return {one.submission: one for one in sorted(found, key=lambda one: one.kind == "erase")}


def waiting(view: Connection) -> tuple[Removal, ...]:
    """The requests that nobody has answered, oldest first."""
    return _all(view, removals.c.done_at.is_(None), removals.c.dropped_at.is_(None))


def erased(view: Connection) -> tuple[Removal, ...]:
    """Every erasure that was done, oldest first."""
    return _all(view, removals.c.done_at.is_not(None), removals.c.kind == "erase")


def _all(view: Connection, *chosen: Any) -> tuple[Removal, ...]:
    rows = view.execute(select(removals).where(*chosen).order_by(removals.c.id))
    return tuple(Removal(**row._asdict() | {"digests": tuple(json.loads(row.digests))}) for row in rows)
