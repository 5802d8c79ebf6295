"""Accounts (账号): make, list, disable, give a one-time code, change a password, give and take posts.

Whoever holds the right ``accounts`` may, and the command line of this machine. Nobody signs in with what is made here
before a password was set by themselves: a new account comes with a one-time code.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from beicha.actions import passwords
from beicha.actions.grants import OFFICE, Grant, Post, Role, require, require_everywhere
from beicha.actions.passwords import Fault
from beicha.store import Store, Transaction, accounts, areas, audit, lines, sessions, settings, tries
from beicha.store.accounts import Account

CODE_LIVES = timedelta(days=3)
DEMO_TODAY = "demo_today"
LOGIN_TRIES = "login"
_LOGIN = re.compile(r"[\w.@-]{2,64}")
_RESERVED = ("local",)


class AccountError(ValueError):
    """An account cannot be made or changed so; ``reason`` says why, in one word of this module."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ListedPost:
    """A post as a list shows it, with its number."""

    id: int
    post: Post


@dataclass(frozen=True)
class ListedAccount:
    """An account as a list shows it. ``ready``: whether a password was set."""

    id: int
    login: str
    name: str
    disabled: bool
    ready: bool
    demo: bool
    posts: tuple[ListedPost, ...]


def normal_login(login: str) -> str:
    """A login as it is kept: small letters, plain width; what cannot be printed is a "?", which no login has."""
    plain = unicodedata.normalize("NFKC", login).strip().casefold()
    return "".join(letter if letter.isprintable() else "?" for letter in plain)


def any_account(store: Store) -> bool:
    """Whether a real person has an account here that is not disabled."""
    with store.read() as view:
        return accounts.count(view, demo=False) > 0


def listed(grant: Grant, store: Store) -> tuple[ListedAccount, ...]:
    """All accounts with their posts, by login."""
    require(grant, "accounts")
    with store.read() as view:
        return tuple(
            ListedAccount(
                account.id, account.login, account.name, account.disabled, account.password is not None, account.demo,
                listed_posts(view, account.id),
            )
            for account in accounts.everyone(view)
        )  # fmt: skip


def listed_posts(view: Transaction, number: int) -> tuple[ListedPost, ...]:
    """The posts of an account with their numbers."""
    return tuple(
        ListedPost(post.id, Post(_role(post.role), post.area, post.lines)) for post in accounts.posts_of(view, number)
    )


def add(grant: Grant, store: Store, login: str, name: str, posts: Sequence[Post], *, now: datetime) -> str:
    """Make an account with these posts and give the one-time code to hand to its person.

    Raises AccountError: ``login`` where it cannot be one, ``taken``, ``name`` where there is none; and ``give_post``'s.
    """
    require_everywhere(grant, "accounts")
    login, name = normal_login(login), name.strip()
    if not _LOGIN.fullmatch(login) or login in _RESERVED:
        raise AccountError("login")
    if not name:
        raise AccountError("name")
    with store.write() as change:
        if accounts.by_login(change, login) is not None:
            raise AccountError("taken")
        number = accounts.add(change, login, name, demo=False, by=grant.actor, at=now)
        for post in posts:
            _give(change, grant, number, post, now)
        code = _new_code(change, number, now)
        audit.add(change, now, grant, "account.add", login, name=name, posts=[_said(post) for post in posts])
    return code


def new_code(grant: Grant, store: Store, login: str, *, now: datetime) -> str:
    """A one-time code in place of a forgotten password: it ends the person's sessions and any lock on the login."""
    require_everywhere(grant, "accounts")
    with store.write() as change:
        account = _account(change, login)
        code = _new_code(change, account.id, now)
        sessions.end_all(change, account.id)
        tries.forget(change, LOGIN_TRIES, passwords.digest(account.login))
        audit.add(change, now, grant, "account.code", account.login)
    return code


