"""The rectification tasks that somebody sees, with what may be done about each, and how many are overdue where."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from beicha.actions.deadlines import day_of
from beicha.actions.grants import Grant, require
from beicha.actions.task_states import STEPS, State, Task, Verb, due_of, stands
from beicha.actions.tasks import RIGHT_OF, holds_over
from beicha.actions.views.streets import above, street_of
from beicha.store import Store, areas, lines, tasks
from scoring.facts import Area


@dataclass(frozen=True)
class TaskRow:
    """A task as a list shows it. ``late`` are the days since its day while it is to be put right, 0 for in time.

    ``verbs`` are the steps that the reader may take with it as it stands; ``above`` are the areas that it lies in.
    """

    task: Task
    name: str
    street: str
    street_name: str
    lead: str
    supporting: tuple[str, ...]
    state: State
    due: date
    late: int
    verbs: tuple[Verb, ...]
    above: frozenset[str]


@dataclass(frozen=True)
class Count:
    """How many tasks a line or a street has: all that were not cancelled, closed ones, overdue ones."""

    name: str
    all: int
    closed: int
    late: int

    @property
    def rate(self) -> float | None:
        """The share that is closed (整改率), in percent; None where there is none."""
        return 100.0 * self.closed / self.all if self.all else None


@dataclass(frozen=True)
class TaskList:
    """The tasks in view: those to be put right first, the most urgent first, then the others, the newest first."""

    rows: tuple[TaskRow, ...]

    def count(self, state: State) -> int:
        """How many stand so."""
        return sum(row.state == state for row in self.rows)

    def of_street(self, street: str) -> "TaskList":
        """Those of one street or district, or of all where it is ''."""
        return TaskList(tuple(row for row in self.rows if not street or street in row.above))

    @property
    def total(self) -> Count:
        """All of them together."""
        return _count("", self.rows)

    @property
    def by_street(self) -> tuple[Count, ...]:
        """By street, the most overdue first."""
        return _counts(self.rows, {row.street: row.street_name for row in self.rows}, lambda row: row.street)

    @property
    def by_line(self) -> tuple[Count, ...]:
        """By the line that leads, the most overdue first."""
        return _counts(self.rows, {row.task.new.lead: row.lead for row in self.rows}, lambda row: row.task.new.lead)


def read_tasks(grant: Grant, store: Store, *, now: datetime) -> TaskList:
    """The tasks of the communities and lines that the grant sees; Refused where it sees no rows."""
    require(grant, "rows")
    today = day_of(now)
    with store.read() as view:
        titles = {line.code: line.title for line in lines.all_lines(view)}
        found = tasks.everything(view)
        trees = {period: areas.tree(view, period) for period in {task.new.period for task in found}}
    months = {period: _Month({area.code: area for area in tree}) for period, tree in trees.items()}
    seen = [task for task in found if holds_over(grant, "rows", task, months[task.new.period].parents)]
    rows = [_row(grant, task, months[task.new.period], titles, today) for task in seen]
    return TaskList(tuple(sorted(rows, key=_urgency)))


@dataclass(frozen=True)
class _Month:
    """The areas of a month by code. One may have left it since a task was made there: its code stands for its name."""

    areas: Mapping[str, Area]

    @cached_property
    def parents(self) -> dict[str, str | None]:
        return {code: area.parent for code, area in self.areas.items()}

    def name(self, code: str) -> str:
        return self.areas[code].name if code in self.areas else code


def _row(grant: Grant, task: Task, month: _Month, titles: Mapping[str, str], today: date) -> TaskRow:
    street = street_of(month.areas, task.new.community)
    state, due = stands(task), due_of(task)
    possible = [(verb, right) for verb, right in RIGHT_OF.items() if (state, verb) in STEPS]
    return TaskRow(
        task,
        month.name(task.new.community),
        street.code if street else "",
        street.name if street else "",
        titles.get(task.new.lead, task.new.lead),
        tuple(titles.get(code, code) for code in task.new.supporting),
        state,
        due,
        max((today - due).days, 0) if state == "open" else 0,
        tuple(verb for verb, right in possible if holds_over(grant, right, task, month.parents)),
        above(month.areas, task.new.community),
    )


def _urgency(row: TaskRow) -> tuple[int, date, int]:
    order: tuple[State, ...] = ("open", "claimed", "closed", "cancelled")
    return order.index(row.state), row.due if row.state == "open" else date.min, -row.task.id


def _counts(rows: Collection[TaskRow], names: Mapping[str, str], key: Callable[[TaskRow], str]) -> tuple[Count, ...]:
    counts = [_count(name, [row for row in rows if key(row) == code]) for code, name in names.items()]
    return tuple(sorted(counts, key=lambda count: (-count.late, -count.all)))


def _count(name: str, rows: Collection[TaskRow]) -> Count:
    kept = [row for row in rows if row.state != "cancelled"]
    return Count(name, len(kept), sum(row.state == "closed" for row in kept), sum(row.late > 0 for row in kept))
