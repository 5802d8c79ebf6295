"""Where the tables of a sheet are: their headings, the ledger they belong to, and the rows below."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from beicha.intake.book import Sheet
from beicha.intake.levels import MOST_LEVELS, labels
from beicha.intake.lines import is_footer, is_total, ordinary
from beicha.intake.matching import CLEARLY, Labels, Match, match_ledgers
from beicha.intake.synonyms import heading_key, names
from beicha.intake.vocabulary import Vocabulary
from scoring.ledgers import Ledger

LAST_FIRST_HEADING = 40
"""The first headings of a sheet stand within so many rows."""

_ROWS_TO_COMPARE = 4
_ROWS_ABOVE = 4
_MOST_IN_TITLE = 2
_TITLE_ROWS = 3
"""A lone text so near above the headings of a later table is its title."""


@dataclass(frozen=True)
class Table:
    """Headings in the rows ``top`` to ``first`` - 1 and data from ``first`` to ``end`` - 1, all counted from 0.

    Title lines stand from ``start`` to ``top`` - 1. ``match`` is the ledger that fits best; where ``rivals`` fit as
    well, neither is certain. ``community`` is the column that names a community, ``unit`` one that may do so as well
    as name any other unit, ``street`` one that names a street or the like, ``ordinal`` the one that only numbers the
    rows, if there are such.
    """

    start: int
    top: int
    first: int
    end: int
    match: Match
    rivals: tuple[Match, ...]
    headings: tuple[str, ...]
    community: int | None
    unit: int | None
    street: int | None
    ordinal: int | None

    @property
    def has_all_required(self) -> bool:
        """Whether no column is missing that its ledger needs."""
        return all(at in self.match.columns for at, field in enumerate(self.ledger.fields) if field.required)

    @property
    def ledger(self) -> Ledger:
        """The ledger whose rows stand here."""
        return self.match.ledger

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each field that is there, by the field's code."""
        return {self.ledger.fields[field].code: column for field, column in self.match.columns.items()}


@dataclass(frozen=True)
class _Found:
    top: int
    levels: int
    matches: tuple[Match, ...]

    @property
    def score(self) -> float:
        return self.matches[0].score

    @property
    def has_all_required(self) -> bool:
        match = self.matches[0]
        needed = {at for at, field in enumerate(match.ledger.fields) if field.required}
        return needed <= match.columns.keys() - set(match.synonyms) and len(match.columns) > 1


def find_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[Table]:
    """The tables of a sheet from top to bottom; empty where no headings are known."""
    first = _first_headings(sheet, vocabulary)
    if first is None:
        return []
    found = [first, *_later_headings(sheet, vocabulary, first)]
    starts = [0] + [_title_start(sheet, one, later) for one, later in pairwise(found)]
    ends = [*starts[1:], len(sheet.rows)]
    return [_table(sheet, headings, start, end) for headings, start, end in zip(found, starts, ends, strict=True)]


def _title_start(sheet: Sheet, before: _Found, later: _Found) -> int:
    """The first row of the title above the headings of a later table."""
    start = later.top
    for at in range(later.top - 1, max(later.top - 1 - _TITLE_ROWS, before.top + before.levels), -1):
        filled = [cell for cell in sheet.rows[at] if cell not in ("", None)]
        if filled and not _is_title(filled):
            break
        start = at if filled else start
    return start


def _is_title(filled: Sequence[Any]) -> bool:
    first = ordinary(filled[0]) if isinstance(filled[0], str) else ""
    label, colon, _ = first.partition(":")
    if colon and label in names("community"):
        return True
    return len(filled) == 1 and bool(first) and not is_footer(first) and not is_total(first)


def _first_headings(sheet: Sheet, vocabulary: Vocabulary) -> _Found | None:
    best: _Found | None = None
    last = min(LAST_FIRST_HEADING, len(sheet.rows))
    row = 0
    while row < last:
        found = _headings_at(sheet, vocabulary, row)
        if found is not None and (best is None or _is_better(found, best, sheet)):
            last = min(last, row + _ROWS_TO_COMPARE) if best is None else last
            best = found
        row += 1
    return best


def _is_better(later: _Found, best: _Found, sheet: Sheet) -> bool:
    """Whether the later row heads the table: it fits better, or as well without the title lines above it.

    Headings with all that their ledger needs, or with an item below them, head a table of their own, however short.
    """
    is_inside = later.top < best.top + best.levels
    between = sheet.rows[best.top + best.levels : later.top]
    if not is_inside and (best.has_all_required or any(map(_may_be_item, between))):
        return False
    return later.score > best.score + (-1e-9 if is_inside else 1e-9)


