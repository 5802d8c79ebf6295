"""The lines (条线) of the office: code, title, order."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from beicha.store.schema import lines


@dataclass(frozen=True)
class OfficeLine:
    """A department, in the office's own order."""

    code: str
    title: str
    order: int = 0


def all_lines(view: Connection) -> tuple[OfficeLine, ...]:
    """All lines in the office's order."""
    rows = view.execute(select(lines).order_by(lines.c.position, lines.c.code))
    return tuple(OfficeLine(row.code, row.title, row.position) for row in rows)


def put(change: Connection, new: Sequence[OfficeLine]) -> None:
    """Add these lines, in place of those with the same codes."""
    change.execute(delete(lines).where(lines.c.code.in_([line.code for line in new])))
    if new:
        rows = [{"code": line.code, "title": line.title, "position": line.order} for line in new]
        change.execute(insert(lines), rows)
