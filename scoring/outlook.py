"""What becomes of a frequency: what its closed units have lost for good, and what the open ones still lack.

A unit is closed for a community where its last day is over and the community has reported the month of that day: until
then its rows may still come.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scoring.assess import CodedFacts
from scoring.coding import surviving
from scoring.edition import Edition
from scoring.judges import units_of
from scoring.periods import UNIT_MONTHS, last_day, month_of, window_at
from scoring.presence import presence
from scoring.rules import Frequency
from scoring.selection import Task, tasks_of
from scoring.tally import Counts, Tally

CLOSING_DAYS = 15
"""So many days before it closes an open unit that lacks rows is worth a word; before that it is nothing but early."""


@dataclass(frozen=True)
class Unit:
    """A month, quarter, half-year or year by its last day, and the rows that a community has in it."""

    last: date
    rows: int


@dataclass(frozen=True)
class Outlook:
    """What becomes of a frequency by the end of its period, as fractions of what it is worth then.

    ``lost``: what the ``short`` of ``closed`` closed units cannot win back. ``at_risk``: what goes where the unit that
    closes on ``due`` gets none of the ``lacking`` rows; without such a unit ``due`` is None.
    """

    lost: float
    short: int
    closed: int
    due: date | None
    lacking: int
    at_risk: float


@dataclass(frozen=True)
class Counted:
    """A frequency of an edition, alone or a part of a criterion, with the rows of every community by unit.

    ``criterion`` is its index; ``total`` counts the units of the whole period, those to come included; ``last`` are the
    last days of the units so far, ``rows`` has a row for each of them and a column for each community. ``known`` tells
    for every community the last month that was reported by who keeps the ledger, -1 where none was.
    """

    criterion: int
    share: float
    rule: Frequency
    total: int
    last: tuple[date, ...]
    rows: NDArray[np.int64]
    known: NDArray[np.int64]

    def outlook(self, community: int, today: date) -> Outlook:
        """The outlook of one community, by index."""
        units = [Unit(day, int(rows)) for day, rows in zip(self.last, self.rows[:, community], strict=True)]
        known = int(self.known[community])
        return outlook(units, self.rule.times, self.total, today, last_day(known) if known >= 0 else date.min)


def outlook(units: Sequence[Unit], times: int, total: int, today: date, known: date) -> Outlook:
    """The outlook of so many rows a unit over ``total`` units, of which these have begun; ``known`` is the last day
    of which everything is reported."""
    lacks = {unit.last: max(times - unit.rows, 0) for unit in units}
    closed = [day for day in lacks if day < today and day <= known]
    short = [day for day in closed if lacks[day]]
    near = [day for day in lacks if lacks[day] and 0 <= (day - today).days <= CLOSING_DAYS]
    due = min(near, default=None)
    lacking = lacks[due] if due else 0
    lost = sum(lacks[day] for day in short) / times / total
    return Outlook(lost, len(short), len(closed), due, lacking, lacking / times / total)


def count_units(edition: Edition, month: int, facts: CodedFacts) -> list[Counted]:
    """Every frequency of the edition that can still be looked at in its period around the month, with its rows."""
    wanted = [
        (place, task)
        for place, criterion in enumerate(edition.criteria)
        for task in tasks_of(criterion)
        if isinstance(task.rule, Frequency) and _still_due(criterion.due, criterion.window, month)
    ]
    tallies = _tallies(month, facts, {task.selection.ledger for _, task in wanted})
    asked = [(place, task, *_ask(task, tallies[task.selection.ledger])) for place, task in wanted]
    known = {keeper: _known(month, facts, keeper) for keeper in ("community", "office")}
    return [
        Counted(
            place,
            task.share,
            task.rule,
            _total(task, month, len(last)),
            last,
            np.array([count() for count in counts], np.int64).reshape(len(last), len(facts.communities)),
            known[facts.ledgers[task.selection.ledger].ledger.kept_by],
        )
        for place, task, last, counts in asked
        if isinstance(task.rule, Frequency)
    ]


def _ask(task: Task, tally: Tally) -> tuple[tuple[date, ...], list[Callable[[], Counts]]]:
    assert isinstance(task.rule, Frequency)
    units = units_of(task.rule, task.selection, tally)
    return tuple(last_day(month) for month, _ in units), [tally.count(ask) for _, ask in units]


def _tallies(month: int, facts: CodedFacts, ledgers: set[str]) -> Mapping[str, Tally]:
    keepers = {keeper: presence(month, facts.arrivals, keeper) for keeper in ("community", "office")}
    alive = {code: surviving(facts.ledgers[code], month) for code in ledgers}
    return {code: Tally(codes, month, keepers[codes.ledger.kept_by].newest) for code, codes in alive.items()}


def _known(month: int, facts: CodedFacts, keeper: str) -> NDArray[np.int64]:
    there = presence(month, facts.arrivals, keeper)
    newest = np.full(len(facts.communities), -1, np.int64)
    np.maximum.at(newest, facts.arrivals.community[there.there], facts.arrivals.month[there.there])
    return newest


def period_end(window: str, month: int) -> int:
    """The last month of the calendar quarter or year that a window follows; the month itself for all others."""
    size = UNIT_MONTHS.get(window, 1)
    return month // size * size + size - 1


def _total(task: Task, month: int, begun: int) -> int:
    """How many units there are in the period around the month, those to come included."""
    assert isinstance(task.rule, Frequency)
    size, end = UNIT_MONTHS[task.rule.every], period_end(task.selection.window, month)
    if end == month:
        return max(begun, 1)
    first = month_of(window_at(task.selection.window, month).first) // size
    return end // size - first + 1


def _still_due(due: Sequence[int], window: str, month: int) -> bool:
    """Whether the criterion is looked at in a month that its period has left."""
    left = range(month, period_end(window, month) + 1)
    return not due or any(number % 12 + 1 in due for number in left)


def first_month(edition: Edition, month: int) -> int:
    """The first month that any frequency of the edition looks at around the month."""
    windows = {
        criterion.window
        for criterion in edition.criteria
        for task in tasks_of(criterion)
        if isinstance(task.rule, Frequency)
    }
    return min((month_of(window_at(window, month).first) for window in windows), default=month)
