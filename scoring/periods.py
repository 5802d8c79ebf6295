"""Months and windows: which days a criterion looks at when it is scored at the end of a month.

A period (月份) is written ``"2026-03"`` and counted as a whole number of months, so that arithmetic
is plain: ``month_number("2026-03") == 2026 * 12 + 2``.
"""

import re
from dataclasses import dataclass
from datetime import date

_PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_WINDOW = re.compile(r"month|quarter|year|rolling [1-9]\d?|since \d{4}-\d{2}-\d{2}")

UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months each unit of a ``frequency`` rule spans."""


def month_number(period: str) -> int:
    """The period ``YYYY-MM`` as a count of months; raises ValueError for anything else."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"a period is written YYYY-MM, not {period!r}")
    return int(match[1]) * 12 + int(match[2]) - 1


def period_text(month: int) -> str:
    """The count of months as ``YYYY-MM``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_of(day: date) -> int:
    """The month that a day lies in, as a count of months."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of the month with this count."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of the month with this count."""
    return date.fromordinal(first_day(month + 1).toordinal() - 1)


@dataclass(frozen=True)
class Window:
    """A span of days, both ends included, that always ends with the last day of the scored month."""

    first: date
    last: date

    @property
    def months(self) -> range:
        """The months that overlap the window, as counts; empty where the window starts after its end."""
        return range(month_of(self.first), month_of(self.last) + 1) if self.first <= self.last else range(0)


def is_window(text: str) -> bool:
    """Whether the text names a window: month, quarter, year, ``rolling N`` or ``since YYYY-MM-DD``."""
    if not _WINDOW.fullmatch(text):
        return False
    if text.startswith("since "):
        try:
            date.fromisoformat(text[6:])
        except ValueError:
            return False
    return True


def window_at(text: str, month: int, begins: int | None = None) -> Window:
    """The window named by the text when the month with this count is scored (scoring.md §2).

    With ``begins`` it starts as it would at that later month, and still ends with the scored one: what is left of it
    by then. Nothing is left where it starts after its end.
    """
    return Window(_window_start(text, month if begins is None else begins), last_day(month))


def _window_start(text: str, month: int) -> date:
    if text.startswith("since "):
        return date.fromisoformat(text[6:])
    if text.startswith("rolling "):
        return first_day(month - int(text[8:]) + 1)
    return first_day(month - month % UNIT_MONTHS[text])
