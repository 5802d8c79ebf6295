"""Dates whose parts stand in no certain order: 26.3.5, 3/5/2026, 5-Mar-26."""

import re
from datetime import date
from typing import NamedTuple

_PARTS = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d{2})(?: .*)?|'?(\d{2})[-./](\d{1,2})[-./](\d{1,2})(?: .*)?")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: at for at, name in enumerate(_NAMES, 1)}
_NAMED = re.compile(
    r"(?:[a-z]+, ?)?(?:(\d{1,2})[- ]?([a-z]{3})[a-z]*\.?|([a-z]{3})[a-z]*\.? ?(\d{1,2}))[-, ]+(\d{4}|\d{2})"
)
_YEARS_BACK = 3
"""A year of two digits is believed so far before the year of the report."""


class Orders(NamedTuple):
    """The days that a text may mean, the likeliest first, and whether its year has two digits."""

    days: tuple[date, ...]
    has_short_year: bool


def orders_of(text: str, month: int | None) -> Orders | None:
    """The days that a text may mean, by the reported ``month`` as a count; None where it is no such date."""
    named = _NAMED.fullmatch(text.casefold())
    if named:
        return _with_name(named, month)
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    parts = [part for part in match.groups() if part is not None]
    days = [*_year_first(parts, month), *_year_last(parts, month)]
    return Orders(tuple(sorted(set(days), key=lambda day: _rank(day, days, month))), len(parts[2]) < 4)


def _rank(day: date, days: list[date], month: int | None) -> tuple[bool, int]:
    """Days of the reported month come first, else the order in which they were thought of."""
    is_reported = month is not None and day.year * 12 + day.month - 1 == month
    return not is_reported, days.index(day)


def _year_first(parts: list[str], month: int | None) -> list[date]:
    year = _year(parts[0], month) if len(parts[2]) < 4 else None
    return _days((year, int(parts[1]), int(parts[2])))


def _year_last(parts: list[str], month: int | None) -> list[date]:
    """As Excel writes it in English: month and day, or day and month, before the year."""
    first, second, year = int(parts[0]), int(parts[1]), _year(parts[2], month)
    return _days((year, first, second), (year, second, first))


def _year(text: str, month: int | None) -> int | None:
    if len(text) == 4:
        return int(text)
    reported = None if month is None else month // 12
    if len(text) < 2 or reported is None:
        return None
    year = 2000 + int(text)
    return year if reported - _YEARS_BACK <= year <= reported else None


def _days(*parts: tuple[int | None, int, int]) -> list[date]:
    found = []
    for year, month, day in parts:
        try:
            found += [] if year is None else [date(year, month, day)]
        except ValueError:
            continue
    return found


def _with_name(match: re.Match[str], month: int | None) -> Orders | None:
    at = _MONTHS.get(match[2] or match[3])
    if at is None:
        return None
    days = _days((_year(match[5], month), at, int(match[1] or match[4])))
    return Orders(tuple(days), False)
