"""Accounts (账号): make, list, disable, give a one-time code, change a password, give and take posts.

Administrators may for all accounts, and so may the command line of this machine; the office and the streets for those
that lie within their own reach (``granting``). Nobody signs in with what is made here before a password was set by
themselves: a new account comes with a one-time code.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from beicha.actions import guesses, passwords
from beicha.actions.granting import Giver, giver_of
from beicha.actions.grants import OFFICE, Grant, Post, Refused, Role, require_everywhere
from beicha.actions.passwords import Fault
from beicha.store import Store, Transaction, accounts, areas, audit, lines, second_factors, sessions, settings
from beicha.store.accounts import Account, StoredPost

CODE_LIVES = timedelta(days=3)
DEMO_TODAY = "demo_today"
_LOGIN = re.compile(r"[\w.@-]{2,64}")
_RESERVED = ("local",)


class AccountError(ValueError):
    """An account cannot be made or changed so; ``reason`` says why, in one word of this module."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ListedPost:
    """A post as a list shows it, with its number. ``yours``: whether the reader may take it."""

    id: int
    post: Post
    yours: bool = False


@dataclass(frozen=True)
class ListedAccount:
    """An account as a list shows it.

    ``ready``: whether a password was set; ``code_ends_at``: until when its one-time code is good, None where it has
    none. ``own``: whether it is the reader's; ``yours``: whether they look after it (codes, disabling, sessions).
    ``factor``: whether it signs in with a second factor.
    """

    id: int
    login: str
    name: str
    disabled: bool
    ready: bool
    demo: bool
    posts: tuple[ListedPost, ...]
    code_ends_at: datetime | None = None
    own: bool = False
    yours: bool = False
    factor: bool = False


def normal_login(login: str) -> str:
    """A login as it is kept: small letters, plain width; what cannot be printed is a "?", which no login has."""
    plain = unicodedata.normalize("NFKC", login).strip().casefold()
    return "".join(letter if letter.isprintable() else "?" for letter in plain)


def any_account(store: Store) -> bool:
    """Whether a real person has an account here that is not disabled."""
    with store.read() as view:
        return accounts.count(view, demo=False) > 0


def listed(grant: Grant, store: Store) -> tuple[ListedAccount, ...]:
    """The accounts that the reader keeps or may take a post from, with all their posts, by login."""
    with store.read() as view:
        giver = giver_of(grant, view)
        posts = accounts.all_posts(view)
        everyone = accounts.everyone(view)
        factors = {factor.account for factor in second_factors.everyone(view)}
    shown = [_listed(account, _with_numbers(posts.get(account.id, ())), giver) for account in everyone]
    found = [replace(account, factor=account.id in factors) for account in shown]
    return tuple(account for account in found if giver.sees(_posts(account.posts)))


def listed_posts(view: Transaction, number: int) -> tuple[ListedPost, ...]:
    """The posts of an account with their numbers."""
    return _with_numbers(accounts.posts_of(view, number))


def add(grant: Grant, store: Store, login: str, name: str, posts: Sequence[Post], *, now: datetime) -> str:
    """Make an account with these posts and give the one-time code to hand to its person.

    Raises AccountError: ``login`` where it cannot be one, ``taken``, ``name`` where there is none, ``posts`` where
    there are none and the maker does not keep all accounts; and ``give_post``'s.
    """
    with store.write() as change:
        giver = giver_of(grant, change)
        login, name = checked_login(login), name.strip()
        if not name:
            raise AccountError("name")
        if accounts.by_login(change, login) is not None:
            raise AccountError("taken")
        if not posts and not giver.administers:
            raise AccountError("posts")
        number = accounts.add(change, login, name, demo=False, by=grant.actor, at=now)
        for post in posts:
            _give(change, giver, number, post, now)
        code = _new_code(change, number, now)
        audit.add(change, now, grant, "account.add", login, name=name, posts=[said(post) for post in posts])
    return code


def checked_login(login: str) -> str:
    """A login as it is kept; raises AccountError ``login`` where it cannot be one."""
    login = normal_login(login)
    if not _LOGIN.fullmatch(login) or login in _RESERVED:
        raise AccountError("login")
    return login


def rename(grant: Grant, store: Store, login: str, name: str, *, now: datetime) -> None:
    """Change the name of an account's person. Raises AccountError: ``name`` where there is none, and ``account``."""
    name = name.strip()
    if not name:
        raise AccountError("name")
    with store.write() as change:
        account = in_charge(grant, change, login)
        accounts.set_name(change, account.id, name)
        old, new = {"name": account.name}, {"name": name}
        audit.add(change, now, grant, "account.rename", account.login, name=name, before=old, after=new)


