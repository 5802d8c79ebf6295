"""What one row does for a rule: it meets it, fails it, or is blank where the rule reads."""

from collections.abc import Callable
from typing import Any

import numpy as np

from scoring.conditions import Condition
from scoring.facets import number_meets, tester
from scoring.ledgers import NUMBERS, Ledger
from scoring.periods import Window
from scoring.rules import TOLERANCE, Count, Covers, Defects, Each, Frequency, Grade, MeanScore, Share, SimpleRule, YesNo
from scoring.texts import normal

Mark = tuple[str, tuple[str, ...]]
"""met, unmet, blank_field or beside (a row that holds none of the wanted values), and the fields concerned."""
Values = dict[str, Any]


def mark_of(rule: SimpleRule, values: Values, window: Window, ledger: Ledger) -> Mark:
    """The mark of a row that counts, by the field code → value of the row."""
    if isinstance(rule, Frequency):
        day = values.get(ledger.date_field or "")
        dated = day is not None and window.first <= day <= window.last
        return ("met", ()) if dated else ("unmet", (ledger.date_field or "",))
    return _MARKS[type(rule)](rule, values, ledger)


def meets_stored(condition: Condition, value: Any, ledger: Ledger) -> bool:
    """Whether a value as it is stored in a row meets the condition."""
    type_ = ledger.field(condition.field).type
    if type_ in NUMBERS or type_ == "date":
        number = np.nan if value is None else float(value.toordinal() if type_ == "date" else value)
        return bool(number_meets(condition, np.array([number]))[0])
    if isinstance(value, list):
        value = tuple(normal(part) for part in value)
    elif isinstance(value, str):
        value = normal(value)
    return tester(condition)(None if value in ("", ()) else value)


def _blank_or(field: str, values: Values, good: Callable[[Any], bool]) -> Mark:
    value = values.get(field)
    if value is None or value in ("", []):
        return "blank_field", (field,)
    return ("met", ()) if good(value) else ("unmet", (field,))


def _yes_no(rule: YesNo, values: Values, _: Ledger) -> Mark:
    return _blank_or(rule.field, values, lambda value: value is True)


def _grade(rule: Grade, values: Values, _: Ledger) -> Mark:
    ladder = {normal(grade): coefficient for grade, coefficient in rule.ladder.items()}
    return _blank_or(rule.field, values, lambda value: ladder.get(normal(value), 0.0) >= 1 - TOLERANCE)


def _counted(rule: Count | Share, values: Values, _: Ledger) -> Mark:
    if rule.of == "rows":
        return "met", ()
    return _blank_or(rule.of.removeprefix("distinct "), values, lambda _: True)


def _defects(rule: Defects, values: Values, _: Ledger) -> Mark:
    """Every row adds to the defects; a number of 0 does not."""
    if rule.of == "rows" or rule.of.startswith("distinct "):
        return "unmet", ()
    return _blank_or(rule.of, values, lambda value: value <= 0)


def _covers(rule: Covers, values: Values, _: Ledger) -> Mark:
    wanted = {normal(value.value) for value in rule.values}

    def listed(value: Any) -> bool:
        held = value if isinstance(value, list) else [value]
        return any(normal(part) in wanted for part in held)

    mark, fields = _blank_or(rule.field, values, listed)
    return ("beside", fields) if mark == "unmet" else (mark, fields)


def _failing(conditions: tuple[Condition, ...], values: Values, ledger: Ledger) -> Mark:
    failing = [c.field for c in conditions if not meets_stored(c, values.get(c.field), ledger)]
    return ("unmet", tuple(dict.fromkeys(failing))) if failing else ("met", ())


def _each(rule: Each, values: Values, ledger: Ledger) -> Mark:
    return _failing(rule.has, values, ledger)


def _share(rule: Share, values: Values, ledger: Ledger) -> Mark:
    mark = _counted(rule, values, ledger)
    if mark[0] == "blank_field":
        return mark
    if rule.part_field is not None:
        return _blank_or(rule.part_field, values, lambda _: True)
    return _failing(rule.part, values, ledger)


def _mean_score(rule: MeanScore, values: Values, _: Ledger) -> Mark:
    if rule.score:
        return _blank_or(rule.field, values, lambda value: value / rule.full >= 1 - TOLERANCE)
    return _blank_or(rule.field, values, lambda value: value <= 0)


_MARKS: dict[type, Callable[..., Mark]] = {
    YesNo: _yes_no,
    Grade: _grade,
    Count: _counted,
    Defects: _defects,
    Covers: _covers,
    Each: _each,
    Share: _share,
    MeanScore: _mean_score,
}
