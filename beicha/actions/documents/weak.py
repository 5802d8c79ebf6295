"""Which criteria lost points in a month, and how: over the communities that a paper takes in."""

from dataclasses import dataclass

import numpy as np

from beicha.actions.views.months import Month
from scoring.rules import TOLERANCE
from scoring.states import STATES

WHY = {
    "unmet": "没有做到",
    "partial": "只做到一部分",
    "missing": "没有填报材料",
    "not_reported": "本月没有上报",
    "not_inspected": "还没有督查",
    "not_applicable": "报了不适用",
}
"""What is said of a community without its name, by the state that lost most."""


@dataclass(frozen=True)
class WeakCriterion:
    """A criterion that lost points: how many communities lost some, how many points together, and mostly why."""

    code: str
    title: str
    line: str
    remedy: str
    communities: int
    lost: float
    why: str


def weak_criteria(month: Month, members: np.ndarray) -> tuple[WeakCriterion, ...]:
    """The criteria that lost points among these communities, those that lost most first."""
    lost, state = month.standing.lost[members], month.standing.cells.state[members]
    found = []
    for k, criterion in enumerate(month.edition.criteria):
        loses = lost[:, k] > TOLERANCE
        if loses.any():
            by_state = {STATES[code]: float(lost[state[:, k] == code, k].sum()) for code in np.unique(state[loses, k])}
            why = WHY.get(max(by_state, key=lambda name: by_state[name]), "丢分")
            line = month.edition.line_title(criterion.lead)
            numbers = int(loses.sum()), float(lost[loses, k].sum())
            found.append(WeakCriterion(criterion.code, criterion.title, line, criterion.remedy, *numbers, why))
    return tuple(sorted(found, key=lambda one: -one.lost))
