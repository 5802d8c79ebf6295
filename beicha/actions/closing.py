"""Closed months: one that is final takes nothing more, and one long past its due day takes nothing from communities.

The office opens either again, which is noted.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from beicha.actions.deadlines import day_of, due_date
from beicha.actions.drafts import DraftReport
from beicha.actions.grants import Grant, Refused, may_everywhere
from beicha.actions.settings import CLOSES_AFTER, DUE_DAY
from beicha.intake.problems import Problem
from beicha.store import Store, Transaction, reviews, settings
from beicha.store.submissions import Key


class Closed(Refused):
    """The month takes nothing more for this community; ``period`` says which, ``is_final`` whether it is final."""

    def __init__(self, grant: Grant, key: Key, *, is_final: bool) -> None:
        super().__init__(grant, "submit", key.community)
        self.period, self.is_final = key.period, is_final


def closing_date(period: str, due_day: int | None, closes_after: int | None) -> date | None:
    """The last day on which communities hand in a month themselves; None where it never closes by itself."""
    due = due_date(period, due_day)
    return None if due is None or closes_after is None else due + timedelta(days=closes_after)


def closed_months(grant: Grant, store: Store, reports: Iterable[DraftReport], *, now: datetime) -> tuple[Problem, ...]:
    """A problem for each of the reports whose month takes nothing more: none of their draft can be stored."""
    found = []
    with store.read() as view:
        for report in reports:
            try:
                require_open(grant, report.key, view, now)
            except Closed as closed:
                found.append(problem_of(closed, report))
    return tuple(found)


def problem_of(closed: Closed, report: DraftReport) -> Problem:
    """What a person is told about a report whose month takes nothing more."""
    code = "month_final" if closed.is_final else "month_closed"
    return Problem(code, "error", report.files[0].name, values={"period": closed.period, "name": report.name})


def require_open(grant: Grant, key: Key, view: Transaction, now: datetime) -> None:
    """Raises Closed where the month takes nothing more of this community from whoever this is."""
    last = reviews.newest(view, key.period, key.community).get(key.community)
    if last is not None and last.step.verb == "finalise":
        raise Closed(grant, key, is_final=True)
    if may_everywhere(grant, "close"):
        return
    closes = closing_date(key.period, settings.get(view, DUE_DAY), settings.get(view, CLOSES_AFTER))
    if closes is not None and day_of(now) > closes and not reviews.extended(view, key.period, key.community):
        raise Closed(grant, key, is_final=False)
