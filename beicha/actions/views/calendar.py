"""What falls due by itself in a month: criteria of that month, festivals, units of a frequency that close, and the
dates of the work itself; with who has it already and who has not."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from beicha.actions.closing import closing_date
from beicha.actions.deadlines import due_date
from beicha.actions.grants import Grant, require
from beicha.actions.settings import CLOSES_AFTER, DUE_DAY
from beicha.actions.views.months import Month
from beicha.actions.views.reading import edition_in_force, read_months
from beicha.actions.views.tasks import TaskRow, read_tasks
from beicha.store import Store, settings
from scoring.edition import Criterion, Edition
from scoring.periods import month_number, period_text
from scoring.rules import Covers, Frequency, Parts
from scoring.states import STATES

Kind = Literal["season", "value", "unit"]
"""A criterion that is looked at in this month alone, a value that is due from it on, a unit that closes with it."""
CLOSING = {"month": 1, "quarter": 3, "half": 6, "year": 12}
Event = Literal["report", "close", "task"]


@dataclass(frozen=True)
class DueItem:
    """Something that falls due by the last day of the month.

    ``what`` is the value, or how often what is asked for. ``met`` counts the communities in view whose criterion is met
    as they stand, None where the month has no score yet; ``missing`` names the others it is due for.
    """

    kind: Kind
    criterion: str
    title: str
    what: str
    line: str
    by: date
    met: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class DueDate:
    """A date of the work: reports of a month are due, a month closes, tasks are to be put right (so many)."""

    event: Event
    day: date
    period: str
    number: int


@dataclass(frozen=True)
class CalendarView:
    """A month: its dates, and what falls due, in the edition's order. ``communities`` in view; 0 without a score."""

    period: str
    edition: str
    communities: int
    dates: tuple[DueDate, ...]
    items: tuple[DueItem, ...]


def read_calendar(
    grant: Grant, store: Store, period: str, street: str = "", line: str = "", *, now: datetime
) -> CalendarView | None:
    """What falls due in a month, for all streets and lines or one; None where no edition is in force.

    Raises Refused where the grant sees nothing.
    """
    require(grant, "rows")
    edition = edition_in_force(grant, store, period)
    if edition is None:
        return None
    month = next(iter(read_months(grant, store, period, period)), None)
    known = {criterion.code for criterion in month.edition.criteria} if month else None
    criteria = [
        criterion
        for criterion in edition.criteria
        if line in ("", criterion.lead) and (known is None or criterion.code in known)
    ]
    items = [item for criterion in criteria for item in _items(edition, criterion, period, month, street)]
    count = len(month.members(street or None)) if month else 0
    name = f"{edition.title} {edition.version}"
    rows = read_tasks(grant, store, now=now).of_street(street).rows
    dates = sorted(_work_dates(store, period) + _task_dates(rows, period, line), key=lambda one: (one.day, one.event))
    return CalendarView(period, name, count, tuple(dates), tuple(items))


def _items(edition: Edition, criterion: Criterion, period: str, month: Month | None, street: str) -> Iterator[DueItem]:
    number = int(period[5:])
    last = date(int(period[:4]), number, monthrange(int(period[:4]), number)[1])
    met, missing = _standing(criterion, month, street)
    line = edition.line_title(criterion.lead)
    for kind, what in _due(criterion, number):
        yield DueItem(kind, criterion.code, criterion.title, what, line, last, met, missing)


def _due(criterion: Criterion, month: int) -> Iterator[tuple[Kind, str]]:
    """What of the criterion falls due with the month of the year."""
    if criterion.due and month not in criterion.due:
        return
    if criterion.due and len(criterion.due) < 12:
        yield "season", ""
    rules = [part.rule for part in criterion.rule.parts] if isinstance(criterion.rule, Parts) else [criterion.rule]
    for rule in rules:
        if isinstance(rule, Covers):
            for value in rule.values:
                if value.due == month:
                    yield "value", value.value if value.at_least == 1 else f"{value.value} × {value.at_least}"
        if isinstance(rule, Frequency) and month % CLOSING[rule.every] == 0:
            yield "unit", f"{rule.every} × {rule.times}"


def _standing(criterion: Criterion, month: Month | None, street: str) -> tuple[int | None, tuple[str, ...]]:
    """How many communities meet the criterion as they stand, and the names of those that do not though it is due."""
    if month is None:
        return None, ()
    k = [one.code for one in month.edition.criteria].index(criterion.code)
    standing = month.standing
    names = standing.communities["name"].to_dict()
    states = {number: STATES[standing.cells.state[number, k]] for number in month.members(street or None)}
    missing = [
        str(names[standing.cells.communities[number]])
        for number, state in states.items()
        if state not in ("met", "not_due", "not_applicable")
    ]
    return sum(state == "met" for state in states.values()), tuple(missing)


def _work_dates(store: Store, period: str) -> list[DueDate]:
    """When reports of earlier months are due, and when those months close."""
    with store.read() as view:
        due_day, closes = settings.get(view, DUE_DAY), settings.get(view, CLOSES_AFTER)
    found = []
    for number in range(month_number(period) - 13, month_number(period)):
        reported = period_text(number)
        days: tuple[tuple[Event, date | None], ...] = (
            ("report", due_date(reported, due_day)), ("close", closing_date(reported, due_day, closes)),
        )  # fmt: skip
        found += [DueDate(event, day, reported, 0) for event, day in days if day and f"{day:%Y-%m}" == period]
    return found


def _task_dates(rows: Sequence[TaskRow], period: str, line: str) -> list[DueDate]:
    """How many open tasks are to be put right on which day."""
    open_ = [row.due for row in rows if row.state == "open" and line in ("", *row.task.lines)]
    days = [day for day in open_ if f"{day:%Y-%m}" == period]
    return [DueDate("task", day, period, days.count(day)) for day in sorted(set(days))]


def months_around(today: date) -> tuple[str, ...]:
    """The months that can be looked at: two back and a year ahead, this one first."""
    here = month_number(f"{today:%Y-%m}")
    return tuple(period_text(number) for number in (here, *range(here + 1, here + 12), here - 1, here - 2))
