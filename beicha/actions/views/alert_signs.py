"""Signs that something goes wrong, each from plain values: a fraction that keeps falling, a self-report that drifts
away from what is found, tasks that pile up. A frequency that can no longer be met is told by ``scoring.outlook``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import isnan

from scoring.rules import TOLERANCE

FALLS = 3
"""So many months in a row must each be lower than the one before."""

DRIFT_MONTHS = 3
"""The months with verification that are looked at, the newest ones; two are needed to see it grow."""
DRIFT_LEAST = 0.1
"""A community is ahead of itself where its self-report is higher by more than this part of the points verified."""

RISES = 3
RISE_DAYS = 30
"""So many times in a row, so many days apart, there must be more open tasks than before."""
CLOSED_DAYS = 30
OVERDUE_LEAST = 3
"""Fewer overdue tasks than this are no pile, even where fewer still were closed."""


def fallen(fractions: Sequence[float]) -> tuple[float, ...]:
    """The newest months of a criterion, oldest first, where each but the first is lower than the one before; () else.

    ``fractions`` end with the newest month; NaN is a month in which it did not count.
    """
    last = tuple(fractions[-FALLS - 1 :])
    if len(last) <= FALLS or any(isnan(one) for one in last):
        return ()
    return last if all(after < before - TOLERANCE for before, after in pairwise(last)) else ()


@dataclass(frozen=True)
class VerifiedMonth:
    """A month with verification: what was verified, in points, and by how much of it self-report was ahead."""

    period: str
    points: float
    lead: float

    @property
    def share(self) -> float:
        """The lead as a part of the points."""
        return self.lead / self.points


def drift(months: Sequence[VerifiedMonth]) -> float | None:
    """The mean lead over the newest months, as a part of the points verified, where it is too much and grows."""
    last = months[-DRIFT_MONTHS:]
    if len(last) < 2 or last[-1].share <= last[0].share + TOLERANCE:
        return None
    mean = sum(month.lead for month in last) / sum(month.points for month in last)
    return mean if mean > DRIFT_LEAST + TOLERANCE else None


@dataclass(frozen=True)
class Tracked:
    """A task in time: from each day on whether it was open, in order; whether it is overdue today."""

    changes: tuple[tuple[date, bool], ...]
    late: bool

    def is_open(self, day: date) -> bool:
        """Whether it was open at the end of the day."""
        return next((is_open for since, is_open in reversed(self.changes) if since <= day), False)


@dataclass(frozen=True)
class Pile:
    """The tasks of a line: open ones at the looks so far, today's last, overdue ones, and how many closed lately."""

    open: tuple[int, ...]
    late: int
    closed: int

    @property
    def rises(self) -> bool:
        """Whether there were more at each look than at the one before."""
        return all(after > before for before, after in pairwise(self.open))

    @property
    def stuck(self) -> bool:
        """Whether more are overdue than were closed lately."""
        return self.late >= OVERDUE_LEAST and self.late > self.closed


def pile(tasks: Sequence[Tracked], today: date) -> Pile:
    """How the tasks of a line pile up."""
    days = [today - timedelta(days=RISE_DAYS * number) for number in range(RISES, -1, -1)]
    counts = tuple(sum(task.is_open(day) for task in tasks) for day in days)
    recent = today - timedelta(days=CLOSED_DAYS)
    closed = sum(not task.changes[-1][1] and task.changes[-1][0] > recent for task in tasks if task.changes)
    return Pile(counts, sum(task.late for task in tasks), closed)
