"""How a community's month stands in review: worked out from its newest version and the newest step, never stored.

A version that comes after a step was not looked at yet, so the month stands submitted again; what says the same as
before makes no version, and leaves what was decided.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from beicha.store.reviews import Review as Review
from beicha.store.reviews import Verb as Verb

State = Literal["not_reported", "submitted", "returned", "passed", "final"]
STATES: tuple[State, ...] = get_args(State)

STEPS: Mapping[tuple[State, Verb], State] = {
    ("submitted", "pass"): "passed",
    ("submitted", "return"): "returned",
    ("passed", "return"): "returned",
    ("passed", "finalise"): "final",
    ("not_reported", "finalise"): "final",
    ("final", "unlock"): "submitted",
    ("not_reported", "extend"): "not_reported",
    ("submitted", "extend"): "submitted",
    ("returned", "extend"): "returned",
    ("passed", "extend"): "passed",
}
"""From how a month stands, and what is decided, to how it stands then. What is not here cannot be decided.

A month without a report can be made final too: the office closes it as not reported. Unlocked, it stands so again.
"""


def state_of(current: int | None, last: Review | None) -> State:
    """How a month stands whose newest version is ``current`` (None: none) after its newest step (None: none)."""
    if last is not None and last.step.verb == "finalise":
        return "final"
    if current is None:
        return "not_reported"
    if last is None or last.step.submission != current or last.step.verb == "unlock":
        return "submitted"
    return "passed" if last.step.verb == "pass" else "returned"


def allowed(state: State) -> tuple[Verb, ...]:
    """What can be decided about a month that stands so."""
    return tuple(verb for known, verb in STEPS if known == state)
