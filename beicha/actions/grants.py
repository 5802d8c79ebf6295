"""What a person may do: every action asks here first. Rights hang on posts: a role, below an area, for some lines.

A person may hold several posts; what they allow adds up, and a right is never held where no single post gives it.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from beicha.store import Transaction, areas
from beicha.store.submissions import Key
from scoring.facts import Area

Role = Literal["office", "street", "clerk", "line", "leader", "auditor", "admin", "visitor"]
ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "visitor")
"""Those that an account may hold; a visitor is whoever opens a share link."""
Right = Literal[
    "see", "rows", "files", "submit", "share", "personal", "erase", "set_up", "audit", "accounts", "grant", "review",
    "close", "assign", "answer", "contacts", "own_contact", "set_units", "papers", "publish", "daily",
    "read_daily",
]  # fmt: skip
"""See scores and why; the rows behind them; whole ledgers and files as sent; hand in; make share links; what is a
person's own, where it is asked for; say yes to erasing a submission; set the office up; read the audit; keep all
accounts; give posts that reach no further than one's own (``granting``); pass and return a month; make it final and
open it again; make tasks and decide about them; say what was done about one; see who answers for a unit, and their
telephone; name a unit's contact; name all its people; write papers of a month; number and keep them, and say what
form they have; report on a day for an area; read what was reported."""

_UNITS: frozenset[Right] = frozenset({"contacts", "own_contact", "set_units"})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    "office": frozenset(
        {
            "see", "rows", "files", "submit", "share", "personal", "erase", "set_up", "grant", "review", "close",
            "assign", "answer", "papers", "publish", "daily", "read_daily", *_UNITS,
        }
    ),
    "street": frozenset(
        {
            "see", "rows", "files", "submit", "share", "personal", "grant", "review", "assign", "answer", "papers",
            "daily", "read_daily", *_UNITS,
        }
    ),
    "clerk": frozenset({"see", "rows", "files", "submit", "personal", "answer", "contacts", "own_contact"}),
    "line": frozenset({"see", "rows", "answer", "contacts"}),
    "leader": frozenset({"see", "rows", "contacts", "read_daily"}),
    "auditor": frozenset({"see", "rows", "files", "audit", "contacts", "read_daily"}),
    "admin": frozenset({"accounts"}),
    "visitor": frozenset({"see"}),
}  # fmt: skip
WHOLE: frozenset[Right] = frozenset({
    "files", "submit", "personal", "erase", "set_up", "audit", "accounts", "grant", "review", "close", "assign",
    "own_contact", "set_units", "papers", "publish", "daily",
    "read_daily",
})  # fmt: skip
"""Rights that a post for some lines alone cannot give: a file holds the ledgers of all."""


@dataclass(frozen=True)
class Post:
    """One role, below an area (None: everywhere), for some lines (None: all)."""

    role: Role
    area: str | None = None
    lines: tuple[str, ...] | None = None

    def gives(self, right: Right) -> bool:
        """Whether the post gives the right at all."""
        return right in RIGHTS[self.role] and not (right in WHOLE and self.lines is not None)


@dataclass(frozen=True)
class Grant:
    """Who acts, the posts that say what they may do, and the network address from which they act, for the audit.

    ``months`` are the first and the last they are limited to, None for all. Two grants that differ in the address
    alone are equal: what is seen does not depend on it.
    """

    actor: str
    posts: tuple[Post, ...] = ()
    address: str = field(default="", compare=False)
    months: tuple[str, str] | None = None

    @property
    def sight(self) -> Hashable:
        """What decides what is seen: equal for two grants that see the same."""
        return self.posts, self.months

    def reaches(self, period: str) -> bool:
        """Whether the month is none that the grant is kept from."""
        return self.months is None or self.months[0] <= period <= self.months[1]


CONSOLE = "console"
OFFICE = Grant("local", (Post("office"), Post("admin"), Post("auditor")), CONSOLE)
"""Whoever has the command line of this machine."""


class Refused(Exception):  # noqa: N818 - a refusal is the answer, not a fault of the program
    """The grant does not hold the right, or not for this area."""

    def __init__(self, grant: Grant, right: Right, area: str = "") -> None:
        roles = ", ".join(dict.fromkeys(post.role for post in grant.posts)) or "no post"
        super().__init__(f"{grant.actor} ({roles}) may not {right} {area}".strip())
        self.right = right
        self.area = area


def may(grant: Grant, right: Right) -> bool:
    """Whether the grant holds the right anywhere."""
    return any(post.gives(right) for post in grant.posts)


def may_everywhere(grant: Grant, right: Right) -> bool:
    """Whether the grant holds the right for the whole tree and all lines."""
    return any(post.gives(right) and post.area is None and post.lines is None for post in grant.posts)


def require(grant: Grant, right: Right) -> None:
    """Raises Refused where the grant does not hold the right anywhere."""
    if not may(grant, right):
        raise Refused(grant, right)


def require_everywhere(grant: Grant, right: Right) -> None:
    """Raises Refused where the grant does not hold the right for the whole tree."""
    if not may_everywhere(grant, right):
        raise Refused(grant, right)


def require_month(grant: Grant, right: Right, period: str) -> None:
    """Raises Refused where the grant does not hold the right anywhere, or is kept from the month."""
    require(grant, right)
    if not grant.reaches(period):
        raise Refused(grant, right, period)


def require_for(grant: Grant, right: Right, communities: Iterable[str], tree: Sequence[Area]) -> None:
    """Raises Refused where the grant does not hold the right for all of these communities."""
    require(grant, right)
    for community in communities:
        if not covers(grant, right, community, tree):
            raise Refused(grant, right, community)


def require_submit(grant: Grant, key: Key, view: Transaction) -> None:
    """Raises Refused where the grant may not submit this; what the office keeps, only the office submits.

    The tree, which may be large, is read only for posts that hold in a part of it.
    """
    if any(post.gives("submit") and post.role == "office" and post.area is None for post in grant.posts):
        return
    posts = posts_over(grant, "submit", key.community, _parents(areas.tree(view, key.period)))
    if not any(post.role == "office" or key.kept_by != "office" for post in posts):
        raise Refused(grant, "submit", key.community)


def covers(grant: Grant, right: Right, community: str, tree: Sequence[Area]) -> bool:
    """Whether the grant holds the right for the community, if only for some lines."""
    return bool(posts_over(grant, right, community, _parents(tree)))


def covered(grant: Grant, right: Right, tree: Sequence[Area]) -> list[str]:
    """The communities of the tree for which the grant holds the right, in the tree's order."""
    parents = _parents(tree)
    here = (area.code for area in tree if area.kind == "community")
    return [code for code in here if posts_over(grant, right, code, parents)]


