"""Rows that are no archive items: totals, signatures, examples, bands and headings that stand once more."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from beicha.intake.book import Sheet
from beicha.intake.communities import Communities
from beicha.intake.lines import (
    HINT,
    is_attachment,
    is_example,
    is_footer,
    is_number,
    is_numbered,
    is_plain_date,
    is_total,
    is_total_cell,
    ordinary,
)
from beicha.intake.synonyms import heading_key, names
from beicha.intake.tables import Table

_LONGEST_TOTAL = 20
_MAY_BE_TOTAL = re.compile("[计均总最]")
"""A cheap first look: each total or average holds one of these."""
_BLANK = ("", None)
_STARS = ("※", "*")


class Furniture:
    """Tells the rows of one table that are no items."""

    def __init__(self, sheet: Sheet, table: Table, known: Communities) -> None:
        ledger, columns = table.ledger, table.columns
        self._known = known
        self._columns = list(columns.values())
        self._date_column = columns.get(ledger.date_field or "")
        needed = {field.code for field in ledger.fields if field.required} | set(ledger.key_fields)
        self._needed = [column for code, column in columns.items() if code in needed]
        headings = sheet.rows[table.top : table.first]
        self._headings = {column: {_key(row[column]) for row in headings} - {""} for column in self._columns}
        self._keys = {key for row in headings for cell in row if (key := _key(cell))}
        self._initials = {cell.strip()[:1] for row in headings for cell in row if isinstance(cell, str)} - {""}
        titles = sheet.rows[table.start : table.top]
        self._titles = {ordinary(cell) for row in titles for cell in row if isinstance(cell, str)} - {""}
        self._totals = _totals(sheet.rows[table.first : table.end]) - self._keys
        self._wide = {top for top, left, _, right in sheet.merged if right - left >= max(1, len(self._columns) // 2)}

    def why(self, at: int, row: Sequence[Any]) -> str:
        """Why the row (at this place in the sheet) is no item, as a code of the catalogue; "" where it is one."""
        first = next((cell for cell in row if cell != "" and cell is not None), None)
        if first is None:
            return "blank"
        if self._totals and any(cell in self._totals for cell in row if cell.__class__ is str):
            return "total"
        if first.__class__ is not str:
            return ""
        if first.strip()[:1] in self._initials and _key(first) in self._keys and self._repeats_headings(row):
            return "heading_again"
        is_alone = len(row) - row.count("") - row.count(None) == 1
        if not is_alone and not HINT.search(first):
            return ""
        text = ordinary(first)
        if is_total(text):
            return "total"
        if is_example(text):
            return "example"
        if is_alone:
            return self._why_alone(at, row.index(first), text)
        if is_footer(text) and not is_plain_date(text) and not self._is_item(row, first):
            return "footer"
        return "band" if _is_labelled(text) or (is_numbered(text) and self._is_section(row, first)) else ""

    def _why_alone(self, at: int, column: int, text: str) -> str:
        if is_plain_date(text) and column == self._date_column:
            return ""
        if text in self._titles or is_attachment(text):
            return "title"
        if is_footer(text) or text.startswith(_STARS):
            return "footer"
        if at in self._wide or is_numbered(text) or self._known.is_place(text):
            return "band"
        if column in self._columns:
            return ""
        return "number_only" if is_number(text) else "band"

    def _is_item(self, row: Sequence[Any], first: str) -> bool:
        """Whether a row that begins like a footer (负责人:王某处) is filled like an item, and holds no other label."""
        others = [cell for cell in row if cell not in _BLANK and cell is not first]
        filled = [row[column] for column in self._columns if row[column] not in _BLANK]
        is_whole = all(row[column] not in _BLANK for column in self._needed) or 2 * len(filled) > len(self._columns)
        is_whole = is_whole and first in filled and len(others) > 1
        return is_whole and not any(cell.__class__ is str and is_footer(ordinary(cell)) for cell in others)

    def _is_section(self, row: Sequence[Any], first: str) -> bool:
        """Whether a numbered line stands beside nothing but numbers: a part of the list with its points."""
        others = [cell for cell in row if cell not in _BLANK and cell is not first]
        is_open = any(row[column] in _BLANK for column in self._needed)
        return is_open and all(cell.__class__ in (int, float) for cell in others)

    def _repeats_headings(self, row: Sequence[Any]) -> bool:
        found = [(column, cell) for column in self._columns if (cell := row[column]) not in _BLANK]
        return len(found) > 1 and all(_key(cell) in self._headings[column] for column, cell in found)


def titles_again(rows: Sequence[Sequence[Any]], kept: Sequence[int], again: Iterable[int]) -> set[int]:
    """The rows among those kept that hold one text alone right above headings that stand once more: their titles."""
    found, candidates = set(), set(kept)
    for heading in again:
        at = heading - 1
        while at >= 0 and (at in candidates or not any(cell not in _BLANK for cell in rows[at])):
            filled = [cell for cell in rows[at] if cell not in _BLANK]
            if len(filled) > 1 or (filled and filled[0].__class__ is not str):
                break
            found |= {at} if filled else set()
            at -= 1
    return found


def _key(cell: Any) -> str:
    return heading_key(cell) if cell.__class__ is str else ""


def _is_labelled(text: str) -> bool:
    """Whether the line begins like 单位名称: …, which says whose rows follow."""
    label, colon, _ = text.partition(":")
    return bool(colon) and label in names("community")


def _totals(rows: Iterable[Sequence[Any]]) -> set[str]:
    """The texts of all cells that make their row a total."""
    texts = {cell for cell in set(chain.from_iterable(rows)) if cell.__class__ is str and len(cell) <= _LONGEST_TOTAL}
    return {text for text in texts if _MAY_BE_TOTAL.search(text) and is_total_cell(text)}


def why_without_fields(row: Sequence[Any], ordinal: int | None) -> str:
    """Why a row with nothing in any known column is no item."""
    others = [cell for at, cell in enumerate(row) if at != ordinal and str(cell).strip()]
    if others:
        return "no_field"
    return "number_only" if ordinal is not None and str(row[ordinal]).strip() else "blank"
