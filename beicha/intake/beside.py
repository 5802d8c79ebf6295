"""Tables side by side on one sheet, mostly with a blank column between: each is read on a sheet of its own columns."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from beicha.intake.book import Sheet
from beicha.intake.synonyms import heading_key, names
from beicha.intake.tables import Table, find_tables
from beicha.intake.vocabulary import Vocabulary

_CLEARLY = 0.5
"""Two tables must fit their ledgers better than one table over all columns by this much."""

_FEWEST = 2

Found = tuple[Sheet, Table]
"""A table, and the sheet on which nothing stands beside it."""


def tables_of(sheet: Sheet, vocabulary: Vocabulary) -> list[Found]:
    """The tables of a sheet; where some stand side by side, each with the sheet cut down to its columns."""
    whole = find_tables(sheet, vocabulary)
    together = [(sheet, table) for table in whole]
    if not sheet.rows or (whole and not _leaves_columns(sheet, whole[0])):
        return together
    parts = _with_headings(sheet, _blocks(sheet), vocabulary)
    fit = (whole[0].match.fit if whole else 0.0) + _CLEARLY
    if len(parts) < 2 and whole:
        parts = _adjoining(sheet, whole[0], vocabulary)
    if len(parts) > 1 and sum(tables[0].match.fit for _, tables in parts) > fit:
        return [(part, table) for part, tables in parts for table in tables]
    return together


def _known_columns(table: Table) -> set[int | None]:
    return {*table.match.columns.values(), table.community, table.street, table.ordinal} - {None}


def _leaves_columns(sheet: Sheet, table: Table) -> bool:
    """Whether some columns of the sheet are none of the table's."""
    return len(_known_columns(table)) < len(sheet.rows[0])


def _blocks(sheet: Sheet) -> list[int]:
    """The first column of each run of columns without a blank one; a line of one text alone fills none."""
    width = len(sheet.rows[0])
    used = [any(row[at] not in ("", None) and len(_filled(row)) > 1 for row in sheet.rows) for at in range(width)]
    return [at for at, is_used in enumerate(used) if is_used and (at == 0 or not used[at - 1])]


def _adjoining(sheet: Sheet, table: Table, vocabulary: Vocabulary) -> list[tuple[Sheet, list[Table]]]:
    """Two parts without a blank column between, where the right one has all that its ledger needs."""
    known = _known_columns(table)
    others = [at for at, text in enumerate(table.headings) if at not in known and vocabulary.meanings(text)]
    if len(others) < _FEWEST or others[0] == 0:
        return []
    is_numbered = heading_key(table.headings[others[0] - 1]) in names("ordinal")
    parts = _with_headings(sheet, [0, others[0] - is_numbered], vocabulary)
    return parts if all(tables[0].has_all_required for _, tables in parts) else []


def _filled(row: Sequence[Any]) -> list[int]:
    return [at for at, cell in enumerate(row) if cell not in ("", None) and (cell.__class__ is not str or cell.strip())]


def _with_headings(sheet: Sheet, blocks: list[int], vocabulary: Vocabulary) -> list[tuple[Sheet, list[Table]]]:
    """The parts of the sheet that have headings; a block without known ones goes with the part to its left."""
    if len(blocks) < _FEWEST:
        return []
    starts = [
        at for at, end in pairwise((*blocks, len(sheet.rows[0]))) if find_tables(_cut(sheet, at, end), vocabulary)
    ]
    edges = [0, *starts[1:], len(sheet.rows[0])]
    parts = [_cut(sheet, left, end) for left, end in pairwise(edges)]
    found = [(part, find_tables(part, vocabulary)) for part in parts]
    return [(part, tables) for part, tables in found if tables]


def _cut(sheet: Sheet, left: int, end: int) -> Sheet:
    """The sheet with nothing but the columns from ``left`` to before ``end``, and the titles above all of it."""
    width = len(sheet.rows[0])
    before, behind = [""] * left, [""] * (width - end)
    first = next((at for at, row in enumerate(sheet.rows) if len(_filled(row)) > 1), 0)
    merged = (
        (top, max(left, start), bottom, min(end - 1, stop))
        for top, start, bottom, stop in sheet.merged
        if start < end and stop >= left
    )
    return replace(
        sheet,
        rows=[[*row] if at < first else [*before, *row[left:end], *behind] for at, row in enumerate(sheet.rows)],
        merged=tuple(merged),
        pictures=tuple(found for found in sheet.pictures if left <= found[1] < end),
        unstored=tuple(found for found in sheet.unstored if left <= found[1] < end),
    )
