"""Sessions: who is signed in, from where, since when. The token itself is known to the browser alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from beicha.store.schema import half_sessions, sessions


@dataclass(frozen=True)
class Session:
    """A session: ``digest`` is the SHA-256 of its token, ``ends_at`` when it ends however much it is used.

    ``known_by`` says how the person was known, ``factor`` whether by a second factor too.
    """

    id: int
    digest: str
    account: int
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    address: str
    agent: str
    known_by: str
    factor: bool

    def lives(self, now: datetime, idle: timedelta) -> bool:
        """Whether it has neither come to its end nor lain idle for too long."""
        return now < self.ends_at and now - self.seen_at < idle


def add(
    change: Connection, digest: str, account: int, *, now: datetime, ends_at: datetime, **particulars: str | bool
) -> int:
    """Open a session and give its number, which no other session ever has.

    Its particulars are address, agent, known_by and factor.
    """
    values = {"digest": digest, "account": account, "made_at": now, "seen_at": now, "ends_at": ends_at}
    row = insert(sessions).values(**values, **particulars).returning(sessions.c.id)
    number: int = change.execute(row).scalar_one()
    return number


def by_digest(view: Connection, digest: str) -> Session | None:
    """The session whose token has this digest, None where there is none."""
    return _one(view, sessions.c.digest == digest)


def by_id(view: Connection, number: int) -> Session | None:
    """The session with this number, None where there is none."""
    return _one(view, sessions.c.id == number)


def of_account(view: Connection, account: int) -> tuple[Session, ...]:
    """The sessions of an account, the newest first."""
    rows = view.execute(select(sessions).where(sessions.c.account == account).order_by(sessions.c.id.desc()))
    return tuple(Session(*row) for row in rows)


def see(change: Connection, number: int, now: datetime) -> None:
    """Note that a session was used."""
    change.execute(update(sessions).where(sessions.c.id == number).values(seen_at=now))


def pass_to(change: Connection, number: int, account: int) -> None:
    """Let a session be another account's."""
    change.execute(update(sessions).where(sessions.c.id == number).values(account=account))


def note_factor(change: Connection, number: int) -> None:
    """Note that a second factor was shown in a session."""
    change.execute(update(sessions).where(sessions.c.id == number).values(factor=True))


def end(change: Connection, number: int) -> bool:
    """End a session; False where it had ended already."""
    return change.execute(delete(sessions).where(sessions.c.id == number)).rowcount == 1


def end_all(change: Connection, account: int, but: int | None = None) -> tuple[int, ...]:
    """End the sessions of an account, but one, and the sign-ins that wait for a second factor; gives their numbers."""
    change.execute(delete(half_sessions).where(half_sessions.c.account == account))
    chosen = (sessions.c.account == account) & (sessions.c.id != (but or 0))
    return tuple(change.execute(delete(sessions).where(chosen).returning(sessions.c.id)).scalars())


def drop_ended(change: Connection, now: datetime, idle: timedelta) -> None:
    """Remove the sessions that came to their end or lay idle for too long."""
    change.execute(delete(half_sessions).where(half_sessions.c.ends_at <= now))
    change.execute(delete(sessions).where((sessions.c.ends_at <= now) | (sessions.c.seen_at <= now - idle)))


def living(view: Connection, numbers: Collection[int], now: datetime, idle: timedelta) -> set[int]:
    """Those of the sessions that still live."""
    lives = (sessions.c.ends_at > now) & (sessions.c.seen_at > now - idle)
    return set(view.execute(select(sessions.c.id).where(sessions.c.id.in_(list(numbers)), lives)).scalars())


def _one(view: Connection, chosen: ColumnElement[bool]) -> Session | None:
    row = view.execute(select(sessions).where(chosen)).one_or_none()
    return None if row is None else Session(*row)
