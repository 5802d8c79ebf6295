"""The second step of signing in: who was known by password, code or provider shows the second factor, or sets it up.

Until then there is no session, only a token that is good for this step, for ten minutes. A one-time code is spent when
the session opens, so that nobody is shut out who breaks off in between.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from beicha.actions import guesses, passwords, second_factor
from beicha.actions.accounts import listed_posts
from beicha.actions.grants import Grant
from beicha.actions.second_factor import Offer
from beicha.actions.sessions import Opened, open_session
from beicha.store import Store, Transaction, accounts, audit, second_factors
from beicha.store.accounts import Account
from beicha.store.locks import hold_door
from beicha.store.second_factors import HalfSession

Accepted = Callable[[Transaction, Account], tuple[str, ...] | None]
"""Whether the second factor was shown: new recovery codes or none, and None where it was not."""
HALF_LIVES = timedelta(minutes=10)


@dataclass(frozen=True)
class Half:
    """Who is half signed in. ``sets_up``: there is no second factor yet, and one is demanded."""

    token: str
    account: int
    login: str
    sets_up: bool


@dataclass(frozen=True)
class From:
    """From where somebody shows the second factor: the network address, and what the browser calls itself."""

    address: str
    agent: str = ""


@dataclass(frozen=True)
class Answer:
    """A session, or none: ``wait`` until when nobody may try again. ``codes`` are new recovery codes, shown once."""

    opened: Opened | None
    wait: datetime | None = None
    codes: tuple[str, ...] = ()


def is_asked(view: Transaction, account: Account) -> bool:
    """Whether the account signs in with a second step: it has a second factor, or must have one."""
    posts = [listed.post for listed in listed_posts(view, account.id)]
    return second_factors.of_account(view, account.id) is not None or second_factor.is_demanded(view, posts)


def begin(change: Transaction, account: Account, by: str, *, now: datetime, code: str | None = None) -> str:
    """Let the sign-in wait for the second step; gives the token for it. ``code``: the digest of a one-time code."""
    token = passwords.new_token()
    waiting = HalfSession(passwords.digest(token), account.id, by, code, now + HALF_LIVES)
    second_factors.begin_half(change, waiting)
    return token


def known(store: Store, token: str, now: datetime) -> Half | None:
    """Who is half signed in with this token; None where nobody is, or no longer."""
    if not token:
        return None
    with store.read() as view:
        half = second_factors.half(view, passwords.digest(token))
        account = accounts.by_id(view, half.account) if half else None
        if half is None or account is None or account.disabled or now >= half.ends_at:
            return None
        return Half(token, account.id, account.login, second_factors.of_account(view, account.id) is None)


def finish(store: Store, half: Half, code: str, where: From, *, now: datetime) -> Answer:
    """The session, where the code is one of the account's app or a recovery code."""

    def accepted(change: Transaction, account: Account) -> tuple[str, ...] | None:
        return () if second_factor.accepts(change, account.id, code, now) else None

    return _finish(store, half, accepted, where, now)


def set_up(store: Store, half: Half, offer: Offer, code: str, where: From, *, now: datetime) -> Answer:
    """The session, and recovery codes, where the code is made with the offered secret, which is the account's then.

    Nothing is set up over a second factor that is there already.
    """
    step = second_factor.step_of(offer.secret, code, now)

    def taken(change: Transaction, account: Account) -> tuple[str, ...] | None:
        if step is None or second_factors.of_account(change, account.id) is not None:
            return None
        who = Grant(account.login, address=where.address[:64])
        return tuple(second_factor.put(change, who, account, offer.secret, step, now=now))

    return _finish(store, half, taken, where, now)


def _finish(store: Store, half: Half, accepted: Accepted, where: From, now: datetime) -> Answer:
    """Count a guess, ask whether it is accepted, and open the session, all of it or nothing."""
    who = Grant("-", address=where.address[:64])
    limits = (guesses.at_second_factor(half.login), guesses.from_address(where.address))
    wait = guesses.count(store, limits, who, half.login, now)
    if wait is not None:
        return Answer(None, wait)
    try:
        with store.write() as change:
            return _opened(change, half, accepted, where, now)
    except _NotAcceptedError:
        with store.write() as change:
            audit.add(change, now, who, "session.refused", half.login, step="factor")
    return Answer(None)


def _opened(change: Transaction, half: Half, accepted: Accepted, where: From, now: datetime) -> Answer:
    hold_door(change)
    account, waiting = accounts.by_id(change, half.account), second_factors.half(change, passwords.digest(half.token))
    if account is None or account.disabled or waiting is None or now >= waiting.ends_at:
        raise _NotAcceptedError
    codes = accepted(change, account)
    ended = second_factors.end_half(change, waiting.digest)
    spent = waiting.code is None or accounts.use_code(change, account.id, waiting.code)
    if codes is None or not ended or not spent:
        raise _NotAcceptedError
    guesses.forget(change, guesses.at_second_factor(account.login))
    guesses.take_back(change, guesses.from_address(where.address))
    opened = open_session(
        change, account, now=now, address=where.address, agent=where.agent, by=waiting.known_by, factor=True
    )
    return Answer(opened, codes=codes)


class _NotAcceptedError(Exception):
    """What was given is not the second factor, or the sign-in no longer waits; nothing of the attempt stays."""
