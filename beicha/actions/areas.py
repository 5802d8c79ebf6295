"""The area tree (区划) of the office: import it as a table, fetch it as one. Earlier months keep the tree they had."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from beicha.actions.area_changes import Basis, Step, plan
from beicha.actions.area_tree import versions_of
from beicha.actions.assessing import complete
from beicha.actions.grants import Grant, require, require_everywhere
from beicha.actions.units import name_people, people_cells
from beicha.intake.area_tables import AREA_COLUMNS, PEOPLE_COLUMNS, read_area_table
from beicha.intake.problems import Problem, Problems
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store, Transaction, audit, submissions, units
from beicha.store import areas as stored
from beicha.store.areas import AreaVersion
from beicha.store.files import NamedFile
from beicha.store.locks import hold_structure
from scoring.facts import Area

KIND_NAMES = {"district": "区", "street": "街道", "zone": "管区", "community": "社区"}
_NOTES = (
    "每个区划一行：先区，后街道、管区（可无）、社区；上级填上一级的名称或编码。编码可不填，由系统按名称编定。",
    "启用月份、停用月份写作 2026-03，可不填；停用月份是该区划不再计入的第一个月。分类用于分组排名，权重可不填。",
    "责任人、联系人各列可不填；空着的不改动已登记的人，没有这几列也不改动。",
)


@dataclass(frozen=True)
class TableImport:
    """What an import did: names of what was added, changed, closed (it ends), unchanged, or absent from the table.

    Where ``problems`` holds an error, nothing was stored and the rest is empty. What is absent stays as it is.
    """

    problems: tuple[Problem, ...]
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def naming(self, people: Collection[str]) -> "TableImport":
        """The same where others were named to answer for these: what was unchanged but for that is changed."""
        kept = tuple(name for name in self.unchanged if name not in people)
        changed = tuple(name for name in self.unchanged if name in people)
        return replace(self, unchanged=kept, changed=(*self.changed, *changed))

    @property
    def stored(self) -> bool:
        """Whether the table was taken in."""
        return not any(problem.level == "error" for problem in self.problems)


def import_areas(
    grant: Grant, store: Store, file: NamedFile, *, now: datetime, from_period: str | None = None
) -> TableImport:
    """Take in a table of areas (.xlsx). New areas hold from their 启用月份, or from the beginning.

    A change of an area that is known holds from ``from_period`` "YYYY-MM" (or the row's own 启用月份, where it is
    later than the area's last change); without one it holds for all months, which is an error once there are reports.
    A code in several rows gives the area's whole history. Areas that the table lacks stay as they are.
    """
    require_everywhere(grant, "set_up")
    sheet, rows, found = read_area_table(file.name, file.content)
    problems = Problems(file.name)
    with store.write() as change:
        hold_structure(change)
        known = stored.versions(change)
        made = versions_of(rows, sheet, [version.area for version in known], problems)
        basis = Basis(known, from_period, reported=bool(submissions.periods(change)))
        steps = plan(basis, made, sheet, problems)
        told = (*found, *problems.all)
        if any(problem.level == "error" for problem in told) or not steps:
            return TableImport(told)
        for step in steps.values():
            _store(change, step)
        named: dict[str, dict[str, str]] = {}
        for row, version in made:
            named.setdefault(version.area.code, {}).update(row.people)
        people = {steps[code].name: what for code, what in name_people(change, "area", named).items()}
        result = _told(told, steps, known).naming(people)
        counts = {name: len(getattr(result, name)) for name in ("added", "changed", "closed")}
        changes = _changes(steps)
        details = {**counts, **changes, "from_period": from_period, **({"people": people} if people else {})}
        audit.add(change, now, grant, "areas.import", file.name, **details)
    complete(store)
    return result


def tree(grant: Grant, store: Store, period: str) -> tuple[Area, ...]:
    """The areas that are valid in the month, in the office's order."""
    require(grant, "see")
    with store.read() as view:
        return stored.tree(view, period)


def area_table(grant: Grant, store: Store) -> bytes:
    """The areas as a table to be filled in and imported again (.xlsx); only headings where there are none yet."""
    require_everywhere(grant, "set_up")
    with store.read() as view:
        versions, people = stored.versions(view), units.everyone(view)
    newest = {version.area.code: version for version in versions}
    names = {version.area.code: version.area.name for version in versions}
    ranked = sorted(versions, key=lambda version: (list(KIND_NAMES).index(version.area.kind), version.area.order))
    columns = [Column(titles[0], 12.0, "General") for titles in {**AREA_COLUMNS, **PEOPLE_COLUMNS}.values()]
    rows = [
        _cells(version, names)
        + people_cells(people, ("area", version.area.code), shown=newest[version.area.code] == version)
        for version in ranked
    ]
    return workbook_of([Sheet("区划表", columns, rows, _NOTES)])


def _cells(version: AreaVersion, names: Mapping[str, str]) -> list[str | float | None]:
    area = version.area
    above = names.get(area.parent or "", "")
    namesakes = sum(name == above for name in names.values())
    parent = area.parent if namesakes > 1 else above
    kind = KIND_NAMES[area.kind]
    months = [version.valid_from, version.valid_to or ""]
    return [area.code, area.name, kind, parent or "", area.rank_class, area.order, area.weight, *months]


def _store(change: Transaction, step: Step) -> None:
    for version in step.before:
        if version not in step.after:
            stored.remove(change, version.area.code, version.valid_from)
    stored.add(change, [version for version in step.after if version not in step.before])


def _changes(steps: Mapping[str, Step]) -> dict[str, dict[str, str]]:
    """How each area that changes stood before and stands after, by code, for the audit."""
    changed = {code: step for code, step in steps.items() if step.before != step.after}
    return {
        "before": {code: _history(step.before) for code, step in changed.items() if step.before},
        "after": {code: _history(step.after) for code, step in changed.items()},
    }


def _history(versions: Iterable[AreaVersion]) -> str:
    """An area through the months in one line: all that a table says of it."""
    told = []
    for version in versions:
        area = version.area
        parts = [KIND_NAMES[area.kind], area.parent or "", area.rank_class, f"{area.order}", f"{area.weight:g}"]
        bounded = version.valid_from or version.valid_to
        months = f"{version.valid_from}–{version.valid_to or ''}" if bounded else ""
        told.append(f"{area.name}（{'，'.join(part for part in (*parts, months) if part)}）")
    return " → ".join(told)


def _told(problems: tuple[Problem, ...], steps: Mapping[str, Step], known: Iterable[AreaVersion]) -> TableImport:
    names: dict[str, list[str]] = {}
    for step in steps.values():
        names.setdefault(step.outcome, []).append(step.name)
    absent = {version.area.code: version.area.name for version in known if version.area.code not in steps}
    lists = {outcome: tuple(found) for outcome, found in names.items()}
    return TableImport(problems, **lists, absent=tuple(absent.values()))
