"""Bonuses and vetoes: what stands outside the points (scoring.md §3, end)."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.coding import CodedColumn, Column, LedgerCodes, NumberColumn
from scoring.edition import Bonus, Grouping, Veto
from scoring.outcomes import Fractions, Truths
from scoring.selection import selection_of
from scoring.tally import Tally


def ask_bonus(bonus: Bonus, tally: Tally) -> Callable[[], Fractions]:
    """Asks for a bonus; the answer is the points of each community, within the bonus's floor and cap."""
    ask = tally.ask(selection_of(bonus))
    tally.count(ask)

    def judged() -> Fractions:
        rows = tally.rows(ask)
        points = bonus_of_rows(bonus, tally.codes, rows)
        total = np.bincount(tally.codes.community[rows], points, minlength=tally.communities)
        return within(total, bonus.floor, bonus.cap)

    return judged


def within(points: NDArray[Any], floor: float | None, cap: float | None) -> Fractions:
    """The points held between a floor and a cap, where there are any."""
    low, high = -np.inf if floor is None else floor, np.inf if cap is None else cap
    return np.asarray(np.clip(points, low, high), np.float64)


def ask_veto(veto: Veto, tally: Tally) -> Callable[[], Truths]:
    """Asks for a veto; the answer tells which communities have any row."""
    rows = tally.count(tally.ask(selection_of(veto)))
    return lambda: rows() > 0


def bonus_of_rows(bonus: Bonus, codes: LedgerCodes, rows: np.ndarray) -> Fractions:
    """What each of these rows adds: its points or its number (a blank adds 0), times its group's factor."""
    points = np.full(len(rows), bonus.points or 0.0)
    if bonus.field is not None:
        column = codes.columns[bonus.field]
        assert isinstance(column, NumberColumn)
        points = np.nan_to_num(column.numbers[rows])
    return points * _factors(bonus.group, codes, rows) if bonus.group else points


def _factors(group: Grouping, codes: LedgerCodes, rows: np.ndarray) -> Fractions:
    """The factor of each row's group; a row with a blank in a field of the group stands for itself."""
    number, whole = codes.community[rows], np.ones(len(rows), bool)
    for field in group.by:
        part, blank = _part(codes.columns[field], rows)
        whole &= ~blank
        number = np.unique(np.stack([number, part]), axis=1, return_inverse=True)[1]
    sizes = np.bincount(number[whole], minlength=len(rows) + 1)
    return np.where(whole & (sizes[number] >= group.at_least), group.factor, 1.0)


def _part(column: Column, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(column, CodedColumn):
        codes = column.codes[rows].astype(np.int64)
        return codes, codes == len(column.values)
    numbers = column.numbers[rows]
    return np.unique(np.nan_to_num(numbers), return_inverse=True)[1], np.isnan(numbers)
