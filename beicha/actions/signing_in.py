"""Signing in with a login and a password, or once with a code: who guesses learns nothing and soon has to wait.

Tries are counted alike for logins that nobody has. A login is locked for a while after a few; an address, which a whole
office may share, is slowed down.
"""

from dataclasses import dataclass
from datetime import datetime

from beicha.actions import guesses, passwords, second_step
from beicha.actions.accounts import normal_login
from beicha.actions.grants import Grant
from beicha.actions.sessions import PROVIDER, Opened, open_session
from beicha.store import Store, Transaction, accounts, audit
from beicha.store.accounts import Account


@dataclass(frozen=True)
class Attempt:
    """Who wants to sign in, from where; the password may be a one-time code."""

    login: str
    password: str
    address: str
    agent: str = ""


@dataclass(frozen=True)
class Vouched:
    """Whom another service vouches for, from where; ``factor``: whether it saw a second factor."""

    login: str
    factor: bool
    address: str
    agent: str = ""


@dataclass(frozen=True)
class Answer:
    """A session, or none: ``wait`` until when nobody may try again, None where the two just do not fit.

    ``half`` is the token for the second step where they fit but one is asked.
    """

    opened: Opened | None
    wait: datetime | None = None
    half: str = ""


def sign_in(store: Store, attempt: Attempt, *, now: datetime) -> Answer:
    """A session where login and password fit. The answer and its time say nothing about which of the two was wrong."""
    login = normal_login(attempt.login)[:64]
    limits = (guesses.at_login(login), guesses.from_address(attempt.address))
    wait = guesses.count(store, limits, _stranger(attempt.address), login, now)
    if wait is not None:
        return Answer(None, wait)
    with store.read() as view:
        account = accounts.by_login(view, login)
    by = _known_by(account, attempt.password, now)
    with store.write() as change:
        answer = _answer(change, login, by, attempt, now)
        if answer is None:
            audit.add(change, now, _stranger(attempt.address), "session.refused", login, step="password")
    return answer or Answer(None)


def vouched_for(store: Store, vouched: Vouched, *, now: datetime) -> Answer:
    """A session of the account whose login the other service gave, or the second step where one is still asked.

    Neither where there is no such account, or it is disabled: nobody gets an account by being known elsewhere.
    """
    login = normal_login(vouched.login)[:64]
    with store.write() as change:
        account = accounts.by_login(change, login)
        if account is None or account.disabled or account.demo:
            audit.add(change, now, _stranger(vouched.address), "session.refused", login, step=PROVIDER)
            return Answer(None)
        if second_step.is_asked(change, account) and not vouched.factor:
            return Answer(None, half=second_step.begin(change, account, PROVIDER, now=now))
        return Answer(
            open_session(
                change, account, now=now, address=vouched.address, agent=vouched.agent, by=PROVIDER,
                factor=vouched.factor,
            )
        )  # fmt: skip


def _known_by(account: Account | None, password: str, now: datetime) -> str:
    """``password`` or ``code``, by which the account opens; '' where neither fits. One hash is worked out always."""
    fits = passwords.matches(account.password if account else None, password)
    if account is None:
        return ""
    if fits:
        return "password"
    good = account.code is not None and account.code_ends_at is not None and now < account.code_ends_at
    return "code" if good and passwords.code_digest(password) == account.code else ""


def _answer(change: Transaction, login: str, by: str, attempt: Attempt, now: datetime) -> Answer | None:
    """The session or the second step, where the account still stands as it did when its password was compared."""
    account = accounts.by_login(change, login) if by else None
    if account is None or account.disabled or account.demo:
        return None
    code = passwords.code_digest(attempt.password) if by == "code" else None
    if code is not None and account.code != code:
        return None
    guesses.forget(change, guesses.at_login(login))
    guesses.take_back(change, guesses.from_address(attempt.address))
    if second_step.is_asked(change, account):
        return Answer(None, half=second_step.begin(change, account, by, now=now, code=code))
    if code is not None and not accounts.use_code(change, account.id, code):
        return None
    return Answer(open_session(change, account, now=now, address=attempt.address, agent=attempt.agent, by=by))


def _stranger(address: str) -> Grant:
    """Whoever tries, known by nothing but where they are."""
    return Grant("-", address=address[:64])