def _may_be_item(cells: Sequence[Any]) -> bool:
    return sum(cell not in ("", None) for cell in cells) > _MOST_IN_TITLE


def _headings_at(sheet: Sheet, vocabulary: Vocabulary, row: int) -> _Found | None:
    if not _may_be_headings(sheet.rows[row]):
        return None
    evidence = vocabulary.evidence([sheet.name, *_lines_above(sheet, row)])
    best: _Found | None = None
    for levels in range(1, MOST_LEVELS + 1):
        if row + levels > len(sheet.rows) or not any(sheet.rows[row + levels - 1]):
            break
        texts = labels(sheet, row, levels)
        matches = match_ledgers(vocabulary, texts, evidence) if texts is not None else []
        if matches and (best is None or matches[0].score > best.score + 1e-9):
            best = _Found(row, levels, tuple(matches))
    return best


def _may_be_headings(cells: Sequence[Any]) -> bool:
    """Whether a row holds texts and at most one value of another kind."""
    others = sum(type(cell) is not str and cell is not None for cell in cells)
    return others <= 1 and any(cells)


def _lines_above(sheet: Sheet, row: int) -> list[str]:
    """The nearest lines of a title: rows with one or two texts, upwards until something else stands there."""
    lines: list[str] = []
    for cells in reversed(sheet.rows[max(0, row - _ROWS_ABOVE) : row]):
        texts = [cell for cell in cells if type(cell) is str and cell.strip()]
        if len(texts) <= _MOST_IN_TITLE:
            lines += texts
    return lines


def _later_headings(sheet: Sheet, vocabulary: Vocabulary, first: _Found) -> Iterator[_Found]:
    """Headings further down that belong to another ledger, or to the same with other columns."""
    current, row = first, first.top + first.levels
    while row < len(sheet.rows):
        cells = sheet.rows[row]
        if _starts_like_headings(cells, vocabulary):
            found = _headings_at(sheet, vocabulary, row)
            if found and found.matches[0].fit >= 1.5 and _layout(found) != _layout(current):
                yield found
                current, row = found, row + found.levels - 1
        row += 1


def _starts_like_headings(cells: Sequence[Any], vocabulary: Vocabulary) -> bool:
    first = next((cell for cell in cells if cell), "")
    if first.__class__ is not str or len(first) > _LONGEST_FIRST or not set(map(type, cells)) <= _TEXTUAL:
        return False
    return bool(vocabulary.meanings(first) or heading_key(first) in names("ordinal"))


_LONGEST_FIRST = 20
_TEXTUAL = {str, type(None)}


def _layout(found: _Found) -> tuple[int, dict[int, int]]:
    return found.matches[0].number, found.matches[0].columns


def _table(sheet: Sheet, found: _Found, start: int, end: int) -> Table:
    best = found.matches[0]
    levels = _levels_with_merges(sheet, found)
    texts = labels(sheet, found.top, found.levels) or []
    headings = tuple(options[0] if options else "" for options in texts)
    rivals = [match for match in found.matches[1:] if best.score - match.score < CLEARLY]
    first = found.top + levels
    taken = set(best.columns.values())
    return Table(
        start=start,
        top=found.top,
        first=first,
        end=end,
        match=best,
        rivals=tuple(rivals),
        headings=headings,
        community=_column(texts, _communities(best.ledger), frozenset()),
        unit=_column(texts, names("office_column"), {*taken, *best.unclear, *(rival.column for rival in best.rivals)}),
        street=_column(texts, names("street_column"), taken),
        ordinal=_column(texts, names("ordinal"), taken),
    )


def _levels_with_merges(sheet: Sheet, found: _Found) -> int:
    """A heading merged downwards makes the rows it covers part of the headings."""
    covered = [
        bottom - found.top + 1
        for top, left, bottom, _ in sheet.merged
        if top == found.top and left in found.matches[0].columns.values() and bottom - top < MOST_LEVELS
    ]
    return max([found.levels, *covered])


def _communities(ledger: Ledger) -> Set[str]:
    return names("community_column") | (names("office_column") if ledger.kept_by == "office" else frozenset())


def _column(labels: Labels, wanted: Set[str], taken: Set[int]) -> int | None:
    """The first column under one of the wanted headings that is not taken."""
    found = (at for at, texts in enumerate(labels) if at not in taken and any(heading_key(t) in wanted for t in texts))
    return next(found, None)
