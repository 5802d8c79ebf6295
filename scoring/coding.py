"""From reports to coded columns: a community's rows together, texts as small whole numbers.

Texts, choices and grades become indexes into the list of the values that occur; the index behind the last
value is the blank. Numbers and dates stay numbers, with NaN for a blank. Only the fields that a rule, a
condition or an event's key looks at are coded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.edition import Edition
from scoring.facts import Report, Rows
from scoring.ledgers import NUMBERS, FieldType, Ledger
from scoring.texts import normal

NO_DAY = 0
"""The day number of a row without a date; real days are proleptic Gregorian ordinals."""


@dataclass(frozen=True)
class CodedColumn:
    """A field of texts: per row an index into ``values``; ``len(values)`` means blank.

    A value is a str, a bool for yes/no, or a tuple of str for several choices; texts in their normal form.
    """

    codes: NDArray[np.unsignedinteger[Any]]
    values: tuple[Any, ...]


@dataclass(frozen=True)
class NumberColumn:
    """A field of numbers or dates (as day ordinals): float64, NaN where blank."""

    numbers: NDArray[np.float64]

    @cached_property
    def filled(self) -> NDArray[np.float64]:
        """The numbers with 0 for a blank."""
        return np.nan_to_num(self.numbers)


Column = CodedColumn | NumberColumn


@dataclass(frozen=True)
class LedgerCodes:
    """The rows of one ledger over all communities, in the order of communities, then of reports.

    ``ptr`` has one entry more than there are communities: the rows of community c are ptr[c] to ptr[c + 1].
    ``month`` is the month of the report, ``day`` the ordinal of the row's date (NO_DAY where blank).
    """

    ledger: Ledger
    ptr: NDArray[np.int64]
    month: NDArray[np.int32]
    day: NDArray[np.int32]
    columns: Mapping[str, Column]

    @property
    def community(self) -> NDArray[np.int64]:
        """The index of the community of every row."""
        return np.repeat(np.arange(len(self.ptr) - 1), np.diff(self.ptr))

    def take(self, rows: NDArray[np.int64]) -> "LedgerCodes":
        """The same ledger with only these rows, given in ascending order."""
        columns = {code: _taken(column, rows) for code, column in self.columns.items()}
        ptr = np.searchsorted(rows, self.ptr)
        return LedgerCodes(self.ledger, ptr, self.month[rows], self.day[rows], columns)


def _taken(column: Column, rows: NDArray[np.int64]) -> Column:
    if isinstance(column, CodedColumn):
        return CodedColumn(column.codes[rows], column.values)
    return NumberColumn(column.numbers[rows])


def sort_reports(communities: Sequence[str], reports: Iterable[Report]) -> list[tuple[int, Report]]:
    """The reports of these communities with their community's index, by community and month."""
    index = {code: number for number, code in enumerate(communities)}
    known = [(index[report.community], report) for report in reports if report.community in index]
    return sorted(known, key=lambda item: (item[0], item[1].month))


def code_ledger(
    edition: Edition, ledger: Ledger, fields: Iterable[str], count: int, reports: Sequence[tuple[int, Report]]
) -> LedgerCodes:
    """The rows of one ledger out of sorted reports, with the columns of the named fields, for ``count`` communities."""
    sizes = np.zeros(count, np.int64)
    found: list[tuple[Report, Rows]] = []
    for number, report in reports:
        rows = rows_of(edition, report, ledger)
        if rows is not None and len(rows):
            sizes[number] += len(rows)
            found.append((report, rows))
    months = np.repeat(
        np.array([report.month for report, _ in found], np.int32), np.array([len(rows) for _, rows in found], np.int64)
    )
    columns = {code: _coded(edition, ledger, code, found) for code in fields}
    day = _days(columns.get(ledger.date_field or ""), len(months))
    return LedgerCodes(ledger, np.concatenate([[0], np.cumsum(sizes)]), months, day, columns)


