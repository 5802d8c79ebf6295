"""Facets: each thing that conditions ask about a row, as a small class number with one truth table per question.

However many rows there are, a field's values fall into few classes between which the questions put to it
differ. So a question is answered once for each class, and a row only carries its class.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.coding import NO_DAY, CodedColumn, Column, NumberColumn
from scoring.conditions import Condition
from scoring.texts import normal

Truth = NDArray[np.bool_]
Span = tuple[int, int]
"""The first and the last day of a span, as ordinals."""

_SMALL = 32
_FEW = 5
_MOST_BITS = 62


@dataclass(frozen=True)
class Facet:
    """A class number for every row, and for every question which classes answer yes."""

    classes: NDArray[np.integer[Any]]
    size: int
    truth: dict[Any, Truth]

    @property
    def key(self) -> int:
        """An identity to group questions by the facets they touch."""
        return id(self)


def field_facet(column: Column, conditions: Sequence[Condition]) -> Facet:
    """The facet of a field under the conditions put to it."""
    if isinstance(column, NumberColumn):
        return _number_facet(column, conditions)
    return _text_facet(column, conditions)


@lru_cache(maxsize=4096)
def tester(condition: Condition) -> Callable[[Any], bool]:
    """Tells of one value in its normal form whether it meets the condition; a blank (None) meets only ``absent``."""
    if condition.test in ("present", "absent"):
        blank = condition.test == "absent"
        return lambda value: (value is None) == blank
    holds = _TESTS[condition.test](condition.operand)
    return lambda value: value is not None and (any(map(holds, value)) if isinstance(value, tuple) else holds(value))


def _text_facet(column: CodedColumn, conditions: Sequence[Condition]) -> Facet:
    values = (*column.values, None)
    answers = np.array([list(map(tester(condition), values)) for condition in conditions], bool)
    if len(values) <= _SMALL:
        return Facet(column.codes, len(values), dict(zip(conditions, answers, strict=True)))
    patterns, class_of = np.unique(answers, axis=1, return_inverse=True)
    classes = class_of.astype(np.min_scalar_type(patterns.shape[1]))[column.codes]
    return Facet(classes, patterns.shape[1], dict(zip(conditions, patterns, strict=True)))


def _number_facet(column: NumberColumn, conditions: Sequence[Condition]) -> Facet:
    answers = {condition: number_meets(condition, column.numbers) for condition in conditions}
    return _pattern_facet(answers, len(column.numbers))


def _pattern_facet(answers: Mapping[Any, Truth], rows: int) -> Facet:
    """The facet whose classes are the patterns of the answers to several questions, a bit each."""
    if len(answers) > _MOST_BITS:
        patterns, class_of = np.unique(np.array(list(answers.values())), axis=1, return_inverse=True)
        return Facet(class_of.ravel(), patterns.shape[1], dict(zip(answers, patterns, strict=True)))
    pattern: NDArray[Any] = np.zeros(rows, np.uint8 if len(answers) <= _FEW else np.int64)
    for bit, answer in enumerate(answers.values()):
        pattern |= answer.astype(pattern.dtype) << bit
    seen: NDArray[Any] = np.arange(1 << len(answers)) if len(answers) <= _FEW else np.unique(pattern)
    classes = pattern if len(answers) <= _FEW else np.searchsorted(seen, pattern)
    truth = {question: (seen >> bit & 1).astype(bool) for bit, question in enumerate(answers)}
    return Facet(classes, len(seen), truth)


def number_meets(condition: Condition, numbers: NDArray[np.float64]) -> Truth:
    """Which numbers (or day ordinals) meet the condition; NaN, a blank, meets only ``absent``."""
    if condition.test == "absent":
        return np.isnan(numbers)
    if condition.test == "present":
        return ~np.isnan(numbers)
    if condition.test == "one_of":
        return np.isin(numbers, [_number(operand) for operand in condition.one_of or ()])
    operand = _number(condition.operand)
    if condition.test == "at_least":
        return numbers >= operand
    return numbers <= operand if condition.test == "at_most" else numbers == operand


def _number(operand: Any) -> float:
    return float(operand.toordinal()) if isinstance(operand, date) else float(operand)


def _compared(operand: Any) -> Any:
    return normal(operand) if isinstance(operand, str) else operand


def _equals(operand: Any) -> Callable[[Any], bool]:
    wanted = _compared(operand)
    return lambda value: bool(value == wanted)


def _one_of(operand: Any) -> Callable[[Any], bool]:
    return frozenset(map(_compared, operand)).__contains__


def _contains(operand: Any) -> Callable[[Any], bool]:
    wanted = _compared(operand)
    return lambda value: wanted in value


_TESTS: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "equals": _equals,
    "one_of": _one_of,
    "contains": _contains,
}


def day_facet(days: NDArray[np.int32], spans: Sequence[Span]) -> Facet:
    """The facet of the rows' dates under the spans asked about; a row without a date lies in none."""
    edges = sorted({edge for first, last in spans for edge in (first, last + 1) if first <= last})
    if not edges:
        return Facet(np.zeros(len(days), np.uint8), 1, {span: np.zeros(1, bool) for span in spans})
    table = np.searchsorted(edges, np.arange(edges[0] - 1, edges[-1] + 1), side="right")
    classes = table.astype(np.min_scalar_type(len(edges))).take(days - np.int32(edges[0] - 1), mode="clip")
    starts = np.array([NO_DAY, *edges])
    return Facet(classes, len(starts), {(first, last): (starts >= first) & (starts <= last) for first, last in spans})


def newest_facet(months: NDArray[np.int32], sizes: NDArray[np.int64], newest: dict[str, NDArray[np.int32]]) -> Facet:
    """The facet of the rows' reports: for every window, whether a row stands in its community's newest report in it.

    ``sizes`` are the rows per community, ``newest`` the newest month with a report per window and community.
    """
    return _pattern_facet({window: months == np.repeat(month, sizes) for window, month in newest.items()}, len(months))