def new_code(grant: Grant, store: Store, login: str, *, now: datetime) -> str:
    """A one-time code in place of a forgotten password: it ends the person's sessions and any lock on the login.

    Raises AccountError: ``account``, and ``self``: with a code one needs no old password.
    """
    with store.write() as change:
        account = _another(grant, in_charge(grant, change, login))
        code = _new_code(change, account.id, now)
        sessions.end_all(change, account.id)
        guesses.forget(change, guesses.at_login(account.login))
        audit.add(change, now, grant, "account.code", account.login)
    return code


def new_codes(grant: Grant, store: Store, logins: Sequence[str], *, now: datetime) -> dict[str, str]:
    """One-time codes, by login, for those of the accounts whose person never signed in; of all of them or none.

    Raises as ``new_code`` does.
    """
    with store.write() as change:
        found = [_another(grant, in_charge(grant, change, login)) for login in logins]
        codes = {one.login: _new_code(change, one.id, now) for one in found if one.password is None and not one.demo}
        for login in codes:
            audit.add(change, now, grant, "account.code", login)
    return codes


def set_password(grant: Grant, store: Store, login: str, password: str, *, now: datetime) -> Fault | None:
    """Set a password for somebody, who changes it at the next sign-in; or say what speaks against it."""
    require_everywhere(grant, "accounts")
    fault = passwords.fault_of(password, normal_login(login))
    if fault is not None:
        return fault
    kept = passwords.hashed(password)
    with store.write() as change:
        account = _another(grant, in_charge(grant, change, login))
        accounts.set_password(change, account.id, kept, must_change=True)
        sessions.end_all(change, account.id)
        audit.add(change, now, grant, "account.password", account.login)
    return None


def drop_second_factor(grant: Grant, store: Store, login: str, *, now: datetime) -> bool:
    """Take the second factor and its recovery codes from an account whose person lost them, and end its sessions.

    False where it had none. Where one is demanded, the next sign-in sets a new one up. Raises as ``new_code`` does.
    """
    with store.write() as change:
        account = _another(grant, in_charge(grant, change, login))
        if not second_factors.drop(change, account.id):
            return False
        sessions.end_all(change, account.id)
        guesses.forget(change, guesses.at_second_factor(account.login))
        audit.add(change, now, grant, "account.factor.drop", account.login)
    return True


def disable(grant: Grant, store: Store, login: str, *, now: datetime) -> None:
    """Keep an account from signing in and end its sessions. Nobody disables the account they act with."""
    with store.write() as change:
        account = in_charge(grant, change, login)
        if account.login == grant.actor:
            raise AccountError("own")
        accounts.set_disabled(change, account.id, True)
        sessions.end_all(change, account.id)
        told = {"before": {"disabled": account.disabled}, "after": {"disabled": True}}
        audit.add(change, now, grant, "account.disable", account.login, **told)


def enable(grant: Grant, store: Store, login: str, *, now: datetime) -> None:
    """Let a disabled account sign in again."""
    with store.write() as change:
        account = in_charge(grant, change, login)
        accounts.set_disabled(change, account.id, False)
        told = {"before": {"disabled": account.disabled}, "after": {"disabled": False}}
        audit.add(change, now, grant, "account.enable", account.login, **told)


def give_post(grant: Grant, store: Store, login: str, post: Post, *, now: datetime) -> None:
    """Give an account one more post; one that it holds already stays a single one.

    A one-time code that waits ends where somebody else made the account: they have seen it, and could sign in with
    more than they could give. ``new_code`` gives another.
    Raises Refused where the giver lacks what it gives; AccountError: ``area`` or ``line`` where there is none of that
    code, ``lines`` where a post for lines names none, ``account`` where no such account is in view, ``self``.
    """
    with store.write() as change:
        giver = giver_of(grant, change)
        account = _another(grant, _in_view(giver, change, login))
        before = _posts_said(change, account.id)
        if said(post) not in before:
            _give(change, giver, account.id, post, now)
            if account.code is not None and account.made_by != grant.actor:
                accounts.end_code(change, account.id)
            told = {"before": {"posts": before}, "after": {"posts": _posts_said(change, account.id)}}
            audit.add(change, now, grant, "account.post.give", account.login, post=said(post), **told)


def take_post(grant: Grant, store: Store, login: str, number: int, *, now: datetime) -> None:
    """Take a post from an account; LookupError where it has no post of this number, AccountError ``self``.

    Raises Refused where it is a post that the taker could not have given.
    """
    with store.write() as change:
        giver = giver_of(grant, change)
        account = _another(grant, _in_view(giver, change, login))
        found = [listed.post for listed in listed_posts(change, account.id) if listed.id == number]
        if not found:
            raise LookupError(f"{account.login} has no post {number}")
        if not giver.may_give(found[0]):
            raise Refused(grant, "grant", found[0].area or "")
        before = _posts_said(change, account.id)
        accounts.drop_post(change, account.id, number)
        told = {"before": {"posts": before}, "after": {"posts": _posts_said(change, account.id)}}
        audit.add(change, now, grant, "account.post.take", account.login, post=said(found[0]), **told)


