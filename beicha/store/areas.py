"""The area tree (区划), each area in as many versions as it had: a month keeps the tree that was valid in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, or_, select, update

from beicha.store.schema import areas
from scoring.facts import Area

Selected = Select[tuple[str]]
"""Codes of areas that the database finds itself, where it is asked for what belongs to them."""


@dataclass(frozen=True)
class AreaVersion:
    """An area as it stands from a month on ('' from the beginning) up to, not including, another (None: open)."""

    area: Area
    valid_from: str = ""
    valid_to: str | None = None

    def valid_in(self, period: str) -> bool:
        """Whether the area stands so in the month."""
        return self.valid_from <= period and (self.valid_to is None or period < self.valid_to)


def tree(view: Connection, period: str) -> tuple[Area, ...]:
    """The areas that are valid in the month, in the office's order."""
    valid = (areas.c.valid_from <= period) & or_(areas.c.valid_to.is_(None), areas.c.valid_to > period)
    rows = view.execute(select(areas).where(valid).order_by(areas.c.position, areas.c.code))
    return tuple(_area(row) for row in rows)


def trees(view: Connection, periods: Collection[str], within: Selected | None = None) -> dict[str, tuple[Area, ...]]:
    """The trees of these months as ``tree`` gives each, of all areas or of those that are selected (``bound_up``)."""
    chosen = () if within is None else (areas.c.code.in_(within),)
    rows = view.execute(select(areas).where(*chosen).order_by(areas.c.position, areas.c.code, areas.c.valid_from))
    known = [AreaVersion(_area(row), row.valid_from, row.valid_to) for row in rows]
    return {period: tuple(one.area for one in known if one.valid_in(period)) for period in periods}


def bound_up(codes: Collection[str]) -> Selected:
    """Selects every area that was in one district with one of these in any month, itself and the district among them.

    Scores rest on no others: means of others and points at stake are a district's own (scoring.md §5). Areas that stand
    in no district are taken for one, as ``scoring.tree`` takes them.
    """
    columns = areas.c.code, areas.c.parent, areas.c.kind
    upward = select(*columns).where(areas.c.code.in_(list(codes))).cte(recursive=True)
    upward = upward.union(select(*columns).where(areas.c.code == upward.c.parent))
    tops = select(upward.c.code).where(upward.c.parent.is_(None))
    alone = tops.where(upward.c.kind != "district").exists() & (areas.c.kind != "district")
    downward = select(areas.c.code).where(areas.c.parent.is_(None), areas.c.code.in_(tops) | alone).cte(recursive=True)
    downward = downward.union(select(areas.c.code).where(areas.c.parent == downward.c.code))
    return select(downward.c.code)


def versions(view: Connection, codes: Collection[str] | None = None) -> tuple[AreaVersion, ...]:
    """Every version of these areas (None: of all), by code and first month."""
    chosen = () if codes is None else (areas.c.code.in_(list(codes)),)
    rows = view.execute(select(areas).where(*chosen).order_by(areas.c.code, areas.c.valid_from))
    return tuple(AreaVersion(_area(row), row.valid_from, row.valid_to) for row in rows)


def add(change: Connection, new: Iterable[AreaVersion]) -> None:
    """Add versions; raises an IntegrityError where a code has one from the same month already."""
    rows = [_row(version) for version in new]
    if rows:
        change.execute(insert(areas), rows)


def close(change: Connection, code: str, valid_from: str, valid_to: str | None) -> None:
    """Let the version of a code from a month end before another month, or stay open."""
    chosen = (areas.c.code == code) & (areas.c.valid_from == valid_from)
    change.execute(update(areas).where(chosen).values(valid_to=valid_to))


def remove(change: Connection, code: str, valid_from: str) -> None:
    """Take a version away."""
    change.execute(delete(areas).where(areas.c.code == code, areas.c.valid_from == valid_from))


def _area(row: Any) -> Area:
    return Area(row.code, row.name, row.kind, row.parent, row.rank_class, row.position, row.weight)


def _row(version: AreaVersion) -> dict[str, Any]:
    area = version.area
    return {
        "code": area.code,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "name": area.name,
        "kind": area.kind,
        "parent": area.parent,
        "rank_class": area.rank_class,
        "position": area.order,
        "weight": area.weight,
    }
