"""How a rectification task stands: worked out from its steps, never stored."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, get_args

from beicha.store.tasks import Task as Task
from beicha.store.tasks import Verb as Verb

State = Literal["open", "claimed", "closed", "cancelled"]
STATES: tuple[State, ...] = get_args(State)

STEPS: Mapping[tuple[State, Verb], State] = {
    ("open", "claim"): "claimed",
    ("open", "close"): "closed",
    ("open", "cancel"): "cancelled",
    ("open", "extend"): "open",
    ("open", "comment"): "open",
    ("open", "meet"): "closed",
    ("open", "look"): "claimed",
    ("claimed", "close"): "closed",
    ("claimed", "reject"): "open",
    ("claimed", "cancel"): "cancelled",
    ("claimed", "extend"): "claimed",
    ("claimed", "comment"): "claimed",
    ("claimed", "meet"): "closed",
    ("closed", "reopen"): "open",
    ("closed", "comment"): "closed",
    ("closed", "worsen"): "open",
    ("cancelled", "reopen"): "open",
    ("cancelled", "comment"): "cancelled",
}
"""From how a task stands, and what happens, to how it stands then. What is not here does not happen."""

DECISIONS: frozenset[Verb] = frozenset({"reject", "close", "reopen", "cancel"})
"""What a person decides and a submission does not undo, unless the facts are better or worse than they were then."""


def state_of(verbs: Sequence[Verb]) -> State:
    """How a task stands after these steps."""
    state: State = "open"
    for verb in verbs:
        state = STEPS[state, verb]
    return state


def stands(task: Task) -> State:
    """How the task stands."""
    return state_of([taken.step.verb for taken in task.steps])


def due_of(task: Task) -> date:
    """The day by which it is to be put right, with its extensions."""
    extended = [taken.step.due for taken in task.steps if taken.step.due is not None]
    return extended[-1] if extended else task.new.due


def is_overdue(task: Task, today: date) -> bool:
    """Whether it is still to be put right after its day."""
    return stands(task) == "open" and today > due_of(task)


def follows(task: Task, fraction: float | None, *, rows: bool, closes: bool) -> Verb | None:
    """What a submission does to the task: its criterion comes to ``fraction`` now, with or without counted ``rows``.

    Closed (or looked at, unless ``closes``) it is where the criterion is met by rows that are there: that nothing was
    found is no proof that something was mended. What a person decided stands unless the facts changed since then: a
    task that was sent back at a met criterion is closed by a person, and one that was closed at an unmet one opens
    again only where it has become worse than it was.
    """
    state = stands(task)
    if fraction is None or state == "cancelled":
        return None
    last = next((one.step for one in reversed(task.steps) if one.step.verb in (*DECISIONS, "meet")), None)
    if state == "closed":
        known = last.fraction if last else None
        return "worsen" if known is not None and fraction < known - SAME else None
    if fraction < 1 or not rows or (last is not None and last.verb in DECISIONS and last.fraction == 1):
        return None
    if closes:
        return "meet"
    return "look" if state == "open" else None


SAME = 1e-9
