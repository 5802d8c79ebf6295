"""Units (单位): who answers for each area and line, and how to reach them (第一责任人, 直接责任人, 联系人, 联系电话).

The office names the people of all units, a street those of its own and its communities, a clerk the own contact. Only
how it is now is kept; the audit tells what was before, with telephones in part: they are a person's own. Nothing of
this stands on pages behind share links: their visitors lack the right ``contacts``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from beicha.actions.area_names import descending
from beicha.actions.grants import Grant, Refused, Right, may_everywhere, posts_over, require
from beicha.intake.area_tables import MOST_LETTERS, PHONE
from beicha.store import Store, Transaction, areas, audit, lines
from beicha.store import units as stored
from beicha.store.units import NOBODY, Responsible, UnitKey, UnitKind
from scoring.facts import Area

FIELDS = tuple(field.name for field in fields(Responsible))
CONTACT = ("contact", "phone")
LONGEST = MOST_LETTERS
_TOLD_AS = {"first": "first_person"}


class UnitError(ValueError):
    """The people of a unit cannot be named so: ``phone`` or ``long``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Unit:
    """A unit with its people. ``above`` names its street; ``may_set`` the fields that the reader may change."""

    key: UnitKey
    name: str
    above: str
    people: Responsible
    may_set: tuple[str, ...] = ()


def people_of(grant: Grant, store: Store, period: str) -> dict[str, Responsible]:
    """By area the people of a month's areas that the reader sees, as they are named now; without those of nobody."""
    require(grant, "contacts")
    with store.read() as view:
        parents = _parents(areas.tree(view, period))
        known = stored.everyone(view)
    return {
        code: people
        for (kind, code), people in known.items()
        if kind == "area" and code in parents and posts_over(grant, "contacts", code, parents)
    }


def to_set(grant: Grant, store: Store, period: str) -> tuple[Unit, ...]:
    """The units of a month of which the reader may name somebody: areas in the office's order, then lines."""
    require(grant, "own_contact")
    with store.read() as view:
        tree, known, all_lines = areas.tree(view, period), stored.everyone(view), lines.all_lines(view)
    parents, names = _parents(tree), {area.code: area.name for area in tree if area.kind != "district"}
    found = [
        Unit(
            ("area", area.code),
            area.name,
            names.get(area.parent or "", ""),
            known.get(("area", area.code), NOBODY),
            may,
        )
        for area in descending(tree)
        if (may := _may_set(grant, area.code, parents))
    ]
    if may_everywhere(grant, "set_units"):
        found += [
            Unit(("line", line.code), line.title, "", known.get(("line", line.code), NOBODY), FIELDS)
            for line in all_lines
        ]
    return tuple(found)


def set_people(grant: Grant, store: Store, unit: UnitKey, texts: Mapping[str, str], *, now: datetime) -> bool:
    """Name the people of some fields of a unit, "" for nobody; whether anything changed.

    Raises UnitError where a text is none that fits, LookupError where there is no such unit this month, and Refused
    where a field is changed that the person may not change.
    """
    meant = {name: " ".join(text.split()) for name, text in texts.items()}
    if any(len(text) > MOST_LETTERS for text in meant.values()):
        raise UnitError("long")
    if meant.get("phone") and not PHONE.fullmatch(meant["phone"]):
        raise UnitError("phone")
    with store.write() as change:
        parents = _parents(areas.tree(change, f"{now:%Y-%m}"))
        title = _title(change, unit, parents)
        before = stored.everyone(change).get(unit, NOBODY)
        after = replace(before, **meant)
        changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
        allowed = _may_set(grant, unit[1], parents) if unit[0] == "area" else _everywhere(grant)
        if not allowed or not set(changed) <= set(allowed):
            raise Refused(grant, "set_units", unit[1])
        if changed:
            stored.put(change, unit, after)
            audit.add(change, now, grant, "unit.set", title, **change_of(before, after))
    return bool(changed)


def name_people(change: Transaction, kind: UnitKind, named: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Name people as a table does, which leaves those as they are for whom it names nobody; by code what changed."""
    known = stored.everyone(change)
    changes = {}
    for code, texts in named.items():
        before = known.get((kind, code), NOBODY)
        after = replace(before, **texts)
        if after != before:
            stored.put(change, (kind, code), after)
            changes[code] = change_of(before, after)
    return changes


def people_cells(
    known: Mapping[UnitKey, Responsible], unit: UnitKey, *, shown: bool = True
) -> list[str | float | None]:
    """The people of a unit as cells of a table; blanks where they are shown in another row."""
    people = known.get(unit, NOBODY) if shown else NOBODY
    return [getattr(people, name) for name in FIELDS]


def change_of(before: Responsible, after: Responsible) -> dict[str, Any]:
    """What the audit tells of a change: the fields that differ, telephones in part."""
    differ = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    return {
        "before": {_TOLD_AS.get(name, name): _told(name, getattr(before, name)) for name in differ},
        "after": {_TOLD_AS.get(name, name): _told(name, getattr(after, name)) for name in differ},
    }


def _told(name: str, text: str) -> str:
    """A telephone without its middle: enough to tell two apart, too little to call."""
    if name != "phone":
        return text
    return text if len(text) < 5 else f"{text[:3]}****{text[-2:]}"


def _may_set(grant: Grant, code: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    def over(right: Right) -> bool:
        return bool(posts_over(grant, right, code, parents))

    return FIELDS if over("set_units") else CONTACT if over("own_contact") else ()


def _everywhere(grant: Grant) -> tuple[str, ...]:
    return FIELDS if may_everywhere(grant, "set_units") else ()


def _title(view: Transaction, unit: UnitKey, parents: Mapping[str, str | None]) -> str:
    kind, code = unit
    if kind == "area" and code in parents:
        return areas.versions(view, [code])[-1].area.name
    found = [line.title for line in lines.all_lines(view) if kind == "line" and line.code == code]
    if not found:
        raise LookupError(f"there is no {kind} {code}")
    return found[0]


def _parents(tree: Sequence[Area]) -> dict[str, str | None]:
    return {area.code: area.parent for area in tree}
