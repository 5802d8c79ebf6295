"""The counting of a scoring pass put to polars and DuckDB: the same questions and columns, one group-by a ledger."""

from collections.abc import Callable

import duckdb
import numpy as np
import polars as pl

from scoring.assess import CodedFacts
from scoring.coding import CodedColumn, LedgerCodes
from scoring.conditions import Condition
from scoring.facets import tester
from scoring.periods import window_at
from scoring.tally import Ask

Questions = dict[str, tuple[list[Ask], list[tuple[Ask, str]]]]
"""By ledger, the rows to count and the sums to take."""


def frames(facts: CodedFacts) -> dict[str, pl.DataFrame]:
    """The coded columns of every ledger as a plain frame: community, day, and a column a field."""
    out = {}
    for code, ledger in facts.ledgers.items():
        columns = {"community": ledger.community.astype(np.int32), "day": ledger.day}
        for field, column in ledger.columns.items():
            columns[f"f_{field}"] = column.codes if isinstance(column, CodedColumn) else column.numbers
        out[code] = pl.DataFrame(columns)
    return out


def with_polars(
    data: dict[str, pl.DataFrame], questions: Questions, facts: CodedFacts, month: int
) -> dict[str, pl.DataFrame]:
    """All answers by ledger, one row per community in order, from the streaming engine."""
    out = {}
    for code, (asks, sums) in questions.items():
        ledger = facts.ledgers[code]
        counts = [_polars(ledger, ask, month).sum().alias(f"c{n}") for n, ask in enumerate(asks)]
        totals = [
            pl.when(_polars(ledger, ask, month))
            .then(pl.col(f"f_{field}").fill_nan(0))
            .otherwise(0)
            .sum()
            .alias(f"s{n}")
            for n, (ask, field) in enumerate(sums)
        ]
        lazy = data[code].lazy().group_by("community").agg(counts + totals).sort("community")
        out[code] = lazy.collect(engine="streaming")
    return out


def _polars(ledger: LedgerCodes, ask: Ask, month: int) -> pl.Expr:
    terms = [pl.col("day").is_between(*span) for span in spans(ledger, ask, month)]
    terms += [_polars_term(ledger, condition) for condition in ask.where]
    return pl.all_horizontal(terms) if terms else pl.col("day").is_not_null()


def _polars_term(ledger: LedgerCodes, condition: Condition) -> pl.Expr:
    column = pl.col(f"f_{condition.field}")
    codes = wanted(ledger, condition)
    if codes is not None:
        return column == codes[0] if len(codes) == 1 else column.is_in(codes)
    if condition.test == "absent":
        return column.is_nan()
    return (column >= condition.operand) & column.is_not_nan()


def with_duckdb(
    connection: duckdb.DuckDBPyConnection, questions: Questions, facts: CodedFacts, month: int
) -> dict[str, dict[str, np.ndarray]]:
    """The same from DuckDB, whose tables are named after the ledgers."""
    out = {}
    for code, (asks, sums) in questions.items():
        ledger = facts.ledgers[code]
        counts = [f"count(*) FILTER ({_sql(ledger, ask, month)}) AS c{n}" for n, ask in enumerate(asks)]
        totals = [
            f"coalesce(sum(f_{field}) FILTER ({_sql(ledger, ask, month)} AND NOT isnan(f_{field})), 0) AS s{n}"
            for n, (ask, field) in enumerate(sums)
        ]
        picked = ", ".join(counts + totals)
        out[code] = connection.sql(
            f"SELECT community, {picked} FROM {code} GROUP BY community ORDER BY community"
        ).fetchnumpy()
    return out


def _sql(ledger: LedgerCodes, ask: Ask, month: int) -> str:
    terms = [f"day BETWEEN {first} AND {last}" for first, last in spans(ledger, ask, month)]
    return " AND ".join([*terms, *(_sql_term(ledger, condition) for condition in ask.where)]) or "true"


def _sql_term(ledger: LedgerCodes, condition: Condition) -> str:
    codes = wanted(ledger, condition)
    if codes is not None:
        return f"f_{condition.field} IN ({', '.join(map(str, codes))})"
    if condition.test == "absent":
        return f"isnan(f_{condition.field})"
    return f"f_{condition.field} >= {condition.operand} AND NOT isnan(f_{condition.field})"


def spans(ledger: LedgerCodes, ask: Ask, month: int) -> list[tuple[int, int]]:
    """The days a question is limited to, narrowest only."""
    if ask.span is not None:
        return [ask.span]
    if ledger.ledger.keeps == "state":
        return []
    window = window_at(ask.window, month)
    return [(window.first.toordinal(), window.last.toordinal())]


def wanted(ledger: LedgerCodes, condition: Condition) -> list[int] | None:
    """The codes of a coded field that meet a condition; None for a number."""
    column = ledger.columns[condition.field]
    if not isinstance(column, CodedColumn):
        return None
    meets: Callable[[object], bool] = tester(condition)
    return [code for code, value in enumerate((*column.values, None)) if meets(value)]
