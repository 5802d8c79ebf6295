"""What a table of areas changes in the tree, and what it may not change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from beicha.intake.area_tables import AreaRow
from beicha.intake.problems import Problems
from beicha.store.areas import AreaVersion

Rows = Sequence[tuple[AreaRow, AreaVersion]]


@dataclass(frozen=True)
class Basis:
    """What a table meets: the versions known, the month "YYYY-MM" it holds from, and whether there are reports."""

    known: Sequence[AreaVersion]
    from_period: str | None
    reported: bool


@dataclass(frozen=True)
class Step:
    """What becomes of one code: the versions it has, and those it will have."""

    before: tuple[AreaVersion, ...]
    after: tuple[AreaVersion, ...]

    @property
    def name(self) -> str:
        """The area's newest name."""
        return self.after[-1].area.name

    @property
    def outcome(self) -> str:
        """What is done: added, unchanged, closed (it only ends) or changed."""
        if not self.before:
            return "added"
        if self.before == self.after:
            return "unchanged"
        closes = [replace(version, valid_to=None) for version in self.after]
        same = closes == [replace(version, valid_to=None) for version in self.before]
        return "closed" if same and self.after[-1].valid_to else "changed"


def plan(basis: Basis, made: Rows, sheet: str, problems: Problems) -> dict[str, Step]:
    """By code what becomes of each area of the table; the problems say what may not be."""
    before: dict[str, tuple[AreaVersion, ...]] = {}
    for version in basis.known:
        before[version.area.code] = (*before.get(version.area.code, ()), version)
    rows: dict[str, list[tuple[AreaRow, AreaVersion]]] = {}
    for row, version in made:
        rows.setdefault(version.area.code, []).append((row, version))
    steps = {code: _step(before.get(code, ()), entries, basis.from_period) for code, entries in rows.items()}
    for code, step in steps.items():
        number = rows[code][-1][0].row
        if step.before and basis.reported and len(rows[code]) == 1 and _rewrites(step):
            problems.add("area_needs_month", sheet, number, area=step.name)
        if any(a.valid_to is None or a.valid_to > b.valid_from for a, b in pairwise(step.after)):
            problems.add("area_twice", sheet, number, area=step.name)
    _check(steps, basis.known, made, sheet, problems)
    return steps


def _step(old: tuple[AreaVersion, ...], entries: Rows, from_period: str | None) -> Step:
    new = sorted((version for _, version in entries), key=lambda version: version.valid_from)
    return Step(old, tuple(new) if len(new) > 1 or not old else _followed(old, new[0], from_period))


def _followed(old: tuple[AreaVersion, ...], new: AreaVersion, from_period: str | None) -> tuple[AreaVersion, ...]:
    """The versions of an area after a row that says how it stands now."""
    last = old[-1]
    if new.area == last.area:
        return (*old[:-1], replace(last, valid_to=new.valid_to))
    own = new.valid_from if new.valid_from > last.valid_from else ""
    start = own or from_period or last.valid_from
    if start <= last.valid_from:
        return (*old[:-1], AreaVersion(new.area, last.valid_from, new.valid_to))
    ended = start if last.valid_to is None else min(start, last.valid_to)
    return (*old[:-1], replace(last, valid_to=ended), AreaVersion(new.area, start, new.valid_to))


def _rewrites(step: Step) -> bool:
    """Whether a month in the past would see the area otherwise, though nobody said from when."""
    return step.before[-1].area != step.after[len(step.before) - 1].area


def _check(steps: Mapping[str, Step], known: Iterable[AreaVersion], made: Rows, sheet: str, problems: Problems) -> None:
    """A problem for every area that stays in use below one that does not."""
    latest = {version.area.code: version for version in known} | {code: step.after[-1] for code, step in steps.items()}
    numbers = {version.area.code: row.row for row, version in made}
    for code, version in latest.items():
        above = latest.get(version.area.parent or "")
        if above is not None and above.valid_to is not None and (version.valid_to or "9999-12") > above.valid_to:
            problems.add("area_left_alone", sheet, numbers.get(code), area=version.area.name, found=above.area.name)
