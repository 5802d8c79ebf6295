"""What a file says about itself, on its cover, above headings, in its name: community, month and edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from beicha.intake.book import Sheet, letter
from beicha.intake.cells import shown
from beicha.intake.communities import Communities, bare_name
from beicha.intake.months import month_in_cell, month_in_text
from beicha.intake.synonyms import heading_key, names
from scoring.periods import period_text

_ROWS = 60
_NEXT_CELLS = 4
_LABELLED = re.compile(r"([^\s:：]{2,8})\s*[:：]\s*([^:：]*?)(?=\s+[^\s:：]{2,8}\s*[:：]|\s*$)")
_MEASURES = frozenset(("人", "次", "人次", "元", "万元", "个", "块", "处", "幅", "条", "场", "场次", "分", "小时"))
"""What 单位: may say above a table besides who sends it: in what it counts."""
_UNFILLED = re.compile(r"[_\s年月日/.\-—]*")


@dataclass(frozen=True)
class Claim:
    """One saying: the community's name or the month as a count, what stands there, and where."""

    value: Any
    found: str
    source: str
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass
class Claims:
    """All sayings of a file, as they are met. A month's value is None where it is unreadable."""

    communities: list[Claim] = field(default_factory=list)
    months: list[Claim] = field(default_factory=list)
    editions: list[Claim] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.communities or self.months or self.editions)

    def add(self, other: "Claims") -> None:
        """Adds what another part of the file says."""
        self.communities += other.communities
        self.months += other.months
        self.editions += other.editions


def add_cover(claims: Claims, sheet: Sheet) -> None:
    """Adds what stands beside the labels of a cover sheet."""
    for at, row in enumerate(sheet.rows[:_ROWS]):
        for label, value, column in _labelled(row):
            kind = _kind(label)
            text = shown(value)
            if not kind or _UNFILLED.fullmatch(text):
                continue
            place = ("cover", sheet.name, at + 1, letter(column))
            if kind == "community" and bare_name(text):
                claims.communities.append(Claim(text, text, *place))
            elif kind == "month":
                month = month_in_cell(value)
                claims.months.append(Claim(month, text if month is None else period_text(month), *place))
            elif kind == "edition":
                claims.editions.append(Claim(text, text, *place))


def add_title(claims: Claims, sheet: Sheet, rows: range, communities: Communities) -> None:
    """Adds what the lines above headings say, which stand in these rows (from 0)."""
    for at in rows:
        row = sheet.rows[at]
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip():
                place = ("title", sheet.name, at + 1, letter(column))
                _add_line(claims, communities.titled(cell), month_in_text(cell), place)
        for label, value, column in _labelled(row):
            if _UNFILLED.fullmatch(shown(value)):
                continue
            if _kind(label) == "month" and (month := month_in_cell(value)) is not None:
                claims.months.append(Claim(month, period_text(month), "title", sheet.name, at + 1, letter(column)))
            elif _kind(label) == "community" and bare_name(name := shown(value).split()[0]) not in ("", *_MEASURES):
                claims.communities.append(Claim(name, name, "title", sheet.name, at + 1, letter(column)))


def add_name(claims: Claims, stem: str, communities: Communities) -> None:
    """Adds what the file's name without its suffix says."""
    _add_line(claims, communities.mentioned(stem), month_in_text(stem), ("name", "", None, ""))


def _add_line(claims: Claims, name: str, month: int | None, place: tuple[str, str, int | None, str]) -> None:
    if name and bare_name(name):
        claims.communities.append(Claim(name, name, *place))
    if month is not None:
        claims.months.append(Claim(month, period_text(month), *place))


def _labelled(row: list[Any]) -> Iterator[tuple[str, Any, int]]:
    """Labels in a row with what stands beside them: behind the colon, or in one of the next cells."""
    for at, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        if _kind(heading_key(cell)):
            beside = next((other for other in row[at + 1 : at + 1 + _NEXT_CELLS] if other not in ("", None)), None)
            if beside is not None and not (isinstance(beside, str) and _kind(heading_key(beside))):
                yield heading_key(cell), beside, at
            continue
        for match in _LABELLED.finditer(cell):
            if match[2].strip():
                yield heading_key(match[1]), match[2].strip(), at


def _kind(label: str) -> str:
    return next((kind for kind in ("community", "month", "edition") if label in names(kind)), "")
