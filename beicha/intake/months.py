"""The month a file reports: in a cell beside its label, in a title, in a file's name."""

import re
import unicodedata
from datetime import date
from typing import Any

from beicha.intake.numerals import with_digits
from scoring.periods import month_of

_YEAR = r"(?<!\d)(20\d\d)"
_CELL = re.compile(
    rf"{_YEAR}(?:[年./\-]?(1[0-2]|0[1-9])|[年./\-]([1-9]))(?:月份?|(?!\d)|(?=\d\d$))(?:[./\-]?\d{{1,2}}日?)?(?:\d\d:.*)?"
)
_SPAN = r"\-—–~至到"
_TITLE = re.compile(
    rf"{_YEAR}(?:[年.\-/_](1[0-2]|0?[1-9])|(1[0-2]|0[1-9]))(?:月份?(?!\d{{1,2}}[日号]|[{_SPAN}])|(?![\d./月{_SPAN}]))"
)
_YEARS = re.compile(rf"{_YEAR}(?!\d)")
_OF_A_YEAR = re.compile(rf"(?<![\d{_SPAN}])(1[0-2]|0?[1-9])月(?!\d|[日号{_SPAN}])")
_FILLED_IN = re.compile(r"(?:填报|填表|制表|报送|上报|填写|打印|制作)(?:时间|日期):?.*", re.S)
_YEAR_AND_TENTH = 1e-6


def month_in_cell(value: Any) -> int | None:
    """The month that a cell beside the label names, as a count; None where it names none."""
    if isinstance(value, date):
        return month_of(value)
    if isinstance(value, float):
        # 2026.1 may have been January or, its zero lost, October.
        lost_a_zero = (
            not value.is_integer() and abs(value * 10 - round(value * 10)) < _YEAR_AND_TENTH and value % 1 < 0.15
        )
        value = "" if lost_a_zero else f"{value:g}" if value < 10_000 else f"{value:.0f}"
    if isinstance(value, int):
        value = str(value)
    match = _CELL.fullmatch(_plain(value)) if isinstance(value, str) else None
    return None if match is None else _count(match)


def month_in_text(text: str) -> int | None:
    """The month that a title or a file's name speaks of, as a count; None for none, several, a day or a span."""
    found = {_count(match) for match in _TITLE.finditer(_FILLED_IN.sub("", _plain(text)))}
    return found.pop() if len(found) == 1 else None


def month_in_sheet_name(name: str, year: int | None) -> int | None:
    """The month that the name of a sheet speaks of, such as 3月 in a known year, as a count; else None."""
    whole = month_in_text(name)
    if whole is not None or year is None:
        return whole
    months = {int(match[1]) for match in _OF_A_YEAR.finditer(_plain(name))}
    return year * 12 + months.pop() - 1 if len(months) == 1 and not _YEARS.search(_plain(name)) else None


def year_in_text(text: str) -> int | None:
    """The one year that a text speaks of, such as 2026年; None for none or several."""
    years = {int(match[1]) for match in _YEARS.finditer(_FILLED_IN.sub("", _plain(text)))}
    return years.pop() if len(years) == 1 else None


def _plain(text: str) -> str:
    return with_digits("".join(unicodedata.normalize("NFKC", text).split()))


def _count(match: re.Match[str]) -> int:
    return int(match[1]) * 12 + int(match[2] or match[3]) - 1
