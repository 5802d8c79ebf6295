"""Guesses at a secret, counted before anything is compared, so that many at once do not slip past the limit.

What is guessed at (a login, known or not; an address; a person's own password) has to wait once it was tried too often.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from beicha.actions import passwords
from beicha.actions.grants import Grant
from beicha.store import Store, Transaction, audit, tries
from beicha.store.locks import hold_door
from beicha.store.tries import Tries

WINDOW = timedelta(minutes=15)
MOST, WAIT = 5, timedelta(minutes=15)
"""So many guesses at one secret within the window, then this long none."""
ADDRESS_MOST, ADDRESS_WAIT = 30, timedelta(seconds=30)
"""From one address, which a whole office may share, more; after each one beyond, this long none."""


@dataclass(frozen=True)
class Limit:
    """What is counted: the kind of secret, whose, how many guesses, how long to wait then."""

    kind: str
    key: str
    most: int = MOST
    wait: timedelta = WAIT


def at_login(login: str) -> Limit:
    """The guesses at the password of a login, whether anybody has it or not."""
    return Limit("login", passwords.digest(login))


def at_own_password(login: str) -> Limit:
    """The guesses at a password by whoever sits at a page that its person left open."""
    return Limit("own", passwords.digest(login))


def at_second_factor(login: str) -> Limit:
    """The guesses at the second factor by whoever knows the password already."""
    return Limit("factor", passwords.digest(login))


def from_address(address: str) -> Limit:
    """The guesses from an address at whatever login."""
    return Limit("address", address[:64], ADDRESS_MOST, ADDRESS_WAIT)


def count(store: Store, limits: Sequence[Limit], who: Grant, about: str, now: datetime) -> datetime | None:
    """Count a guess against each limit; or, uncounted, until when nobody may guess. ``about`` is for the audit."""
    with store.write() as change:
        hold_door(change)
        known = [tries.get(change, limit.kind, limit.key) for limit in limits]
        waits = [one.blocked_until for one in known if one is not None and one.blocked_until and one.blocked(now)]
        if waits:
            return max(waits)
        for before, limit in zip(known, limits, strict=True):
            counted = _counted(before, now)
            until = now + limit.wait if counted.number >= limit.most else None
            tries.put(change, limit.kind, limit.key, Tries(counted.number, counted.since, until))
            if counted.number == limit.most:
                audit.add(change, now, who, "session.blocked", about, kind=limit.kind)
    return None


def forget(change: Transaction, limit: Limit) -> None:
    """Begin to count anew."""
    tries.forget(change, limit.kind, limit.key)


def take_back(change: Transaction, limit: Limit) -> None:
    """Uncount a guess that was right, where others share the limit."""
    known = tries.get(change, limit.kind, limit.key)
    if known is not None:
        tries.put(change, limit.kind, limit.key, Tries(known.number - 1, known.since))


def _counted(before: Tries | None, now: datetime) -> Tries:
    """One guess more; those of long ago are forgotten."""
    if before is None or now - before.since >= WINDOW:
        return Tries(1, now)
    return Tries(before.number + 1, before.since)
