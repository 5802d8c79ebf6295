"""Signing in with a login and a password, or once with a code: who guesses learns nothing and soon has to wait.

Tries are counted before anything is compared, so that many at once do not slip past the limit, and alike for logins
that nobody has. A login is locked for a while after a few; an address, which a whole office may share, is slowed down.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from beicha.actions import passwords
from beicha.actions.accounts import LOGIN_TRIES, normal_login
from beicha.actions.grants import Grant
from beicha.actions.sessions import Opened, open_session
from beicha.store import Store, Transaction, accounts, audit, tries
from beicha.store.accounts import Account
from beicha.store.locks import hold_door
from beicha.store.tries import Tries

WINDOW = timedelta(minutes=15)
LOGIN_MOST, LOGIN_WAIT = 5, timedelta(minutes=15)
ADDRESS_MOST, ADDRESS_WAIT = 30, timedelta(seconds=30)
ADDRESS_TRIES = "address"


@dataclass(frozen=True)
class Attempt:
    """Who wants to sign in, from where; the password may be a one-time code."""

    login: str
    password: str
    address: str
    agent: str = ""


@dataclass(frozen=True)
class Answer:
    """A session, or none: ``wait`` until when nobody may try again, None where the two just do not fit."""

    opened: Opened | None
    wait: datetime | None = None


def sign_in(store: Store, attempt: Attempt, *, now: datetime) -> Answer:
    """A session where login and password fit. The answer and its time say nothing about which of the two was wrong."""
    login = normal_login(attempt.login)[:64]
    wait = _count(store, login, attempt.address, now)
    if wait is not None:
        return Answer(None, wait)
    with store.read() as view:
        account = accounts.by_login(view, login)
    by = _known_by(account, attempt.password, now)
    with store.write() as change:
        opened = _opened(change, login, by, attempt, now)
        if opened is None:
            audit.add(change, now, _stranger(attempt.address), "session.refused", login)
    return Answer(opened)


def _known_by(account: Account | None, password: str, now: datetime) -> str:
    """``password`` or ``code``, by which the account opens; '' where neither fits. One hash is worked out always."""
    fits = passwords.matches(account.password if account else None, password)
    if account is None:
        return ""
    if fits:
        return "password"
    good = account.code is not None and account.code_ends_at is not None and now < account.code_ends_at
    return "code" if good and passwords.code_digest(password) == account.code else ""


def _opened(change: Transaction, login: str, by: str, attempt: Attempt, now: datetime) -> Opened | None:
    """The session, where the account still stands as it did when its password was compared."""
    account = accounts.by_login(change, login) if by else None
    if account is None or account.disabled or account.demo:
        return None
    if by == "code" and not accounts.use_code(change, account.id, passwords.code_digest(attempt.password)):
        return None
    tries.forget(change, LOGIN_TRIES, passwords.digest(login))
    _uncount(change, attempt.address)
    return open_session(change, account, now=now, address=attempt.address, agent=attempt.agent, by=by)


def _count(store: Store, login: str, address: str, now: datetime) -> datetime | None:
    """Count a try for the login and the address; or, uncounted, until when one of them has to wait."""
    limits = (
        (LOGIN_TRIES, passwords.digest(login), LOGIN_MOST, LOGIN_WAIT),
        (ADDRESS_TRIES, address[:64], ADDRESS_MOST, ADDRESS_WAIT),
    )
    with store.write() as change:
        hold_door(change)
        known = [tries.get(change, kind, key) for kind, key, _, _ in limits]
        waits = [one.blocked_until for one in known if one is not None and one.blocked_until and one.blocked(now)]
        if waits:
            return max(waits)
        for before, (kind, key, most, wait) in zip(known, limits, strict=True):
            counted = _counted(before, now)
            reached = counted.number >= most
            tries.put(change, kind, key, Tries(counted.number, counted.since, now + wait if reached else None))
            if counted.number == most:
                audit.add(change, now, _stranger(address), "session.blocked", login, kind=kind)
    return None


def _counted(before: Tries | None, now: datetime) -> Tries:
    """One try more; those of long ago are forgotten."""
    if before is None or now - before.since >= WINDOW:
        return Tries(1, now)
    return Tries(before.number + 1, before.since)


def _uncount(change: Transaction, address: str) -> None:
    """Who signs in takes back the try counted for the address, which others share."""
    known = tries.get(change, ADDRESS_TRIES, address[:64])
    if known is not None:
        tries.put(change, ADDRESS_TRIES, address[:64], Tries(known.number - 1, known.since))


def _stranger(address: str) -> Grant:
    """Whoever tries, known by nothing but where they are."""
    return Grant("-", address=address[:64])
