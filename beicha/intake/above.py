"""Rows above the first headings of a sheet that are no lines of a title: a table whose own headings are not known."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from beicha.intake.book import Sheet
from beicha.intake.problems import Problems
from beicha.intake.reports import listed, spans
from beicha.intake.strangers import suggest_headings
from beicha.intake.synonyms import heading_key, names
from beicha.intake.tables import Table
from beicha.intake.vocabulary import Vocabulary

_FEWEST_ROWS = 2
_FEWEST_CELLS = 3
_LEVELS = 2
"""So many rows of texts right above the headings may be upper levels of theirs."""
_LABELS = ("community", "month", "edition")


def say_rows_above(sheet: Sheet, table: Table, vocabulary: Vocabulary, problems: Problems) -> None:
    """Warns of a table above the headings, and suggests what its own may mean."""
    rows = _unknown_rows(sheet, table)
    if rows:
        told = spans([at + 1 for at in rows])
        problems.add("rows_above_unread", sheet.name, rows[0] + 1, rows=told, count=len(rows))
        above = replace(sheet, rows=sheet.rows[: table.top])
        suggest_headings(above, vocabulary, range(len(vocabulary.ledgers)), problems)


def listed_above(sheet: Sheet, table: Table) -> list[tuple[int, str]]:
    """The filled rows above the headings, as Excel counts them, with the reason why they do not count."""
    unknown = {at + 1 for at in _unknown_rows(sheet, table)}
    titles = listed(sheet, "title", table.start, table.top)
    return [(row, "unread" if row in unknown else why) for row, why in titles]


def _unknown_rows(sheet: Sheet, table: Table) -> list[int]:
    """The rows that hold several cells and no label; none where they are too few for a table."""
    rows = [at for at in range(table.start, table.top) if _is_row(sheet.rows[at], is_near=table.top - at <= _LEVELS)]
    return rows if len(rows) >= _FEWEST_ROWS else []


def _is_row(row: Sequence[Any], *, is_near: bool) -> bool:
    filled = [cell for cell in row if cell not in ("", None)]
    if len(filled) < _FEWEST_CELLS or (is_near and all(cell.__class__ is str for cell in filled)):
        return False
    return not any(cell.__class__ is str and _is_label(cell) for cell in filled)


def _is_label(text: str) -> bool:
    """Whether a text says what stands beside it or behind its colon, as in 填报单位: …"""
    key = heading_key(text)
    return text.strip().endswith((":", "：")) or any(key in names(kind) for kind in _LABELS)