def rows_of(edition: Edition, report: Report, ledger: Ledger) -> Rows | None:
    """The rows of a ledger in a report, found under its former code where the edition renamed it; None where absent."""
    if report.kept_by != ledger.kept_by:
        return None
    rows = report.ledgers.get(ledger.code)
    if rows is None:
        former = [old for old, new in edition.renames.ledgers.items() if new == ledger.code]
        rows = next((report.ledgers[old] for old in former if old in report.ledgers), None)
    return rows


def values_of(edition: Edition, ledger: Ledger, rows: Rows, field: str) -> list[Any]:
    """A field's values in stored rows, read through the edition's renames; blank where the older edition lacked it."""
    if field in rows.values:
        return rows.values[field]
    for old, new in edition.renames.fields.get(ledger.code, {}).items():
        if new == field and old in rows.values:
            return rows.values[old]
    return [None] * len(rows)


def _coded(edition: Edition, ledger: Ledger, code: str, found: Sequence[tuple[Report, Rows]]) -> Column:
    values: list[Any] = []
    for _, rows in found:
        values.extend(values_of(edition, ledger, rows, code))
    return code_column(ledger.field(code).type, values)


def code_column(type_: FieldType, values: Sequence[Any]) -> Column:
    """One field's values as a column: texts coded, numbers and dates as float64."""
    if type_ in NUMBERS:
        return NumberColumn(np.array([np.nan if value is None else value for value in values], np.float64))
    if type_ == "date":
        return NumberColumn(np.array([np.nan if v is None else _ordinal(v) for v in values], np.float64))
    return _code_texts(values)


def _ordinal(day: date) -> int:
    return day.toordinal()


def _code_texts(values: Sequence[Any]) -> CodedColumn:
    """Codes in the order of first occurrence. Raw values are looked up first, so a text is normalised only once."""
    normals: dict[Any, int] = {}
    raw: dict[Any, int] = {}
    codes = np.empty(len(values), np.int64)
    for number, value in enumerate(values):
        key = tuple(value) if isinstance(value, list) else value
        code = raw.get(key)
        if code is None:
            shape = _normal_value(key)
            code = -1 if shape is None else normals.setdefault(shape, len(normals))
            raw[key] = code
        codes[number] = code
    codes[codes < 0] = len(normals)
    return CodedColumn(codes.astype(np.min_scalar_type(len(normals))), tuple(normals))


def _normal_value(value: Any) -> Any:
    """The form in which a value is compared; None for a blank, which an empty text or list is too."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return tuple(normal(part) for part in value if normal(part)) or None
    return normal(value) or None


def _days(column: Column | None, rows: int) -> NDArray[np.int32]:
    if not isinstance(column, NumberColumn):
        return np.full(rows, NO_DAY, np.int32)
    return np.nan_to_num(column.numbers, nan=NO_DAY).astype(np.int32)


def surviving(codes: LedgerCodes, month: int) -> LedgerCodes:
    """The rows that count at a month: of reports up to it, and of each event only its newest report (scoring.md §2).

    The newest report is that of the latest month; within one report the last row wins.
    """
    rows = surviving_rows(codes, month)
    return codes if len(rows) == len(codes.month) else codes.take(rows)


def surviving_rows(codes: LedgerCodes, month: int) -> NDArray[np.int64]:
    """The places of those rows, in ascending order."""
    early = np.flatnonzero(codes.month <= month)
    if codes.ledger.keeps == "state":
        return early
    event = _event_numbers(codes)
    last = np.full(event.max(initial=-1) + 1, -1, np.int64)
    last[event[early]] = early
    return np.sort(last[last >= 0])


def _event_numbers(codes: LedgerCodes) -> NDArray[np.int64]:
    """One number per event: rows of one community that are equal in the ledger's key fields share it."""
    number = codes.community
    for code in codes.ledger.key_fields:
        part, size = _key_part(codes.columns[code])
        number = np.unique(number, return_inverse=True)[1] * size + part
    return np.unique(number, return_inverse=True)[1]


def _key_part(column: Column) -> tuple[NDArray[np.int64], int]:
    if isinstance(column, CodedColumn):
        return column.codes.astype(np.int64), len(column.values) + 1
    parts = np.unique(np.nan_to_num(column.numbers, nan=-np.inf), return_inverse=True)[1]
    return parts.astype(np.int64), int(parts.max(initial=0)) + 1
