"""Sessions: who is signed in. A session ends by itself when idle or old, by its person, or by an administrator.

Everything asks here anew: what a person may do is read from the account at every page run and every request.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from beicha.actions import guesses, passwords, second_factor
from beicha.actions.accounts import in_charge, listed_posts
from beicha.actions.grants import Grant, Post
from beicha.actions.passwords import Fault
from beicha.store import Store, Transaction, accounts, audit, sessions, settings, tries
from beicha.store.accounts import Account
from beicha.store.sessions import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
PROVIDER = "oidc"
"""How a person was known whom another service vouched for."""
SEEN_EVERY = timedelta(minutes=1)
"""A session that is used is written down as used no more often than this."""
TRIES_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """Who is signed in: the session, the account, and what it may do. ``must_change``: a password is to be set."""

    session: int
    account: int
    login: str
    name: str
    must_change: bool
    demo: bool
    grant: Grant


@dataclass(frozen=True)
class Opened:
    """A session just opened: its token, which nobody sees again, and whose it is."""

    token: str
    person: Person


@dataclass(frozen=True)
class ListedSession:
    """A session as a list shows it; ``current`` is the one that looks at the list."""

    id: int
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    address: str
    agent: str
    current: bool


def open_session(
    change: Transaction, account: Account, *, now: datetime, address: str, agent: str, by: str, factor: bool = False
) -> Opened:
    """Open a session for the account within a transaction.

    ``by`` says how the person was known, ``factor`` whether by a second factor too.
    """
    token = passwords.new_token()
    number = sessions.add(
        change, passwords.digest(token), account.id, now=now, ends_at=now + LONGEST,
        address=address[:64], agent=_plain(agent)[:200], known_by=by, factor=factor,
    )  # fmt: skip
    grant = Grant(account.login, _posts(change, account), address[:64])
    audit.add(change, now, grant, "session.open", str(number), by=by, factor=factor)
    return Opened(token, _person(number, by, account, grant))


def by_token(store: Store, token: str, now: datetime, address: str = "") -> Person | None:
    """Whose token it is, noted as seen now; None where there is no such session, or none that still lives.

    ``address`` is from where they ask now; without one it is taken from where they signed in.
    """
    if not token:
        return None
    with store.read() as view:
        found = sessions.by_digest(view, passwords.digest(token))
        person = _living(view, found, now, address)
    return _seen(store, found, person, now)


def by_number(store: Store, number: int, now: datetime, address: str = "") -> Person | None:
    """Whose session it is, by the number that the gate gave; None where it no longer lives."""
    with store.read() as view:
        found = sessions.by_id(view, number)
        person = _living(view, found, now, address)
    return _seen(store, found, person, now)


def living(store: Store, numbers: Collection[int], now: datetime) -> set[int]:
    """Those of the sessions that still live; those of an account that was disabled ended with that."""
    with store.read() as view:
        return sessions.living(view, numbers, now, IDLE)


def listed(store: Store, person: Person) -> tuple[ListedSession, ...]:
    """The sessions of the person's account, the newest first."""
    with store.read() as view:
        return _listed(view, person.account, person.session)


def listed_of(grant: Grant, store: Store, login: str) -> tuple[ListedSession, ...]:
    """The sessions of an account that the reader looks after, the newest first; raises as ``accounts.in_charge``."""
    with store.read() as view:
        return _listed(view, in_charge(grant, view, login).id, 0)


def end(store: Store, person: Person, *, now: datetime) -> None:
    """Sign out: end the session that the person uses."""
    _end(store, person.grant, [person.session], now)


def end_own(store: Store, person: Person, number: int, *, now: datetime) -> bool:
    """End one of the person's sessions; False where the account has none of that number."""
    with store.read() as view:
        own = {session.id for session in sessions.of_account(view, person.account)}
    return number in own and _end(store, person.grant, [number], now)


def end_of(grant: Grant, store: Store, login: str, number: int | None = None, *, now: datetime) -> int:
    """End one session of an account that the reader looks after, or all; gives how many there were to end."""
    numbers = [session.id for session in listed_of(grant, store, login) if number in (None, session.id)]
    _end(store, grant, numbers, now)
    return len(numbers)


