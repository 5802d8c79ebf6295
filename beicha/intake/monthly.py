"""The month of each table: that of the file, or, where a workbook has a sheet for each month, that of the sheet."""

from collections.abc import Sequence
from typing import NamedTuple

from beicha.intake.claims import Claim, Claims
from beicha.intake.identity import STRONG, settle_month
from beicha.intake.months import month_in_sheet_name, year_in_text
from beicha.intake.problems import Problems
from beicha.intake.sorting import Placed
from scoring.periods import period_text

MONTHS = 12


class Left(NamedTuple):
    """A table that is not read, with the reason as a code of the catalogue."""

    why: str


class Months(NamedTuple):
    """The month of the file (None where it has none or several) and of each table, as counts."""

    of_file: int | None
    of_tables: Sequence[int | Left | None]


class Said(NamedTuple):
    """What is said of the month: in the file, in its name, by a person; ``settled`` knowing what the file says."""

    claims: Claims
    stem: str
    given: int | None
    settled: bool


def settle_months(tables: Sequence[Placed], about: Said, problems: Problems) -> Months:
    """The months of the tables: the given one, else the file's own; every doubt becomes a problem."""
    claims, given = about.claims, about.given
    year = _year(tables, about)
    said = [_said(placed, year) for placed in tables]
    if not _differ(tables, said, year):
        values = {claim.value for claim in claims.months}
        claims.months += [claim for claim in _from_sheets(tables, year) if claim.value not in values]
        month = settle_month(claims, given, problems, settled=about.settled)
        return Months(month, [month] * len(tables))
    strong = [claim for claim in claims.months if claim.source in STRONG]
    if given is None and not strong:
        return Months(None, [_own(placed, month, problems) for placed, month in zip(tables, said, strict=True)])
    chosen = settle_month(Claims(months=strong), given, problems, settled=about.settled)
    if chosen is not None and chosen not in said:
        problems.add("month_in_no_sheet", expected=period_text(chosen))
    return Months(chosen, [_kept(*one, chosen, problems) for one in zip(tables, said, strict=True)])


def _year(tables: Sequence[Placed], about: Said) -> int | None:
    """The year of which a sheet named 3月 is: the nearest that is said, where only one is."""
    if about.given is not None:
        return about.given // MONTHS
    said = [{claim.value // MONTHS for claim in about.claims.months if claim.value is not None}]
    said.append({year} if (year := year_in_text(about.stem)) else set())
    said.append({year for placed in tables for line in _title(placed) if (year := year_in_text(line))})
    years = next((found for found in said if found), set())
    return years.pop() if len(years) == 1 else None


def _title(placed: Placed) -> list[str]:
    rows = placed.sheet.rows[placed.table.start : placed.table.top]
    return [cell for row in rows for cell in row if isinstance(cell, str)]


def _said(placed: Placed, year: int | None) -> int | None:
    """The month that the table's title or its sheet's name says."""
    titles = {claim.value for claim in placed.said.months}
    if titles:
        return titles.pop() if len(titles) == 1 else None
    return month_in_sheet_name(placed.sheet.name, year)


def _differ(tables: Sequence[Placed], said: Sequence[int | None], year: int | None) -> bool:
    """Whether there is a sheet for each month: the sheets are named so, or one ledger stands there for several."""
    by_name = {month for placed in tables if (month := month_in_sheet_name(placed.sheet.name, year)) is not None}
    by_ledger: dict[str, set[int]] = {}
    for placed, month in zip(tables, said, strict=True):
        if month is not None:
            by_ledger.setdefault(placed.table.ledger.code, set()).add(month)
    return len(by_name) > 1 or any(len(months) > 1 for months in by_ledger.values())


def _from_sheets(tables: Sequence[Placed], year: int | None) -> list[Claim]:
    names = dict.fromkeys(placed.sheet.name for placed in tables)
    months = [(name, month_in_sheet_name(name, year)) for name in names]
    return [Claim(month, period_text(month), "sheet", name) for name, month in months if month is not None]


def _own(placed: Placed, month: int | None, problems: Problems) -> int | None:
    if month is None:
        problems.add("month_missing", placed.sheet.name, placed.table.first)
    return month


def _kept(placed: Placed, month: int | None, chosen: int | None, problems: Problems) -> int | Left | None:
    if chosen is None or month is None or month == chosen:
        return chosen
    where = {"found": period_text(month), "expected": period_text(chosen)}
    problems.add("sheet_of_another_month", placed.sheet.name, placed.table.first, **where)
    return Left("other_month")
