"""Rectification tasks (整改任务): make them from what was found, and take them step by step to their closing (销号).

The office and the street make tasks and decide about them; the community, and the lines that lead or support, say that
something was put right and what they did. What can happen from where is one table, ``task_states.STEPS``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from beicha.actions.findings_now import Found, found_now
from beicha.actions.grants import Grant, Refused, Right, posts_over, require_for
from beicha.actions.task_states import STEPS, State, Task, Verb, stands
from beicha.store import Store, Transaction, areas, audit, tasks, units
from beicha.store.locks import hold_communities
from beicha.store.tasks import NewTask as NewTask
from beicha.store.tasks import Step
from beicha.store.units import NOBODY, Responsible, UnitKey

RIGHT_OF: Mapping[Verb, Right] = {
    "claim": "answer",
    "comment": "answer",
    "reject": "assign",
    "close": "assign",
    "reopen": "assign",
    "cancel": "assign",
    "extend": "assign",
}
"""What people decide, and the right that each asks for."""
WITH_TEXT: frozenset[Verb] = frozenset({"claim", "comment", "reject", "reopen", "cancel", "extend"})
"""What is not done without saying what or why."""
LONGEST = 1000
MOST_AT_ONCE = 200


class NotNow(Exception):  # noqa: N818 - an answer, not a fault of the program
    """The step cannot be taken from how these tasks stand now: somebody was faster, or a submission changed them."""

    def __init__(self, states: Mapping[int, State]) -> None:
        super().__init__(", ".join(f"task {number} is {state}" for number, state in states.items()))
        self.states = states


@dataclass(frozen=True)
class Decision:
    """A step to be taken with some tasks. ``due`` is the new day of an extension.

    Raises ValueError for a step that needs a text or a day and has none, or has too long a text.
    """

    verb: Verb
    tasks: tuple[int, ...]
    text: str = ""
    due: date | None = None

    def __post_init__(self) -> None:
        if self.verb not in RIGHT_OF:
            raise ValueError(f"nobody decides to {self.verb}")
        if self.verb in WITH_TEXT and not self.text.strip():
            raise ValueError(f"to {self.verb} needs a text")
        if len(self.text) > LONGEST:
            raise ValueError(f"a text has at most {LONGEST} characters")
        if (self.verb == "extend") != (self.due is not None):
            raise ValueError("an extension, and nothing else, has a new day")


def make(grant: Grant, store: Store, new: Sequence[NewTask], *, now: datetime) -> tuple[int, ...]:
    """Make tasks, all or none, and give the numbers of those that are new.

    Each keeps the people who answer for its community and line today. One that is open already for the same community
    and criterion is left out, and one from the same observation or report. Raises Refused where the grant may not
    assign to one of the communities, LookupError where one is not in its month's tree, ValueError for more than can be
    made at once or too long a text.
    """
    if len(new) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} tasks are made at once")
    if any(len(text) > LONGEST for task in new for text in (task.title, task.problem, task.remedy)):
        raise ValueError(f"a text has at most {LONGEST} characters")
    with store.write() as change:
        for period in {task.period for task in new}:
            here, tree = {task.community for task in new if task.period == period}, areas.tree(change, period)
            require_for(grant, "assign", here, tree)
            if not here <= {area.code for area in tree}:
                raise LookupError("there is no such community in the month")
        hold_communities(change, {task.community for task in new})
        fresh = _fresh(change, new)
        people = units.everyone(change)
        numbers = tuple(tasks.add(change, _named(task, people), by=grant.actor, at=now) for task in fresh)
        if numbers:
            made = [[number, task.community, task.criterion] for number, task in zip(numbers, fresh, strict=True)]
            audit.add(change, now, grant, "task.make", _listed(numbers), made=made, due=fresh[0].due.isoformat())
    return numbers


def decide(grant: Grant, store: Store, decision: Decision, *, now: datetime) -> None:
    """Take a step with every one of the tasks, or with none.

    Raises LookupError where there is no such task, Refused where the grant may not, NotNow where one of them does not
    stand so that the step can be taken.
    """
    with store.write() as change:
        found = tasks.of_numbers(change, decision.tasks)
        if len(found) != len(set(decision.tasks)):
            raise LookupError("there is no such task")
        parents = {period: parents_in(change, period) for period in {task.new.period for task in found}}
        for task in found:
            if not holds_over(grant, RIGHT_OF[decision.verb], task, parents[task.new.period]):
                raise Refused(grant, RIGHT_OF[decision.verb], task.new.community)
        hold_communities(change, {task.new.community for task in found})
        found = tasks.of_numbers(change, decision.tasks)
        wrong = {task.id: stands(task) for task in found if (stands(task), decision.verb) not in STEPS}
        if wrong:
            raise NotNow(wrong)
        now_found = found_now(change, {task.new.community for task in found})
        tasks.step(change, [_step(decision, task, now_found) for task in found], by=grant.actor, at=now)
        before = {task.id: stands(task) for task in found}
        _note(change, grant, decision, before, now)


def parents_in(view: Transaction, period: str) -> dict[str, str | None]:
    """From every area of a month to the one above it."""
    return {area.code: area.parent for area in areas.tree(view, period)}


def holds_over(grant: Grant, right: Right, task: Task, parents: Mapping[str, str | None]) -> bool:
    """Whether the grant holds the right for the task: its community, and for posts of some lines one that leads or
    supports. ``parents`` are those of the task's month."""
    posts = posts_over(grant, right, task.new.community, parents)
    return any(post.lines is None or task.lines & set(post.lines) for post in posts)


def _named(task: NewTask, people: Mapping[UnitKey, Responsible]) -> NewTask:
    """The task with the people who answer for its community and its line as they are named on this day."""
    here, line = people.get(("area", task.community), NOBODY), people.get(("line", task.lead), NOBODY)
    found = {"first": here.first, "direct": here.direct, "line_first": line.first, "line_direct": line.direct}
    return replace(task, responsible={what: name for what, name in found.items() if name})


def _step(decision: Decision, task: Task, found: Mapping[str, Found]) -> Step:
    here = found.get(task.new.community)
    fraction = here.fraction(task.new.criterion) if here else None
    return Step(task.id, decision.verb, decision.text.strip(), decision.due, None, fraction)


def _fresh(view: Transaction, new: Sequence[NewTask]) -> list[NewTask]:
    """Those that are not there yet; of several about the same, the first."""
    kept = [
        task for task in tasks.of_communities(view, {task.community for task in new}) if stands(task) != "cancelled"
    ]
    open_ = {(task.new.community, task.new.criterion) for task in kept if stands(task) in ("open", "claimed")}
    from_ = {(task.new.community, task.new.origin) for task in kept}
    fresh: list[NewTask] = []
    for task in new:
        about, origin = (task.community, task.criterion), (task.community, task.origin)
        if not (task.criterion and about in open_) and not (":" in task.origin and origin in from_):
            fresh.append(task)
            open_.add(about)
            from_.add(origin)
    return fresh


def _note(change: Transaction, grant: Grant, decision: Decision, before: Mapping[int, State], now: datetime) -> None:
    after = {number: STEPS[state, decision.verb] for number, state in before.items()}
    due = None if decision.due is None else decision.due.isoformat()
    audit.add(
        change, now, grant, f"task.{decision.verb}", _listed(before),
        before=before, after=after, text=decision.text.strip(), due=due,
    )  # fmt: skip


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(f"{number:06d}" for number in numbers)