def lines_seen(grant: Grant, community: str, tree: Sequence[Area]) -> frozenset[str] | None:
    """The lines whose criteria the grant may see in the community; None: all, empty: none."""
    return _lines_of(posts_over(grant, "see", community, _parents(tree)))


def lines_by_community(grant: Grant, tree: Sequence[Area]) -> dict[str, frozenset[str] | None]:
    """The same for every community of the tree of which the grant sees anything, in the tree's order."""
    parents = _parents(tree)
    here = (area.code for area in tree if area.kind == "community")
    giving = ((code, posts_over(grant, "see", code, parents)) for code in here)
    return {code: _lines_of(posts) for code, posts in giving if posts}


def _lines_of(posts: Sequence[Post]) -> frozenset[str] | None:
    """The lines of posts that let see; None: all."""
    if any(post.lines is None for post in posts):
        return None
    return frozenset(line for post in posts for line in post.lines or ())


def posts_over(grant: Grant, right: Right, area: str | None, parents: Mapping[str, str | None]) -> list[Post]:
    """The posts that give the right for a whole area (None: everywhere) in a tree, from areas to those above."""
    giving = [post for post in grant.posts if post.gives(right)]
    above = [] if area is None else _lineage(area, parents)
    return [post for post in giving if post.area is None or post.area in above]


def _parents(tree: Sequence[Area]) -> dict[str, str | None]:
    return {area.code: area.parent for area in tree}


def _lineage(community: str, parents: Mapping[str, str | None]) -> list[str]:
    """The community and the areas above it."""
    lineage: list[str] = []
    here: str | None = community
    while here is not None and here not in lineage:
        lineage.append(here)
        here = parents.get(here)
    return lineage


def to_plain(grant: Grant) -> dict[str, Any]:
    """The grant as JSON values, for a job that acts on somebody's behalf."""
    posts = [[post.role, post.area, None if post.lines is None else list(post.lines)] for post in grant.posts]
    months = None if grant.months is None else list(grant.months)
    return {"actor": grant.actor, "posts": posts, "address": grant.address, "months": months}


def from_plain(values: Mapping[str, Any]) -> Grant:
    """The grant that ``to_plain`` wrote; jobs of before there were accounts were all the local office's."""
    if "posts" not in values:
        return OFFICE
    posts = tuple(Post(role, area, None if lines is None else tuple(lines)) for role, area, lines in values["posts"])
    months = values.get("months")
    reach = None if months is None else (months[0], months[1])
    return Grant(values["actor"], posts, values.get("address", ""), reach)
