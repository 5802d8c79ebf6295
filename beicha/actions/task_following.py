"""What a submission does to the tasks of its community: one that is met now is closed, one that got worse opens again.

In the submission's own transaction, after it was scored. The same file again stores nothing and so changes no task.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from beicha.actions.findings_now import Found, found_now, has_rows
from beicha.actions.grants import Grant
from beicha.actions.settings import TASKS_CLOSE
from beicha.actions.task_states import Task, Verb, follows
from beicha.store import Transaction, audit, settings, tasks
from beicha.store.submissions import Version
from beicha.store.tasks import Step

PROGRAM = "beicha"
"""Who takes the steps that follow from a submission."""
Policy = Literal["close", "look"]


def follow(change: Transaction, grant: Grant, stored: Sequence[Version], now: datetime) -> tuple[Step, ...]:
    """Take the steps that follow from these versions, and give them."""
    newest = {version.community: version.seq for version in stored}
    known = [task for task in tasks.of_communities(change, newest) if task.new.criterion]
    if not known:
        return ()
    found = found_now(change, {task.new.community for task in known})
    closes = settings.get(change, TASKS_CLOSE) != "look"
    steps = []
    for task in known:
        here = found.get(task.new.community)
        verb = _verb(change, task, here, closes) if here and here.period >= task.new.period else None
        if verb is not None and here is not None:
            fraction = here.fraction(task.new.criterion)
            steps.append(Step(task.id, verb, here.period, None, newest[task.new.community], fraction))
    if steps:
        tasks.step(change, steps, by=PROGRAM, at=now)
        audit.add(change, now, grant, "task.follow", _numbers(steps), steps=_plain(steps))
    return tuple(steps)


def _verb(view: Transaction, task: Task, here: Found, closes: bool) -> Verb | None:
    """What follows for the task; its rows are looked at only where they decide."""
    fraction = here.fraction(task.new.criterion)
    verb = follows(task, fraction, rows=True, closes=closes)
    if verb in ("meet", "look") and not has_rows(view, here, task.new.criterion):
        return None
    return verb


def _numbers(steps: Sequence[Step]) -> str:
    return ", ".join(f"{step.task:06d}" for step in steps)


def _plain(steps: Sequence[Step]) -> list[dict[str, object]]:
    return [{"task": step.task, "verb": step.verb, "fraction": step.fraction} for step in steps]
