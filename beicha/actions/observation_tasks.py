"""Rectification tasks from what the office saw: one for each observation, however often it is asked for."""

from collections.abc import Sequence
from datetime import date, datetime

from beicha.actions.grants import Grant
from beicha.actions.tasks import LONGEST, NewTask, make
from beicha.actions.views.observations import Observation
from beicha.store import Store


def make_tasks(
    grant: Grant, store: Store, observations: Sequence[Observation], *, due: date, now: datetime
) -> tuple[int, ...]:
    """Make a task of each observation that names a problem, and give the numbers of the new ones.

    The first line that answers for it leads, the others support. Raises what ``tasks.make`` raises.
    """
    return make(grant, store, [_task(one, due) for one in observations if one.problem], now=now)


def _task(one: Observation, due: date) -> NewTask:
    place = " ".join(str(part) for part in (one.values.get("place"), one.values.get("subject")) if part)
    lead, supporting = (one.lines[0], one.lines[1:]) if one.lines else ("", ())
    return NewTask(
        one.community, one.period, one.criterion, (one.title or place)[:LONGEST],
        f"{place}：{one.problem}"[:LONGEST], "", lead, tuple(supporting), due, {}, one.origin,
    )  # fmt: skip
