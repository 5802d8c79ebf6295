"""Who answers for a unit, an area or a line, and how to reach them: as of now; the audit knows what was before."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from beicha.store.schema import units

UnitKind = Literal["area", "line"]
UnitKey = tuple[UnitKind, str]
"""What a unit is, and the code of the area or line."""


@dataclass(frozen=True)
class Responsible:
    """The people of a unit, "" where nobody is named: first (第一责任人) and direct (直接责任人) responsible person,
    and the contact (联系人) with a telephone."""

    first: str = ""
    direct: str = ""
    contact: str = ""
    phone: str = ""


NOBODY = Responsible()


def everyone(view: Connection) -> dict[UnitKey, Responsible]:
    """The people of every unit that has any."""
    columns = [units.c.kind, units.c.code, units.c.first, units.c.direct, units.c.contact, units.c.phone]
    rows = view.execute(select(*columns))
    return {(row.kind, row.code): Responsible(row.first, row.direct, row.contact, row.phone) for row in rows}


def put(change: Connection, unit: UnitKey, people: Responsible) -> None:
    """Name the people of a unit in place of those before."""
    kind, code = unit
    change.execute(delete(units).where(units.c.kind == kind, units.c.code == code))
    if people != NOBODY:
        change.execute(insert(units).values(kind=kind, code=code, **vars(people)))
