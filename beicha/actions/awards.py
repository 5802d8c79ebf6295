"""Awards of a year (一等奖, 二等奖, 三等奖) by a rule that the office states: places, a share of the class, or a score.

Those on one place get the same. Who was flagged by a veto, or misses a precondition in the newest month, gets none.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from beicha.actions.grants import Grant, require_everywhere
from beicha.store import Store, Transaction, audit, settings
from scoring.rules import TOLERANCE

By = Literal["places", "percent", "score"]
BYS: tuple[By, ...] = get_args(By)
NAMES = ("一等奖", "二等奖", "三等奖")
RULE = "award_rule"
"""The setting."""


@dataclass(frozen=True)
class AwardRule:
    """Places (so many first, so many second …), percent of a class (so many, the next so many …), or least scores."""

    by: By = "places"
    steps: tuple[float, float, float] = (1, 2, 3)

    def __post_init__(self) -> None:
        """Raises ValueError for what is no rule: below 0, shares above 100 together, scores that do not fall."""
        if self.by not in BYS or any(step < 0 or math.isnan(step) for step in self.steps):
            raise ValueError("an award is for places, percent or a score, from 0")
        if self.by == "percent" and sum(self.steps) > 100:
            raise ValueError("shares come to more than 100 percent")
        if self.by == "score" and list(self.steps) != sorted(self.steps, reverse=True):
            raise ValueError("the score of a lower award is higher")

    def award(self, place: int, above: int, count: int, score: float) -> str:
        """The award of a place in its class of ``count``, with so many ``above`` it; "" for none."""
        if self.by == "score":
            reached = (score >= step - TOLERANCE for step in self.steps)
            return next((name for name, there in zip(NAMES, reached, strict=True) if there), "")
        upto = 0.0
        for name, step in zip(NAMES, self.steps, strict=True):
            upto += step if self.by == "places" else step * count / 100
            within = place <= upto if self.by == "places" else above < upto - TOLERANCE
            if step > 0 and within:
                return name
        return ""


def set_rule(grant: Grant, store: Store, rule: AwardRule, *, now: datetime) -> None:
    """State the rule; raises Refused where the grant does not set the office up."""
    require_everywhere(grant, "set_up")
    value = {"by": rule.by, "steps": list(rule.steps)}
    with store.write() as change:
        told = {"before": {RULE: settings.get(change, RULE)}, "after": {RULE: value}}
        settings.put(change, RULE, value)
        audit.add(change, now, grant, "settings.set", RULE, **told)


def rule_in(view: Transaction) -> AwardRule:
    """The rule that is stated, or the one that holds until one is."""
    value: dict[str, Any] | None = settings.get(view, RULE)
    return AwardRule(value["by"], tuple(value["steps"])) if value else AwardRule()


def rule_text(rule: AwardRule) -> str:
    """The rule as it is printed."""
    first, second, third = (f"{step:g}" for step in rule.steps)
    if rule.by == "score":
        return f"得分不低于{first}分为一等奖，不低于{second}分为二等奖，不低于{third}分为三等奖"
    if rule.by == "percent":
        return f"每类社区前{first}%为一等奖，其后{second}%为二等奖，再其后{third}%为三等奖"
    return f"每类社区前{first}名为一等奖，其后{second}个名次为二等奖，再其后{third}个名次为三等奖"
