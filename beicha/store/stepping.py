"""From one value of an indexed column to the next: what a few values among many rows are found by."""

from typing import Any

from sqlalchemy import CTE, Column, func, select


def values_of(column: "Column[Any]") -> CTE:
    """The different values of a column in a table of its own, as ``value``, and NULL once behind them.

    Each is looked for behind the one before it, so that it takes as long as there are values, not rows: neither
    database does that for DISTINCT.
    """
    first = select(func.min(column).label("value")).cte(recursive=True)
    behind = select(func.min(column)).where(column > first.c.value).scalar_subquery()
    return first.union_all(select(behind).where(first.c.value.is_not(None)))
