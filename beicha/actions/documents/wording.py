"""How papers put things: days, months, movements and lists of names, in the written Chinese of offices."""

import math
from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from beicha.words.numbers import NONE, score

NUMERALS = "一二三四五六七八九十"


def month_text(period: str) -> str:
    """2026年6月."""
    year, month = period.split("-")
    return f"{year}年{int(month)}月"


def day_text(day: date) -> str:
    """2026年7月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: date) -> str:
    """7月5日."""
    return f"{day.month}月{day.day}日"


def names(found: Iterable[str]) -> str:
    """Names with the mark of lists between them."""
    return "、".join(found)


def moved_points(change: float | None, against: str = "较上月") -> str:
    """How points moved: 较上月提高0.52分; "" where it is not known."""
    if change is None or math.isnan(change):
        return ""
    size = score(abs(change))
    if size == "0.00":
        return f"，{against}持平"
    return f"，{against}{'提高' if change > 0 else '下降'}{size}分"


def moved_places(places: object) -> str:
    """How a place moved: ↑2, ↓1, 持平; a dash where it had none."""
    if places is pd.NA or places is None:
        return NONE
    steps = int(places)  # type: ignore[call-overload]
    return "持平" if steps == 0 else f"{'↑' if steps > 0 else '↓'}{abs(steps)}"


def heading(number: int, text: str) -> str:
    """一、 and the text."""
    return f"{NUMERALS[number - 1]}、{text}"


def subheading(number: int, text: str) -> str:
    """（一） and the text."""
    return f"（{NUMERALS[number - 1]}）{text}" if number <= len(NUMERALS) else f"（{number}）{text}"


def placed_names(table: pd.DataFrame, most: int) -> str:
    """The first places with who stands there, those on the same place together: 1. 甲社区、乙社区；2. 丙社区."""
    found: dict[int, list[str]] = {}
    for place, name in zip(table["place"], table["name"], strict=True):
        if place <= most:
            found.setdefault(int(place), []).append(str(name))
    return "；".join(f"第{place}名 {names(together)}" for place, together in found.items())


def counted(items: Sequence[object], what: str) -> str:
    """How many of what."""
    return f"{len(items)}{what}"
