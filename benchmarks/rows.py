"""Invented rows in columns, as they lie after coding: so many communities with 300 rows each, one month to score."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from scoring.assess import CodedFacts
from scoring.checklist_files import read_edition
from scoring.coding import CodedColumn, Column, LedgerCodes, NumberColumn
from scoring.edition import Edition
from scoring.facts import Report
from scoring.ledgers import Ledger, LedgerField
from scoring.periods import month_number
from scoring.presence import arrivals

MONTH = month_number("2026-06")
ROWS_PER_LEDGER = 60


def edition() -> Edition:
    """The edition that the scoring benchmark scores under."""
    path = Path(__file__).with_name("scoring_rows.yaml")
    made, problems = read_edition(path.read_text(encoding="utf-8"), path.name)
    assert made is not None, problems
    return made


@dataclass(frozen=True)
class Raw:
    """One ledger's rows before coding: texts as texts, days as ordinals, in the order of communities."""

    ledger: Ledger
    community: np.ndarray
    day: np.ndarray
    values: dict[str, np.ndarray]


def raw_rows(made: Edition, communities: int) -> list[Raw]:
    """The rows of every ledger, the same at every run; ``number`` makes every event another, but for one in fifty."""
    rng = np.random.default_rng(20260601)
    return [_raw(rng, ledger, communities) for ledger in made.ledgers]


def _raw(rng: np.random.Generator, ledger: Ledger, communities: int) -> Raw:
    count = communities * ROWS_PER_LEDGER
    day = rng.integers(date(2025, 5, 1).toordinal(), date(2026, 7, 1).toordinal(), count)
    values = {field.code: _values(rng, field, count) for field in ledger.fields if field.type != "date"}
    if "number" in values:
        values["number"] = np.tile(np.arange(ROWS_PER_LEDGER, dtype=np.float64), communities)
        again = np.flatnonzero(rng.random(count) < 0.02)
        again = again[again % ROWS_PER_LEDGER > 0]
        values["number"][again] -= 1
        day[again] = day[again - 1]
    return Raw(ledger, np.repeat(np.arange(communities), ROWS_PER_LEDGER), day, values)


def _values(rng: np.random.Generator, field: LedgerField, count: int) -> np.ndarray:
    if field.type == "yes_no":
        return np.array([False, True, None], object)[rng.choice(3, count, p=(0.2, 0.75, 0.05))]
    if field.type in ("choice", "grade"):
        names = np.array([*(field.choices or field.scale), None], object)
        return names[rng.integers(0, len(names), count)]
    return np.where(rng.random(count) < 0.03, np.nan, rng.integers(0, 80, count).astype(np.float64))


def coded(raw: list[Raw], communities: int) -> CodedFacts:
    """The rows coded as an upload codes them: texts to small whole numbers, by the values that occur."""
    ledgers = {rows.ledger.code: _coded(rows, communities) for rows in raw}
    names = tuple(str(number) for number in range(communities))
    reports = [(number, Report(name, MONTH, {})) for number, name in enumerate(names)]
    return CodedFacts(names, arrivals(communities, reports), ledgers)


def _coded(rows: Raw, communities: int) -> LedgerCodes:
    columns: dict[str, Column] = {code: _column(values) for code, values in rows.values.items()}
    if rows.ledger.date_field:
        columns[rows.ledger.date_field] = NumberColumn(rows.day.astype(np.float64))
    ptr = np.searchsorted(rows.community, np.arange(communities + 1))
    month = np.full(len(rows.day), MONTH, np.int32)
    return LedgerCodes(rows.ledger, ptr, month, rows.day.astype(np.int32), columns)


def _column(values: np.ndarray) -> Column:
    if values.dtype != object:
        return NumberColumn(values)
    names = list(dict.fromkeys(value for value in values[:5000] if value is not None))
    place = {name: number for number, name in enumerate(names)} | {None: len(names)}
    codes = np.fromiter((place[value] for value in values), np.uint8, len(values))
    return CodedColumn(codes, tuple(names))


def rows_bytes(facts: CodedFacts) -> list[np.ndarray]:
    """Every array that scoring has to read, for the pass over the bytes."""
    arrays: list[np.ndarray] = []
    for ledger in facts.ledgers.values():
        arrays += [ledger.day, ledger.month]
        arrays += [c.codes if isinstance(c, CodedColumn) else c.numbers for c in ledger.columns.values()]
    return arrays
