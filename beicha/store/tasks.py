"""Rectification tasks (整改任务): what was found, and every step taken since. Neither is ever changed."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from beicha.store.schema import task_steps, tasks

Verb = Literal["claim", "reject", "close", "reopen", "cancel", "extend", "comment", "meet", "look", "worsen"]
"""What people decide; and, of the last three, what follows from a submission: it meets the criterion and closes the
task, or asks for a look at it, or makes it worse than it was when the task was closed."""


@dataclass(frozen=True)
class NewTask:
    """What is to be put right in a community: a criterion that it lost points in ('' for a note about none).

    ``lead`` is the line that answers for it ('' for none). ``responsible`` are names by what they are, as they stand
    now: whoever answers later is told by the record. ``origin`` tells what it was made from: '' for points that were
    lost, "note/WHO" for a note and who brought it, else "KIND:WHICH", which makes one task at most.
    """

    community: str
    period: str
    criterion: str
    title: str
    problem: str
    remedy: str
    lead: str
    supporting: tuple[str, ...]
    due: date
    responsible: Mapping[str, str]
    origin: str = ""


@dataclass(frozen=True)
class Step:
    """A step of a task.

    ``due`` is the new day of an extension. ``submission`` is the version that it follows from, None for a person's.
    ``fraction`` is what the criterion came to then, None where it had none.
    """

    task: int
    verb: Verb
    text: str = ""
    due: date | None = None
    submission: int | None = None
    fraction: float | None = None


@dataclass(frozen=True)
class TakenStep:
    """A step with who took it, and when; higher ``seq`` is newer."""

    seq: int
    step: Step
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class Task:
    """A task as it was made, with its steps, oldest first."""

    id: int
    new: NewTask
    made_by: str
    made_at: datetime
    steps: tuple[TakenStep, ...]

    @property
    def lines(self) -> frozenset[str]:
        """The lines that lead or support."""
        return frozenset({self.new.lead, *self.new.supporting} - {""})


def add(change: Connection, task: NewTask, *, by: str, at: datetime) -> int:
    """Make a task and give its number."""
    values = vars(task) | {"supporting": json.dumps(list(task.supporting)), "due": task.due.isoformat()}
    values |= {"responsible": json.dumps(dict(task.responsible), ensure_ascii=False), "made_by": by, "made_at": at}
    number: int = change.execute(insert(tasks).values(**values).returning(tasks.c.id)).scalar_one()
    return number


def step(change: Connection, steps: Sequence[Step], *, by: str, at: datetime) -> None:
    """Note steps of one person, or of the program."""
    rows = [
        vars(one) | {"due": one.due.isoformat() if one.due else None, "made_by": by, "made_at": at} for one in steps
    ]
    if rows:
        change.execute(insert(task_steps), rows)


def of_communities(view: Connection, communities: Collection[str]) -> tuple[Task, ...]:
    """All tasks of these communities, oldest first."""
    return _tasks(view, tasks.c.community.in_(list(communities)))


def of_numbers(view: Connection, numbers: Collection[int]) -> tuple[Task, ...]:
    """The tasks with these numbers, as far as there are any."""
    return _tasks(view, tasks.c.id.in_(list(numbers)))


def everything(view: Connection) -> tuple[Task, ...]:
    """All tasks, oldest first."""
    return _tasks(view, tasks.c.id > 0)


def _tasks(view: Connection, chosen: Any) -> tuple[Task, ...]:
    rows = view.execute(select(tasks).where(chosen).order_by(tasks.c.id)).all()
    taken: dict[int, list[TakenStep]] = {row.id: [] for row in rows}
    inside = select(tasks.c.id).where(chosen)
    for row in view.execute(select(task_steps).where(task_steps.c.task.in_(inside)).order_by(task_steps.c.seq)):
        taken[row.task].append(_step(row))
    return tuple(Task(row.id, _new(row), row.made_by, row.made_at, tuple(taken[row.id])) for row in rows)


def _new(row: Any) -> NewTask:
    return NewTask(
        row.community, row.period, row.criterion, row.title, row.problem, row.remedy, row.lead,
        tuple(json.loads(row.supporting)), date.fromisoformat(row.due), json.loads(row.responsible),
        row.origin,
    )  # fmt: skip


def _step(row: Any) -> TakenStep:
    due = None if row.due is None else date.fromisoformat(row.due)
    step = Step(row.task, row.verb, row.text, due, row.submission, row.fraction)
    return TakenStep(row.seq, step, row.made_by, row.made_at)
