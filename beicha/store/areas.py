"""The area tree (区划), each area in as many versions as it had: a month keeps the tree that was valid in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from beicha.store.schema import areas
from scoring.facts import Area


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
