"""Reviewing a month (审核): pass it, return it with what is wrong, make it final, open it again.

The street looks first and the office after; the office can do both. What can be decided from where is one table,
``review_states.STEPS``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beicha.actions import review_states
from beicha.actions.grants import Grant, Right, require_for
from beicha.actions.month_scores import MonthScores
from beicha.actions.review_states import STEPS, State, state_of
from beicha.store import Store, Transaction, areas, audit, reviews, submissions
from beicha.store.locks import hold_communities
from beicha.store.reviews import Review, Step, Verb

RIGHT_OF: Mapping[Verb, Right] = {
    "pass": "review",
    "return": "review",
    "finalise": "close",
    "unlock": "close",
    "extend": "close",
}
WITH_REASON: frozenset[Verb] = frozenset({"return", "unlock", "extend"})
"""What is not decided without saying why."""
LONGEST = 500


class NotNow(Exception):  # noqa: N818 - an answer, not a fault of the program
    """The step cannot be taken from how these communities stand now: somebody was faster, or a new version came."""

    def __init__(self, states: Mapping[str, State]) -> None:
        super().__init__(", ".join(f"{code} is {state}" for code, state in states.items()))
        self.states = states


@dataclass(frozen=True)
class Decision:
    """What is decided about communities in a month, and why. ``items``: criteria of a return, each with what is wrong.

    Raises ValueError for a decision that needs a reason and has none, or whose texts are too long.
    """

    verb: Verb
    period: str
    communities: tuple[str, ...]
    reason: str = ""
    items: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if self.verb in WITH_REASON and not (self.reason.strip() or self.items):
            raise ValueError(f"to {self.verb} needs a reason")
        if any(len(text) > LONGEST for text in (self.reason, *(self.items or {}).values())):
            raise ValueError(f"a reason has at most {LONGEST} characters")


def decide(grant: Grant, store: Store, decision: Decision, *, now: datetime) -> None:
    """Take a step with every one of the communities, or with none.

    Raises Refused where the grant may not, LookupError where one of them is not in the month's tree, NotNow where one
    does not stand so that the step can be taken.
    """
    verb, period, codes = decision.verb, decision.period, decision.communities
    with store.write() as change:
        tree = areas.tree(change, period)
        require_for(grant, RIGHT_OF[verb], codes, tree)
        if not set(codes) <= {area.code for area in tree}:
            raise LookupError("there is no such community in the month")
        hold_communities(change, codes)
        known = _stand(change, period, codes)
        wrong = {code: state for code, (state, _) in known.items() if (state, verb) not in STEPS}
        if wrong:
            raise NotNow(wrong)
        scores = MonthScores(change, period, list(codes)).scores() if verb == "finalise" else {}
        steps = [
            Step(code, period, verb, known[code][1], decision.reason.strip(), decision.items, scores.get(code))
            for code in codes
        ]
        reviews.add(change, steps, by=grant.actor, at=now)
        _note(change, grant, decision, {code: state for code, (state, _) in known.items()}, now)


def states(view: Transaction, period: str, communities: Sequence[str]) -> dict[str, State]:
    """How the communities' month stands, in their order."""
    return {code: state for code, (state, _) in _stand(view, period, communities).items()}


def stand_of(grant: Grant, store: Store, community: str, period: str) -> tuple[State, tuple[Review, ...]]:
    """How a community's month stands, and what was decided about it, newest first.

    Raises Refused where the grant does not open its files.
    """
    with store.read() as view:
        require_for(grant, "files", [community], areas.tree(view, period))
        return states(view, period, [community])[community], reviews.of_month(view, community, period)


def _stand(view: Transaction, period: str, communities: Sequence[str]) -> dict[str, tuple[State, int | None]]:
    """How each stands, with the number of its newest version."""
    last, current = reviews.newest(view, period), submissions.newest_numbers(view, period)
    return {code: (state_of(current.get(code), last.get(code)), current.get(code)) for code in communities}


def _note(change: Transaction, grant: Grant, decision: Decision, before: Mapping[str, State], now: datetime) -> None:
    after = {code: review_states.STEPS[state, decision.verb] for code, state in before.items()}
    said: dict[str, Any] = {"reason": decision.reason.strip(), "items": dict(decision.items or {})}
    names = "、".join(before)
    audit.add(
        change, now, grant, f"review.{decision.verb}", decision.period,
        communities=names, before=before, after=after, **said,
    )  # fmt: skip
