"""How clerks write: the same date, tick and number in the forms that real workbooks hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beicha.demo.sheets import Value
from beicha.words.workbook import NO, YES
from scoring.ledgers import LedgerField

_UNITS = {
    "people": "人",
    "hours": "小时",
    "photos": "张",
    "valid": "份",
    "sent": "份",
    "satisfied": "份",
    "aware": "份",
}
_LOOSE_DATES: tuple[Callable[[date], Value], ...] = (
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: day.year * 10000 + day.month * 100 + day.day,
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日至{day.day + 1}日",
)


@dataclass(frozen=True)
class Hand:
    """One way to write headings, dates, ticks and numbers."""

    heading: Callable[[LedgerField], str]
    date: Callable[[date, int], Value]
    ticks: tuple[str, str] = (YES, NO)
    number: Callable[[LedgerField, int | float, int], Value] = lambda _field, value, _row: value

    def row(self, fields: Sequence[LedgerField], values: dict[str, Any], number: int) -> list[Value]:
        """A row of a ledger as this clerk writes it."""
        return [self.cell(field, values.get(field.code), number) for field in fields]

    def cell(self, field: LedgerField, value: Any, row: int) -> Value:
        """One value as this clerk writes it."""
        if value is None:
            return None
        if field.type == "date":
            return self.date(value, row)
        if field.type == "yes_no":
            return self.ticks[0] if value else self.ticks[1]
        if field.type == "choices":
            return "、".join(value)
        if field.type in ("whole", "decimal"):
            return self.number(field, value, row)
        return str(value)


def _with_unit(field: LedgerField, value: int | float, row: int) -> Value:
    unit = _UNITS.get(field.code, "")
    if field.code == "people" and row % 9 == 4:
        return f"近{value}人"
    if field.code == "sent":
        return f"{value}余份"
    return f"{value:g}{unit}" if unit and row % 2 else value


def _spaced_alias(field: LedgerField) -> str:
    """The first other name of a field, as it stands in an old form: spaces inside, a unit behind."""
    name = field.aliases[0] if field.aliases else field.title
    spaced = " ".join(name) if len(name) == 2 else name
    unit = _UNITS.get(field.code)
    return f"{spaced}（{unit}）" if unit else spaced


NEAT = Hand(lambda field: field.title, lambda day, _row: day)
CHINESE = Hand(lambda field: field.title, lambda day, _row: f"{day.year}年{day.month}月{day.day}日", ("√", "×"))
LOOSE = Hand(_spaced_alias, lambda day, row: _LOOSE_DATES[row % len(_LOOSE_DATES)](day), ("有", "无"), _with_unit)
OLD = Hand(lambda field: f"{field.title}：", lambda day, _row: day.year * 10000 + day.month * 100 + day.day, ("√", "×"))
