"""Accounts: who may sign in, and the posts that each holds. An account is disabled, never taken away."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from beicha.store.schema import accounts, posts


@dataclass(frozen=True)
class Account:
    """An account as it stands. ``password`` and ``code`` are hashes, None where there is none."""

    id: int
    login: str
    name: str
    password: str | None
    must_change: bool
    disabled: bool
    demo: bool
    code: str | None
    code_ends_at: datetime | None
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class NewAccount:
    """An account to be made with others: ``code`` is the hash of the one-time code that it begins with."""

    login: str
    name: str
    code: str
    code_ends_at: datetime


@dataclass(frozen=True)
class StoredPost:
    """A post of an account: the role, the area below which it holds (None: everywhere), the lines (None: all)."""

    id: int
    role: str
    area: str | None
    lines: tuple[str, ...] | None


NewPost = tuple[int, str, str | None, Sequence[str] | None]
"""An account's number, and the role, area and lines of a post for it."""


def add(change: Connection, login: str, name: str, *, demo: bool, by: str, at: datetime) -> int:
    """Add an account that nobody can sign in to yet, and give its number; IntegrityError where the login is taken."""
    values = {"login": login, "name": name, "must_change": True, "disabled": False, "demo": demo}
    row = insert(accounts).values(**values, made_by=by, made_at=at).returning(accounts.c.id)
    number: int = change.execute(row).scalar_one()
    return number


def add_many(change: Connection, new: Sequence[NewAccount], *, by: str, at: datetime) -> dict[str, int]:
    """Add accounts of real people and give their numbers by login; IntegrityError where a login is taken."""
    if not new:
        return {}
    same = {"must_change": True, "disabled": False, "demo": False, "made_by": by, "made_at": at}
    change.execute(insert(accounts), [{**vars(one), **same} for one in new])
    chosen = accounts.c.login.in_([one.login for one in new])
    return {row.login: row.id for row in change.execute(select(accounts.c.login, accounts.c.id).where(chosen))}


def by_login(view: Connection, login: str) -> Account | None:
    """The account with this login, None where there is none."""
    return _one(view, accounts.c.login == login)


def by_id(view: Connection, number: int) -> Account | None:
    """The account with this number, None where there is none."""
    return _one(view, accounts.c.id == number)


def everyone(view: Connection) -> tuple[Account, ...]:
    """All accounts, by login."""
    return tuple(Account(*row) for row in view.execute(select(accounts).order_by(accounts.c.login)))


def count(view: Connection, *, demo: bool) -> int:
    """How many accounts of the demo, or of real people, are not disabled."""
    chosen = (accounts.c.demo == demo) & ~accounts.c.disabled
    return view.execute(select(func.count()).select_from(accounts).where(chosen)).scalar_one()


def set_password(change: Connection, number: int, password: str, *, must_change: bool) -> None:
    """Set the hash of a password; a one-time code ends with it."""
    _set(change, number, password=password, must_change=must_change, code=None, code_ends_at=None)


def set_code(change: Connection, number: int, code: str, ends_at: datetime) -> None:
    """Set the hash of a one-time code, in place of the password and of any code before."""
    _set(change, number, password=None, must_change=True, code=code, code_ends_at=ends_at)


def end_code(change: Connection, number: int) -> None:
    """Take a one-time code away that nobody has spent."""
    _set(change, number, code=None, code_ends_at=None)


def use_code(change: Connection, number: int, code: str) -> bool:
    """Spend a one-time code; False where it was spent already."""
    chosen = (accounts.c.id == number) & (accounts.c.code == code)
    return change.execute(update(accounts).where(chosen).values(code=None, code_ends_at=None)).rowcount == 1


def set_name(change: Connection, number: int, name: str) -> None:
    """Change the name of an account's person."""
    _set(change, number, name=name)


def set_disabled(change: Connection, number: int, disabled: bool) -> None:
    """Keep an account from signing in, or let it again."""
    _set(change, number, disabled=disabled)


def posts_of(view: Connection, number: int) -> tuple[StoredPost, ...]:
    """The posts of an account, oldest first."""
    return _posts(view, posts.c.account == number).get(number, ())


def all_posts(view: Connection) -> dict[int, tuple[StoredPost, ...]]:
    """The posts of every account that has any, by the account's number, oldest first."""
    return _posts(view, posts.c.account.is_not(None))


def add_post(
    change: Connection, number: int, role: str, area: str | None, lines: Sequence[str] | None, *, by: str, at: datetime
) -> None:
    """Give an account a post."""
    add_posts(change, [(number, role, area, lines)], by=by, at=at)


def add_posts(change: Connection, new: Sequence[NewPost], *, by: str, at: datetime) -> None:
    """Give accounts posts."""
    rows = [
        {"account": number, "role": role, "area": area, "lines": None if lines is None else json.dumps(list(lines))}
        for number, role, area, lines in new
    ]
    if rows:
        change.execute(insert(posts), [{**row, "made_by": by, "made_at": at} for row in rows])


def drop_post(change: Connection, number: int, post: int) -> bool:
    """Take a post from an account; False where it has no such post."""
    return change.execute(delete(posts).where(posts.c.account == number, posts.c.id == post)).rowcount == 1


def _posts(view: Connection, chosen: ColumnElement[bool]) -> dict[int, tuple[StoredPost, ...]]:
    found: dict[int, tuple[StoredPost, ...]] = {}
    columns = [posts.c.account, posts.c.id, posts.c.role, posts.c.area, posts.c.lines]
    for row in view.execute(select(*columns).where(chosen).order_by(posts.c.id)):
        post = StoredPost(row.id, row.role, row.area, _lines(row.lines))
        found[row.account] = (*found.get(row.account, ()), post)
    return found


def _one(view: Connection, chosen: ColumnElement[bool]) -> Account | None:
    row = view.execute(select(accounts).where(chosen)).one_or_none()
    return None if row is None else Account(*row)


def _set(change: Connection, number: int, **values: Any) -> None:
    change.execute(update(accounts).where(accounts.c.id == number).values(**values))


def _lines(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(json.loads(text))
