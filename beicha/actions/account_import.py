"""Many accounts from one table (.xlsx): looked at first, then taken in as a whole or not at all.

New logins become accounts with a one-time code each; those that are there get the posts that they lack. What the table
does not name stays as it is, and the same table once more changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from beicha.actions import passwords
from beicha.actions.accounts import CODE_LIVES, AccountError, checked_login, listed_posts, said
from beicha.actions.area_names import EVERYWHERE, AreaNames
from beicha.actions.granting import Giver, giver_of
from beicha.actions.grants import Grant, Post, Role
from beicha.intake.account_tables import TITLES, AccountRow, AccountTable
from beicha.intake.problems import Problem
from beicha.store import Store, Transaction, areas, audit, lines
from beicha.store import accounts as stored
from beicha.store.accounts import Account, NewAccount
from beicha.store.files import NamedFile
from scoring.facts import Area
from scoring.texts import normal

_KINDS: Mapping[str, Sequence[str]] = {"clerk": ("community",), "street": ("street", "zone")}
"""What an area of a role is where its name alone does not tell."""
_PLACED = ("clerk", "street")
"""Roles that are never meant for the whole district when nothing is said."""


@dataclass(frozen=True)
class PlannedAccount:
    """What becomes of one login: the posts it gets. ``is_new``: whether an account is made."""

    login: str
    name: str
    is_new: bool
    posts: tuple[Post, ...]

    @property
    def outcome(self) -> str:
        """``new``, ``changed`` or ``unchanged``."""
        return "new" if self.is_new else "changed" if self.posts else "unchanged"


@dataclass(frozen=True)
class AccountPlan:
    """What a table would do; nothing of it may be done where a problem is an error."""

    problems: tuple[Problem, ...]
    planned: tuple[PlannedAccount, ...]

    @property
    def may_be_stored(self) -> bool:
        """Whether no problem is an error."""
        return not any(problem.level == "error" for problem in self.problems)

    def having(self, outcome: str) -> tuple[PlannedAccount, ...]:
        """The accounts of which this becomes."""
        return tuple(one for one in self.planned if one.outcome == outcome)


@dataclass(frozen=True)
class IssuedCode:
    """A one-time code of somebody whose account was made, which nobody sees again."""

    login: str
    name: str
    posts: tuple[Post, ...]
    code: str


def preview(grant: Grant, store: Store, file: NamedFile, *, now: datetime) -> AccountPlan:
    """What the table would do now; nothing is stored."""
    with store.read() as view:
        giver_of(grant, view)
    table = AccountTable(file.name, file.content)
    with store.read() as view:
        return _planned(giver_of(grant, view), view, table, now)


def take_in(
    grant: Grant, store: Store, file: NamedFile, seen: AccountPlan, *, now: datetime
) -> tuple[IssuedCode, ...] | None:
    """Do what was seen in the preview, and give the codes of new accounts.

    None, and nothing is stored, where it may not be or where by now the table would do something else.
    """
    table = AccountTable(file.name, file.content)
    with store.write() as change:
        giver = giver_of(grant, change)
        plan = _planned(giver, change, table, now)
        if plan != seen or not plan.may_be_stored:
            return None
        issued = _store(change, grant, plan, now)
        audit.add(change, now, grant, "account.import", file.name, **_told(plan))
    return issued


def _store(change: Transaction, grant: Grant, plan: AccountPlan, now: datetime) -> tuple[IssuedCode, ...]:
    """Stores it in a few statements, so that others do not wait."""
    issued = tuple(IssuedCode(one.login, one.name, one.posts, passwords.new_code()) for one in plan.having("new"))
    ends_at = now + CODE_LIVES
    new = [NewAccount(one.login, one.name, passwords.code_digest(one.code), ends_at) for one in issued]
    numbers = stored.add_many(change, new, by=grant.actor, at=now)
    if plan.having("changed"):
        numbers |= {one.login: one.id for one in stored.everyone(change)}
    posts = [(numbers[one.login], post.role, post.area, post.lines) for one in plan.planned for post in one.posts]
    stored.add_posts(change, posts, by=grant.actor, at=now)
    return issued


def _told(plan: AccountPlan) -> dict[str, object]:
    """All that is done, for the one row of the audit."""
    lists = {
        outcome: [
            {"account": one.login, "name": one.name, "posts": [said(post) for post in one.posts]}
            for one in plan.having(outcome)
        ]
        for outcome in ("new", "changed")
    }
    counts = {f"{outcome}_count": len(found) for outcome, found in lists.items()}
    return {**counts, **{outcome: found for outcome, found in lists.items() if found}}


def _planned(giver: Giver, view: Transaction, table: AccountTable, now: datetime) -> AccountPlan:
    reader = _Reader(giver, view, table, f"{now:%Y-%m}")
    rows: dict[str, list[AccountRow]] = {}
    for row in table.accounts:
        login = reader.login(row)
        if login:
            rows.setdefault(login, []).append(row)
    planned = [reader.account(login, of_login) for login, of_login in rows.items()]
    problems = sorted(table.problems.all, key=lambda problem: problem.row or 0)
    return AccountPlan(tuple(problems), tuple(planned))


@dataclass
class _Reader:
    """Reads rows against the accounts, areas and lines that there are, and notes what is wrong with them."""

    giver: Giver
    view: Transaction
    table: AccountTable
    month: str
    areas: AreaNames = field(init=False)
    lines: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        latest = {version.area.code: version for version in areas.versions(self.view)}
        standing = [one.area for one in latest.values() if one.valid_to is None or one.valid_to > self.month]
        self.areas = AreaNames(standing)
        known = lines.all_lines(self.view)
        self.lines = {normal(line.title): line.code for line in known} | {line.code: line.code for line in known}
        self.titles = [line.title for line in known]

    def login(self, row: AccountRow) -> str:
        """The row's login as it is kept, "" (and a problem) where it cannot be one."""
        try:
            return checked_login(row.login)
        except AccountError:
            self.table.add("login_unfit", row.row, "login", found=row.login)
            return ""

    def account(self, login: str, rows: Sequence[AccountRow]) -> PlannedAccount:
        """What becomes of a login, of all its rows together."""
        first = rows[0]
        names = list(dict.fromkeys(row.name for row in rows))
        if len(names) > 1:
            self.table.add("login_names_differ", rows[1].row, "name", found=login, names=names)
        account = stored.by_login(self.view, login)
        held = self._held(account, first)
        wanted: dict[Post, int] = {}
        for row in rows:
            post = self._post(row)
            if post in wanted:
                self.table.add("account_row_twice", row.row, "login", found=row.login, other=wanted[post])
            elif post is not None:
                wanted[post] = row.row
        missing = tuple(post for post in wanted if post not in held)
        if missing and login == self.giver.grant.actor:
            self.table.add("account_own", first.row, "login", found=first.login)
        return PlannedAccount(login, first.name, account is None, missing)

    def _held(self, account: Account | None, row: AccountRow) -> tuple[Post, ...]:
        """The posts of an account that is there; a problem where it is not the giver's, or another person's."""
        if account is None:
            return ()
        posts = tuple(one.post for one in listed_posts(self.view, account.id))
        if account.demo or not self.giver.sees(posts):
            self.table.add("account_beyond_yours", row.row, "login", found=row.login)
        elif normal(account.name) != normal(row.name):
            self.table.add("account_name_differs", row.row, "name", found=row.login, before=account.name, name=row.name)
        elif account.disabled:
            self.table.add("account_disabled", row.row, "login", found=row.login)
        return posts

    def _post(self, row: AccountRow) -> Post | None:
        """The row's post, None (and a problem) where it is none that may be given."""
        area, is_known = self._area(row)
        codes = self._lines(row)
        if not is_known or codes is None:
            return None
        role: Role = row.role  # type: ignore[assignment]
        post = Post(role, area.code if area else None, codes or None)
        if not self.giver.may_give(post):
            self.table.add("post_beyond_yours", row.row, "role", found=f"{TITLES[row.role]} {row.area}".strip())
            return None
        return post

    def _area(self, row: AccountRow) -> tuple[Area | None, bool]:
        """The area that the row names, None for everywhere; and whether it can be told."""
        if not row.area or normal(row.area) in EVERYWHERE:
            if row.role in _PLACED:
                self.table.add("post_area_blank", row.row, "area", found=row.role_text)
            return None, row.role not in _PLACED
        found = self.areas.find(row.area, _KINDS.get(row.role, ()))
        if len(found) == 1:
            if row.role == "clerk" and found[0].kind != "community":
                self.table.add("post_area_wide", row.row, "area", found=row.role_text, read=found[0].name)
            return found[0], True
        if found:
            told = [self.areas.told(area) for area in found]
            self.table.add("post_area_ambiguous", row.row, "area", found=row.area, near=told)
        else:
            self.table.add("post_area_unknown", row.row, "area", found=row.area, near=self.areas.near(row.area))
        return None, False

    def _lines(self, row: AccountRow) -> tuple[str, ...] | None:
        """The codes of the lines that the row names, None (and a problem) where one is not known or missing."""
        unknown = [name for name in row.lines if normal(name) not in self.lines]
        for name in unknown:
            self.table.add("post_line_unknown", row.row, "lines", found=name, choices=self.titles)
        if row.role == "line" and not row.lines:
            self.table.add("post_lines_blank", row.row, "lines")
            return None
        if row.role in ("clerk", "street", "office") and row.lines:
            self.table.add("post_lines_narrow", row.row, "lines", found=row.role_text)
        return None if unknown else tuple(dict.fromkeys(self.lines[normal(name)] for name in row.lines))