def change_password(store: Store, person: Person, old: str, new: str, *, now: datetime) -> Fault | None:
    """Set the person's own password and end their other sessions; or say what speaks against it.

    ``wrong``: the old one is not that, ``tries``: it was guessed at too often; ``same``: the new one is the old. Who
    signed in with a one-time code, which is spent, is not asked for an old one. Demo accounts have none: ``demo``;
    nor, once signed in, has whom another service vouches for: ``elsewhere``.
    """
    with store.read() as view:
        account = accounts.by_id(view, person.account)
    assert account is not None, "a living session has an account"
    if account.demo:
        return "demo"
    if account.password is None and not person.must_change:
        return "elsewhere"
    fault = _fault_of_old(store, person.grant, account, old, new, now=now) or passwords.fault_of(new, account.login)
    if fault is None:
        kept = passwords.hashed(new)
        with store.write() as change:
            guesses.forget(change, guesses.at_own_password(account.login))
            accounts.set_password(change, account.id, kept, must_change=False)
            sessions.end_all(change, account.id, but=person.session)
            audit.add(change, now, person.grant, "account.password", account.login)
    return fault


def _fault_of_old(store: Store, grant: Grant, account: Account, old: str, new: str, *, now: datetime) -> Fault | None:
    """What speaks against a change for the sake of the present password; nothing where there is none."""
    if account.password is None:
        return None
    if guesses.count(store, [guesses.at_own_password(account.login)], grant, account.login, now) is not None:
        return "tries"
    if not passwords.matches(account.password, old):
        return "wrong"
    return "same" if passwords.matches(account.password, new) else None


def has_password(store: Store, person: Person) -> bool:
    """Whether the person has a password, which is asked for before it is changed."""
    with store.read() as view:
        account = accounts.by_id(view, person.account)
    return account is not None and account.password is not None


def enter_demo(store: Store, login: str, *, now: datetime, address: str, agent: str) -> Opened | None:
    """A session of a demo account, without a password; None where this is no demo or has no such account."""
    with store.write() as change:
        account = _demo_account(change, login)
        if account is None:
            return None
        return open_session(change, account, now=now, address=address, agent=agent, by="demo")


def switch_demo(store: Store, person: Person, login: str, *, now: datetime) -> bool:
    """Let a session of one demo account be another's; False where it is none, or there is no such account."""
    with store.write() as change:
        account = _demo_account(change, login)
        if account is None or not person.demo:
            return False
        sessions.pass_to(change, person.session, account.id)
        audit.add(change, now, person.grant, "session.switch", str(person.session), to=account.login)
    return True


def demo_people(store: Store) -> dict[str, str]:
    """The names of the demo's accounts by login, in the order they were made; empty where this is no demo."""
    with store.read() as view:
        if settings.get(view, "demo_today") is None:
            return {}
        found = sorted(accounts.everyone(view), key=lambda account: account.id)
        return {account.login: account.name for account in found if account.demo and not account.disabled}


def tidy(store: Store, now: datetime) -> None:
    """Remove the sessions that have ended by themselves, and tries of long ago."""
    with store.write() as change:
        sessions.drop_ended(change, now, IDLE)
        tries.drop_old(change, now - TRIES_KEPT)


def _living(view: Transaction, found: Session | None, now: datetime, address: str) -> Person | None:
    if found is None or not found.lives(now, IDLE):
        return None
    account = accounts.by_id(view, found.account)
    if account is None or account.disabled:
        return None
    if account.demo and settings.get(view, "demo_today") is None:
        return None
    posts = _posts(view, account)
    if not found.factor and second_factor.is_demanded(view, posts):
        return None
    return _person(found.id, found.known_by, account, Grant(account.login, posts, address[:64] or found.address))


def _seen(store: Store, found: Session | None, person: Person | None, now: datetime) -> Person | None:
    if found is not None and person is not None and now - found.seen_at >= SEEN_EVERY:
        with store.write() as change:
            sessions.see(change, found.id, now)
    return person


def _posts(view: Transaction, account: Account) -> tuple[Post, ...]:
    return tuple(listed.post for listed in listed_posts(view, account.id))


def _person(session: int, by: str, account: Account, grant: Grant) -> Person:
    """Whom another service vouches for needs no password here."""
    must_change = account.must_change and not account.demo and by != PROVIDER
    return Person(session, account.id, account.login, account.name, must_change, account.demo, grant)


def _listed(view: Transaction, account: int, current: int) -> tuple[ListedSession, ...]:
    return tuple(
        ListedSession(one.id, one.made_at, one.seen_at, one.ends_at, one.address, one.agent, one.id == current)
        for one in sessions.of_account(view, account)
    )


def _end(store: Store, grant: Grant, numbers: Collection[int], now: datetime) -> bool:
    with store.write() as change:
        ended = [number for number in numbers if sessions.end(change, number)]
        for number in ended:
            audit.add(change, now, grant, "session.end", str(number))
    return bool(ended)


def _demo_account(change: Transaction, login: str) -> Account | None:
    if settings.get(change, "demo_today") is None:
        return None
    account = accounts.by_login(change, login)
    return account if account is not None and account.demo and not account.disabled else None


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
