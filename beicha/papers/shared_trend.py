"""Scores over the months as places in a drawing whose width is not known: across in percent, down in pixels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from beicha.papers.shared_values import TrendMonth

HEIGHT, TOP, BOTTOM = 170, 22, 26
MOST_LABELS = 12


@dataclass(frozen=True)
class Point:
    """A month's point; ``label`` is written below it, '' where there is no room."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Trend:
    """The drawing: points, lines from one to the next (x1, y1, x2, y2), where an edition began, the pass mark's y."""

    height: int
    points: Sequence[Point]
    lines: Sequence[tuple[float, float, float, float]]
    changes: Sequence[float]
    mark: float


def drawn(trend: Sequence[TrendMonth], pass_mark: float) -> Trend:
    """The months as a drawing. A line leads from a month to the next only under the same edition."""
    known = [month.score for month in trend if month.score is not None]
    low = math.floor((min([*known, pass_mark]) - 3) / 5) * 5
    high = math.ceil((max([*known, pass_mark]) + 3) / 5) * 5
    places = [_across(number, len(trend)) for number in range(len(trend))]
    every = math.ceil(len(trend) / MOST_LABELS)
    points, lines, changes = [], [], []
    for number, (x, month) in enumerate(zip(places, trend, strict=True)):
        if month.score is not None:
            label = _label(month.period, number) if (len(trend) - 1 - number) % every == 0 else ""
            points.append(Point(x, _down(month.score, low, high), label))
    for (x1, before), (x2, after) in pairwise(zip(places, trend, strict=True)):
        if before.edition != after.edition:
            changes.append(round((x1 + x2) / 2, 2))
        elif before.score is not None and after.score is not None:
            lines.append((x1, _down(before.score, low, high), x2, _down(after.score, low, high)))
    return Trend(HEIGHT, points, lines, changes, _down(pass_mark, low, high))


def _across(number: int, count: int) -> float:
    """The middle of the month's share of the width, in percent."""
    return round(100 * (number + 0.5) / max(count, 1), 2)


def _down(score: float, low: int, high: int) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - score) / (high - low), 1)


def _label(period: str, number: int) -> str:
    """The month's number, with the year before it where a year begins in the drawing."""
    year, month = period.split("-")
    return f"{year[2:]}/{int(month)}" if number == 0 or month == "01" else str(int(month))
