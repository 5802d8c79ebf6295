"""Charts as pictures, drawn here without a browser: bars up to the full mark, and a line over the months."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from beicha.papers.fonts import font
from beicha.words.colours import ACCENT, INK, LINE, LOST, MARK, MUTED, UNREPORTED
from beicha.words.numbers import score
from beicha.words.states import GREY

WIDTH, SIDE, ROW = 1600, 48, 46
"""Pixels, twice as many as on a screen."""
BIG, MIDDLE, SMALL = 36, 26, 20
NAMES, NUMBERS = 300, 220


@dataclass(frozen=True)
class Bar:
    """A row: what was got of ``full`` (None: nothing counts), the text at its end, and whether it is hatched."""

    name: str
    got: float | None
    text: str
    hatched: bool = False


@dataclass(frozen=True)
class MonthPoint:
    """A month of a line; a line leads from one to the next only under the same ``edition``. None: no score."""

    period: str
    score: float | None
    edition: str


def bars_picture(title: str, notes: Sequence[str], bars: Sequence[Bar], mark: float | None, mark_text: str) -> bytes:
    """Bars of 100 from the first at the top, with a line at the mark, as a PNG; raises NoFontError."""
    top = _height_of_head(notes) + 40
    picture = Image.new("RGB", (WIDTH, top + ROW * len(bars) + SIDE), "white")
    pen = ImageDraw.Draw(picture)
    _draw_head(pen, title, notes)
    for number, bar in enumerate(bars):
        _draw_bar(pen, bar, top + number * ROW)
    if mark is not None:
        x = _across(mark)
        pen.line((x, top - 8, x, top + ROW * len(bars)), fill=MARK, width=3)
        pen.text((x, top - 10), mark_text, fill=MARK, font=font(SMALL), anchor="ms")
    return _png(picture)


def line_picture(title: str, notes: Sequence[str], months: Sequence[MonthPoint], mark: float) -> bytes:
    """Scores over the months with the mark, as a PNG; raises NoFontError."""
    top, height = _height_of_head(notes) + 40, 560
    picture = Image.new("RGB", (WIDTH, top + height + 90), "white")
    pen = ImageDraw.Draw(picture)
    _draw_head(pen, title, notes)
    known = [month.score for month in months if month.score is not None]
    low, high = min([*known, mark], default=0) - 5, max([*known, mark], default=100) + 5
    step = (WIDTH - 2 * SIDE - 80) / max(len(months), 1)
    places = [
        (SIDE + 40 + step * (number + 0.5), top + height * (high - (month.score or low)) / (high - low))
        for number, month in enumerate(months)
    ]
    level = top + height * (high - mark) / (high - low)
    pen.line((SIDE, level, WIDTH - SIDE, level), fill=MARK, width=2)
    pen.text((WIDTH - SIDE, level - 6), f"{mark:g}", fill=MARK, font=font(SMALL), anchor="rs")
    for number in range(1, len(months)):
        before, month = months[number - 1], months[number]
        if before.score is not None and month.score is not None and before.edition == month.edition:
            pen.line((*places[number - 1], *places[number]), fill=ACCENT, width=5)
    for (x, y), month in zip(places, months, strict=True):
        pen.text((x, top + height + 20), month.period[2:], fill=MUTED, font=font(SMALL), anchor="mt")
        if month.score is not None:
            pen.ellipse((x - 8, y - 8, x + 8, y + 8), fill=ACCENT)
            pen.text((x, y - 16), score(month.score), fill=INK, font=font(SMALL), anchor="ms")
    return _png(picture)


def _height_of_head(notes: Sequence[str]) -> int:
    return SIDE + BIG + 16 + (SMALL + 10) * len(notes)


def _draw_head(pen: ImageDraw.ImageDraw, title: str, notes: Sequence[str]) -> None:
    pen.text((SIDE, SIDE), title, fill=ACCENT, font=font(BIG))
    for number, note in enumerate(notes):
        pen.text((SIDE, SIDE + BIG + 16 + number * (SMALL + 10)), note, fill=MUTED, font=font(SMALL))


def _across(value: float) -> float:
    return SIDE + NAMES + (WIDTH - 2 * SIDE - NAMES - NUMBERS) * min(max(value, 0.0), 100.0) / 100


def _draw_bar(pen: ImageDraw.ImageDraw, bar: Bar, top: int) -> None:
    upper, lower = top + 9, top + ROW - 9
    pen.text((SIDE + NAMES - 14, top + ROW / 2), _fitting(pen, bar.name), fill=INK, font=font(MIDDLE), anchor="rm")
    pen.rectangle((_across(0), upper, _across(100), lower), fill=LOST)
    if bar.got is not None and bar.got > 0:
        end = _across(bar.got)
        pen.rectangle((_across(0), upper, end, lower), fill=UNREPORTED if bar.hatched else ACCENT)
        if bar.hatched:
            _hatch(pen, (_across(0), upper, end, lower))
    pen.text((_across(100) + 16, top + ROW / 2), bar.text, fill=INK, font=font(MIDDLE), anchor="lm")
    pen.line((_across(0), upper - 9, _across(0), lower + 9), fill=LINE, width=1)


def _hatch(pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    """Slanted lines inside a box."""
    left, upper, right, lower = box
    x = left
    while x < right:
        end = min(x + lower - upper, right)
        pen.line((x, lower, end, lower - (end - x)), fill=GREY, width=2)
        x += 14


def _fitting(pen: ImageDraw.ImageDraw, name: str) -> str:
    """The name, shortened where it is too long for its room."""
    while name and pen.textlength(name, font=font(MIDDLE)) > NAMES - 20:
        name = name.removesuffix("…")[:-1] + "…"
    return name


def _png(picture: Image.Image) -> bytes:
    content = BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()
