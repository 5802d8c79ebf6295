"""An invented community's month as a workbook: a cover and five ledgers of 60 rows, as a clerk keeps them."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from beicha.words.workbook import COMMUNITY, COVER, MONTH, NO, YES
from scoring.edition import Edition
from scoring.facts import Area, Rows
from scoring.ledgers import Ledger, LedgerField

LEDGERS = ("lectures", "minors_activities", "volunteering", "school_activities", "online")
ROWS_EACH = 60
PERIOD = "2026-06"
_FIRST_DAY = date(2026, 1, 2)

_CELLS: dict[str, Callable[[LedgerField, int], Any]] = {
    "date": lambda _field, n: _FIRST_DAY + timedelta(days=3 * n),
    "choice": lambda field, n: field.choices[n % len(field.choices)],
    "choices": lambda field, n: "、".join(field.choices[: 3 + n % 3]),
    "yes_no": lambda _field, n: NO if n % 7 == 0 else YES,
    "whole": lambda _field, n: 5 + n % 40,
    "decimal": lambda _field, n: 0.5 + n % 4 / 2,
}


def district(communities: int) -> tuple[Area, ...]:
    """A district of one street with so many communities."""
    members = (Area(f"C{n:04d}", f"第{n}样例社区", "community", "S", order=n) for n in range(communities))
    return Area("D", "样例区", "district"), Area("S", "样例街道", "street", "D"), *members


def table(ledger: Ledger, rows: int = ROWS_EACH) -> list[list[Any]]:
    """The rows of a ledger as they stand below its headings."""
    return [[_cell(field, number) for field in ledger.fields] for number in range(rows)]


def workbook(edition: Edition, community: Area, rows: int = ROWS_EACH) -> bytes:
    """The bytes of a community's workbook for the month, with so many rows in each ledger."""
    book = Workbook()
    cover = book.active
    cover.title = COVER
    cover.append([COMMUNITY, community.name])
    cover.append([MONTH, PERIOD])
    for code in LEDGERS:
        ledger = edition.ledger(code)
        sheet = book.create_sheet(ledger.title)
        for row in (_headings(ledger), *table(ledger, rows)):
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _headings(ledger: Ledger) -> Sequence[str]:
    return [field.title for field in ledger.fields]


def _cell(field: LedgerField, number: int) -> Any:
    if field.type in _CELLS:
        return _CELLS[field.type](field, number)
    return f"{field.title}{number % 2 if field.code == 'lecturer' else number}"


def facts_of(ledger: Ledger) -> Rows:
    """The same rows as scoring sees them."""
    columns = zip(*table(ledger), strict=True)
    values = {field.code: _typed(field, column) for field, column in zip(ledger.fields, columns, strict=True)}
    return Rows([ledger.title] * ROWS_EACH, list(range(2, ROWS_EACH + 2)), values)


def _typed(field: LedgerField, column: Sequence[Any]) -> list[Any]:
    if field.type == "yes_no":
        return [value == YES for value in column]
    return [value.split("、") for value in column] if field.type == "choices" else list(column)