def in_charge(grant: Grant, view: Transaction, login: str) -> Account:
    """An account that the grant looks after.

    Raises AccountError ``account`` where none of that login is in view, Refused where one of its posts lies beyond.
    """
    giver = giver_of(grant, view)
    account = _in_view(giver, view, login)
    if not giver.looks_after(_posts(listed_posts(view, account.id))):
        raise Refused(grant, "accounts")
    return account


def standing(store: Store, grant: Grant) -> Grant:
    """The grant as its account stands now: one that was disabled, or is gone, holds nothing any more.

    For what acts on somebody's behalf long after they asked for it; the command line's own grant stays what it is.
    """
    if grant.actor == OFFICE.actor:
        return grant
    with store.read() as view:
        account = accounts.by_login(view, grant.actor)
        if account is None or account.disabled:
            return Grant(grant.actor, address=grant.address)
        posts = tuple(listed.post for listed in listed_posts(view, account.id))
        return Grant(account.login, posts, grant.address)


def add_demo(store: Store, login: str, name: str, post: Post, *, now: datetime) -> None:
    """Make an account of the demo, which needs no password, unless it is there; ValueError outside of a demo."""
    with store.write() as change:
        if settings.get(change, DEMO_TODAY) is None:
            raise ValueError("only a demo database has accounts without a password")
        if accounts.by_login(change, login) is None:
            number = accounts.add(change, login, name, demo=True, by=OFFICE.actor, at=now)
            accounts.add_post(change, number, post.role, post.area, post.lines, by=OFFICE.actor, at=now)
            audit.add(change, now, OFFICE, "account.add", login, name=name, posts=[said(post)], demo=True)


def _new_code(change: Transaction, number: int, now: datetime) -> str:
    code = passwords.new_code()
    accounts.set_code(change, number, passwords.code_digest(code), now + CODE_LIVES)
    return code


def _give(change: Transaction, giver: Giver, number: int, post: Post, now: datetime) -> None:
    if post.area is not None and not areas.versions(change, [post.area]):
        raise AccountError("area")
    if not post.lines and (post.role == "line" or post.lines is not None):
        raise AccountError("lines")
    known = {line.code for line in lines.all_lines(change)}
    if not set(post.lines or ()) <= known:
        raise AccountError("line")
    if not giver.may_give(post):
        raise Refused(giver.grant, "grant", post.area or "")
    accounts.add_post(change, number, post.role, post.area, post.lines, by=giver.grant.actor, at=now)


def _in_view(giver: Giver, view: Transaction, login: str) -> Account:
    """The account of that login; who may not see it learns no more than that there is none."""
    found = accounts.by_login(view, normal_login(login))
    if found is None or not giver.sees(_posts(listed_posts(view, found.id))):
        raise AccountError("account")
    return found


def _another(grant: Grant, account: Account) -> Account:
    if account.login == grant.actor:
        raise AccountError("self")
    return account


def _listed(account: Account, posts: tuple[ListedPost, ...], giver: Giver) -> ListedAccount:
    own = account.login == giver.grant.actor
    return ListedAccount(
        account.id, account.login, account.name, account.disabled, account.password is not None, account.demo,
        tuple(replace(listed, yours=not own and giver.may_give(listed.post)) for listed in posts),
        account.code_ends_at, own, giver.looks_after(_posts(posts)),
    )  # fmt: skip


def _with_numbers(posts: Sequence[StoredPost]) -> tuple[ListedPost, ...]:
    return tuple(ListedPost(post.id, Post(_role(post.role), post.area, post.lines)) for post in posts)


def _posts(listed: Sequence[ListedPost]) -> tuple[Post, ...]:
    return tuple(one.post for one in listed)


def _role(text: str) -> Role:
    """The role as it was stored by this module."""
    role: Role = text  # type: ignore[assignment]
    return role


def _posts_said(view: Transaction, number: int) -> list[dict[str, object]]:
    """All posts of an account, for the audit."""
    return [said(listed.post) for listed in listed_posts(view, number)]


def said(post: Post) -> dict[str, object]:
    """The post for the audit; what it does not name is everywhere, or all lines."""
    where = {"area": post.area, "lines": None if post.lines is None else list(post.lines)}
    return {"role": post.role, **{name: value for name, value in where.items() if value is not None}}
