"""The daily reports of a day on one page: who reported, when, who is missing, with the problems and their tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from beicha.actions.daily import DailyReport, Duty, duty_in, reporters
from beicha.actions.grants import Grant, may, posts_over, require
from beicha.actions.task_states import State as TaskState
from beicha.actions.task_states import stands
from beicha.actions.units import people_of
from beicha.store import Store, areas, daily, tasks
from beicha.words.times import zone
from scoring.facts import Area

State = Literal["in_time", "late", "missing", "waiting", "free"]
STATES: tuple[State, ...] = ("in_time", "late", "missing", "waiting", "free")
"""In time; late; missing after the hour; still to come; not expected and not there."""


@dataclass(frozen=True)
class Problem:
    """A problem of a report: its text, the community ('' for none) with its name, and the task made of it, if any."""

    number: int
    text: str
    community: str
    name: str
    task: int | None
    state: TaskState | None


@dataclass(frozen=True)
class DailyRow:
    """An area on a day. ``report`` is the newest version, ``first`` when the first one came, ``versions`` how many."""

    area: Area
    above: str
    state: State
    report: DailyReport | None
    first: datetime | None
    versions: int
    problems: tuple[Problem, ...]
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Punctuality:
    """How an area kept its days of a month: days expected so far, in time, late."""

    name: str
    expected: int
    in_time: int
    late: int

    @property
    def rate(self) -> float | None:
        """The share in time, in percent; None before the first day."""
        return 100.0 * self.in_time / self.expected if self.expected else None


@dataclass(frozen=True)
class DailyView:
    """The reports of a day as far as the grant sees them, in the office's order, and the month so far.

    ``places`` are the communities below each area, by code, with their names.
    """

    day: date
    duty: Duty
    rows: tuple[DailyRow, ...]
    month: tuple[Punctuality, ...]
    places: Mapping[str, Mapping[str, str]]

    def count(self, state: State) -> int:
        """How many stand so."""
        return sum(row.state == state for row in self.rows)


def read_daily(grant: Grant, store: Store, day: date, *, now: datetime) -> DailyView:
    """The day's reports; raises Refused where the grant reads none."""
    require(grant, "read_daily")
    period = f"{day:%Y-%m}"
    with store.read() as view:
        tree, duty = areas.tree(view, period), duty_in(view)
        parents = {area.code: area.parent for area in tree}
        seen = [area for area in reporters(tree) if posts_over(grant, "read_daily", area.code, parents)]
        found = daily.between(view, day.replace(day=1), day)
        made = {task.new.origin: task for task in tasks.everything(view) if task.new.origin.startswith("daily:")}
    people = people_of(grant, store, period) if may(grant, "contacts") else {}
    known, rows = {area.code: area for area in tree}, []
    for area in seen:
        versions = found.get((area.code, day), ())
        newest = versions[-1] if versions else None
        above = known.get(area.parent or "")
        who = people.get(area.code)
        rows.append(
            DailyRow(
                area, above.name if above and area.kind == "zone" else "", _state(duty, day, versions, now), newest,
                versions[0].made_at if versions else None, len(versions),
                _problems(newest, known, made) if newest else (),
                who.contact if who else "", who.phone if who else "",
            )
        )  # fmt: skip
    month = tuple(_kept(area, found, duty, day, now) for area in seen)
    return DailyView(day, duty, tuple(rows), month, {area.code: _places(area, tree) for area in seen})


def _state(duty: Duty, day: date, versions: Sequence[DailyReport], now: datetime) -> State:
    if versions:
        return "in_time" if duty.in_time(day, versions[0].made_at) else "late"
    if not duty.expects(day):
        return "free"
    return "waiting" if duty.in_time(day, now) else "missing"


def _problems(report: DailyReport, known: Mapping[str, Area], made: Mapping[str, tasks.Task]) -> tuple[Problem, ...]:
    found = []
    for number, problem in enumerate(report.entry.problems, 1):
        task = made.get(origin(report.entry.area, report.entry.day, problem.text))
        place = known.get(problem.community)
        state = stands(task) if task else None
        name = place.name if place else ""
        found.append(Problem(number, problem.text, problem.community, name, task.id if task else None, state))
    return tuple(found)


def origin(area: str, day: date, text: str) -> str:
    """What a task of a problem keeps of where it came from: a problem is the same in every version of a report."""
    return f"daily:{area}/{day.isoformat()}/{text}"


def _kept(
    area: Area, found: Mapping[tuple[str, date], Sequence[DailyReport]], duty: Duty, last: date, now: datetime
) -> Punctuality:
    days = [last.replace(day=1) + timedelta(days=number) for number in range(last.day)]
    due = [day for day in days if duty.expects(day) and (found.get((area.code, day)) or not duty.in_time(day, now))]
    first = {day: found[area.code, day][0].made_at for day in due if (area.code, day) in found}
    in_time = sum(duty.in_time(day, moment) for day, moment in first.items())
    return Punctuality(area.name, len(due), in_time, len(first) - in_time)


def _places(area: Area, tree: Sequence[Area]) -> dict[str, str]:
    """The communities below an area, by code."""
    parents = {one.code: one.parent for one in tree}
    return {one.code: one.name for one in tree if one.kind == "community" and area.code in _above(one.code, parents)}


def _above(code: str, parents: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    here = parents.get(code)
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found


def missing_text(view: DailyView, sender: str, *, now: datetime) -> str:
    """A reminder for those who have not reported, to be copied into a chat group; '' where nobody is missing."""
    late = [row for row in view.rows if row.state in ("missing", "waiting")]
    if not late:
        return ""
    told, at = "、".join(_called(row) for row in late), now.astimezone(zone())
    ask = f"【每日汇报】{view.day.month}月{view.day.day}日的汇报请于{view.duty.hour}:00前报送。"
    lines = [ask, f"截至{at:%H:%M}还没有报的：{told}。"]
    return "\n".join([*lines, sender] if sender else lines)


def _called(row: DailyRow) -> str:
    who = f"{row.contact} {row.phone}".strip()
    return f"{row.area.name}（{who}）" if who else row.area.name
