"""The reviews of the demo: every month but the newest is final, and the newest lies on the table."""

from collections.abc import Collection
from datetime import datetime, time

from beicha.actions import reviews
from beicha.actions.grants import Grant, Post
from beicha.actions.opening import Store
from beicha.actions.review_states import State
from beicha.actions.reviews import Decision
from beicha.actions.views.review import read_review
from beicha.demo.arrivals import ZONE
from beicha.demo.district import LAST, MONTHS, STREETS, TODAY
from scoring.periods import first_day, period_text

OFFICE = Grant("demo-office", (Post("office"),))
STREET = Grant("demo-street", (Post("street", STREETS[0].code),))
CLOSED_ON = 15
"""The day of the following month on which the office makes a month final."""
LOOKED_AT = "GL01", "GL02", "GL03"
RETURNED = ("QH03",)
CLOSED = "LT01", "LT02", "LT05"
"""In the newest month: what the street has passed, what the office asks to be corrected, and what is final already."""
MISSING = "志愿服务活动只有照片，缺签到表，请补齐后重新上报。"


def review(store: Store) -> None:
    """Takes every step of review that was taken by the demo's day; those that were taken already are left out."""
    for month in MONTHS:
        if month < LAST:
            _close(store, month)
    _look_at_newest(store, period_text(LAST))


def _close(store: Store, month: int) -> None:
    """Passes what was reported, and makes the month final for everybody."""
    period = period_text(month)
    at = datetime.combine(first_day(month + 1).replace(day=CLOSED_ON), time(9, 30), ZONE)
    _decide(store, OFFICE, Decision("pass", period, _standing(store, period, "submitted")), at)
    _decide(store, OFFICE, Decision("finalise", period, _standing(store, period, "passed", "not_reported")), at)


def _look_at_newest(store: Store, period: str) -> None:
    new = _standing(store, period, "submitted")
    at = datetime.combine(TODAY, time(9, 30), ZONE)
    _decide(store, STREET, Decision("pass", period, _of(LOOKED_AT, new)), at)
    _decide(store, OFFICE, Decision("pass", period, _of(CLOSED, new)), at)
    _decide(store, OFFICE, Decision("finalise", period, _of(CLOSED, _standing(store, period, "passed"))), at)
    _decide(store, OFFICE, Decision("return", period, _of(RETURNED, new), MISSING), at)


def _standing(store: Store, period: str, *states: State) -> tuple[str, ...]:
    """The communities whose month stands in one of these ways."""
    return tuple(unit.code for unit in read_review(OFFICE, store, period).units if unit.state in states)


def _of(wanted: Collection[str], codes: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in wanted)


def _decide(store: Store, grant: Grant, decision: Decision, at: datetime) -> None:
    if decision.communities:
        reviews.decide(grant, store, decision, now=at)