def set_password(grant: Grant, store: Store, login: str, password: str, *, now: datetime) -> Fault | None:
    """Set a password for somebody, who changes it at the next sign-in; or say what speaks against it."""
    require_everywhere(grant, "accounts")
    fault = passwords.fault_of(password, normal_login(login))
    if fault is not None:
        return fault
    kept = passwords.hashed(password)
    with store.write() as change:
        account = _account(change, login)
        accounts.set_password(change, account.id, kept, must_change=True)
        sessions.end_all(change, account.id)
        audit.add(change, now, grant, "account.password", account.login)
    return None


def disable(grant: Grant, store: Store, login: str, *, now: datetime) -> None:
    """Keep an account from signing in and end its sessions. Nobody disables the account they act with."""
    require_everywhere(grant, "accounts")
    with store.write() as change:
        account = _account(change, login)
        if account.login == grant.actor:
            raise AccountError("own")
        accounts.set_disabled(change, account.id, True)
        sessions.end_all(change, account.id)
        audit.add(change, now, grant, "account.disable", account.login)


def enable(grant: Grant, store: Store, login: str, *, now: datetime) -> None:
    """Let a disabled account sign in again."""
    require_everywhere(grant, "accounts")
    with store.write() as change:
        account = _account(change, login)
        accounts.set_disabled(change, account.id, False)
        audit.add(change, now, grant, "account.enable", account.login)


def give_post(grant: Grant, store: Store, login: str, post: Post, *, now: datetime) -> None:
    """Give an account one more post. Raises AccountError: ``area`` or ``line`` where there is none of that code,
    ``lines`` where a post for lines names none, ``account`` where there is no such account."""
    require_everywhere(grant, "accounts")
    with store.write() as change:
        account = _account(change, login)
        _give(change, grant, account.id, post, now)
        audit.add(change, now, grant, "account.post.give", account.login, post=_said(post))


def take_post(grant: Grant, store: Store, login: str, number: int, *, now: datetime) -> None:
    """Take a post from an account; LookupError where it has no post of this number."""
    require_everywhere(grant, "accounts")
    with store.write() as change:
        account = _account(change, login)
        found = [listed.post for listed in listed_posts(change, account.id) if listed.id == number]
        if not accounts.drop_post(change, account.id, number):
            raise LookupError(f"{account.login} has no post {number}")
        audit.add(change, now, grant, "account.post.take", account.login, post=_said(found[0]))


def add_demo(store: Store, login: str, name: str, post: Post, *, now: datetime) -> None:
    """Make an account of the demo, which needs no password, unless it is there; ValueError outside of a demo."""
    with store.write() as change:
        if settings.get(change, DEMO_TODAY) is None:
            raise ValueError("only a demo database has accounts without a password")
        if accounts.by_login(change, login) is None:
            number = accounts.add(change, login, name, demo=True, by=OFFICE.actor, at=now)
            accounts.add_post(change, number, post.role, post.area, post.lines, by=OFFICE.actor, at=now)
            audit.add(change, now, OFFICE, "account.add", login, name=name, posts=[_said(post)], demo=True)


def _new_code(change: Transaction, number: int, now: datetime) -> str:
    code = passwords.new_code()
    accounts.set_code(change, number, passwords.code_digest(code), now + CODE_LIVES)
    return code


def _give(change: Transaction, grant: Grant, number: int, post: Post, now: datetime) -> None:
    if post.area is not None and not areas.versions(change, [post.area]):
        raise AccountError("area")
    if post.role == "line" and not post.lines:
        raise AccountError("lines")
    known = {line.code for line in lines.all_lines(change)}
    if not set(post.lines or ()) <= known:
        raise AccountError("line")
    accounts.add_post(change, number, post.role, post.area, post.lines, by=grant.actor, at=now)


def _account(change: Transaction, login: str) -> Account:
    found = accounts.by_login(change, normal_login(login))
    if found is None:
        raise AccountError("account")
    return found


def _role(text: str) -> Role:
    """The role as it was stored by this module."""
    role: Role = text  # type: ignore[assignment]
    return role


def _said(post: Post) -> list[object]:
    return [post.role, post.area, None if post.lines is None else list(post.lines)]
