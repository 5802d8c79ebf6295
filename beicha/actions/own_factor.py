"""A person's own second factor: set up, exchanged for another, its recovery codes made anew, ended.

Whoever sits at a page that its person left open does none of it: a code of the present factor is asked, or else the
password. Every other sign-in of the account ends with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from beicha.actions import guesses, passwords, second_factor
from beicha.actions.guesses import Limit
from beicha.actions.second_factor import Offer
from beicha.actions.sessions import Person
from beicha.store import Store, Transaction, accounts, audit, second_factors, sessions
from beicha.store.accounts import Account

Acts = Callable[[Transaction, Account], tuple[str, ...]]
"""What is done to the account, and noted; gives new recovery codes."""
Fault = Literal["code", "proof", "tries", "demanded", "demo"]
"""What speaks against it: the code from the new app; the proof; too many tries; it is demanded; a demo account."""


@dataclass(frozen=True)
class State:
    """How it stands: since when there is one, how many recovery codes are left, what proves whose account it is."""

    since: datetime | None
    codes_left: int
    demanded: bool
    proof: Literal["factor", "password", "none"]


@dataclass(frozen=True)
class Done:
    """What came of it: a fault, or none and the new recovery codes, shown once."""

    fault: Fault | None
    codes: tuple[str, ...] = ()


def state(store: Store, person: Person) -> State:
    """How the person's second factor stands."""
    with store.read() as view:
        account, factor = accounts.by_id(view, person.account), second_factors.of_account(view, person.account)
        left = second_factors.codes_left(view, person.account)
        demanded = second_factor.is_demanded(view, person.grant.posts)
    has_password = account is not None and account.password is not None
    return State(
        factor.made_at if factor else None, left, demanded,
        "factor" if factor else "password" if has_password else "none",
    )  # fmt: skip


def set_up(store: Store, person: Person, offer: Offer, code: str, proof: str, *, now: datetime) -> Done:
    """Take the offered secret, where the code is made with it, in place of any other."""
    step = second_factor.step_of(offer.secret, code, now)
    if step is None:
        return Done("code")

    def put(change: Transaction, account: Account) -> tuple[str, ...]:
        sessions.note_factor(change, person.session)
        return tuple(second_factor.put(change, person.grant, account, offer.secret, step, now=now))

    return _proven(store, person, proof, put, now)


def renew_codes(store: Store, person: Person, proof: str, *, now: datetime) -> Done:
    """Make new recovery codes in place of all others."""

    def renew(change: Transaction, account: Account) -> tuple[str, ...]:
        return tuple(second_factor.renew_codes(change, person.grant, account, now=now))

    return _proven(store, person, proof, renew, now)


def end(store: Store, person: Person, proof: str, *, now: datetime) -> Done:
    """Sign in without a second factor from now on; not where one is demanded."""
    if state(store, person).demanded:
        return Done("demanded")

    def drop(change: Transaction, account: Account) -> tuple[str, ...]:
        second_factors.drop(change, account.id)
        audit.add(change, now, person.grant, "account.factor.drop", account.login)
        return ()

    return _proven(store, person, proof, drop, now)


def _proven(store: Store, person: Person, proof: str, act_and_note: Acts, now: datetime) -> Done:
    """Do it once the proof holds, and end the account's other sessions."""
    if person.demo:
        return Done("demo")
    known = state(store, person).proof
    limit = _limit(known, person.login)
    if limit is not None and guesses.count(store, [limit], person.grant, person.login, now) is not None:
        return Done("tries")
    with store.read() as view:
        before = accounts.by_id(view, person.account)
    fits = known != "password" or passwords.matches(before.password if before else None, proof)
    with store.write() as change:
        account = accounts.by_id(change, person.account)
        if account is None or not fits or (known == "factor") != _has(change, account.id):
            return Done("proof")
        if known == "factor" and not second_factor.accepts(change, account.id, proof, now):
            return Done("proof")
        if limit is not None:
            guesses.forget(change, limit)
        sessions.end_all(change, account.id, but=person.session)
        return Done(None, act_and_note(change, account))


def _has(view: Transaction, account: int) -> bool:
    return second_factors.of_account(view, account) is not None


def _limit(proof: str, login: str) -> Limit | None:
    limits = {"factor": guesses.at_second_factor, "password": guesses.at_own_password}
    return limits[proof](login) if proof in limits else None
