"""What a person may do: every action asks here first. Rights hang on the role, and on the part of the area tree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from beicha.store import Transaction, areas
from beicha.store.submissions import Key
from scoring.facts import Area

Role = Literal["office", "clerk", "viewer"]
Right = Literal["see", "submit", "set_up"]

RIGHTS: Mapping[Role, frozenset[Right]] = {
    "office": frozenset({"see", "submit", "set_up"}),
    "clerk": frozenset({"see", "submit"}),
    "viewer": frozenset({"see"}),
}


@dataclass(frozen=True)
class Grant:
    """Who acts, in which role, below which area (None: everywhere) and for which lines (None: all)."""

    actor: str = "local"
    role: Role = "office"
    area: str | None = None
    lines: tuple[str, ...] | None = None


OFFICE = Grant()
"""Whoever sits at this machine, until there are accounts."""


class Refused(Exception):  # noqa: N818 - a refusal is the answer, not a fault of the program
    """The grant does not hold the right, or not for this area."""

    def __init__(self, grant: Grant, right: Right, area: str = "") -> None:
        super().__init__(f"{grant.actor} ({grant.role}) may not {right} {area}".strip())
        self.right = right
        self.area = area


def require(grant: Grant, right: Right) -> None:
    """Raises Refused where the role does not hold the right."""
    if right not in RIGHTS[grant.role]:
        raise Refused(grant, right)


def require_everywhere(grant: Grant, right: Right) -> None:
    """Raises Refused where the grant does not hold the right for the whole tree."""
    require(grant, right)
    if grant.area is not None:
        raise Refused(grant, right)


def require_for(grant: Grant, right: Right, communities: Iterable[str], tree: Sequence[Area]) -> None:
    """Raises Refused where the grant does not hold the right for all of these communities."""
    require(grant, right)
    for community in communities:
        if not covers(grant, community, tree):
            raise Refused(grant, right, community)


def require_submit(grant: Grant, key: Key, view: Transaction) -> None:
    """Raises Refused where the grant may not submit this; what the office keeps, only the office submits."""
    require(grant, "submit")
    elsewhere = grant.area is not None and not covers(grant, key.community, areas.tree(view, key.period))
    if elsewhere or (key.kept_by == "office" and grant.role != "office"):
        raise Refused(grant, "submit", key.community)


def covers(grant: Grant, community: str, tree: Sequence[Area]) -> bool:
    """Whether the community lies in the grant's part of the tree."""
    if grant.area is None:
        return True
    parents = {area.code: area.parent for area in tree}
    above: list[str] = []
    here: str | None = community
    while here is not None and here not in above:
        above.append(here)
        here = parents.get(here)
    return grant.area in above


def to_plain(grant: Grant) -> dict[str, Any]:
    """The grant as JSON values, for a job that acts on somebody's behalf."""
    return asdict(grant)


def from_plain(values: Mapping[str, Any]) -> Grant:
    """The grant that ``to_plain`` wrote."""
    lines = values["lines"]
    return Grant(values["actor"], values["role"], values["area"], None if lines is None else tuple(lines))
