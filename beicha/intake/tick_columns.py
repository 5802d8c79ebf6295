"""A grade, or yes and no, given by a tick in one of several columns: 等级 above A | B | C | C#, 达标 | 不达标."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from beicha.intake.book import Sheet
from beicha.intake.cells import is_sign_for_nothing, narrow, shown
from beicha.intake.choices import GradeReader
from beicha.intake.tables import Table
from beicha.intake.ticks import BOXES, TICKS
from beicha.intake.yes_no import read_yes_no
from beicha.words.workbook import NO, YES
from scoring.ledgers import LedgerField

_TICKED = frozenset((*TICKS, "1", "v", "打√", "√√"))
_NOT_TICKED = frozenset((*BOXES, "×", "x", "0", "否"))


@dataclass(frozen=True)
class _Run:
    """Columns side by side, from ``left``, whose headings in ``row`` are the values of one field."""

    row: int
    left: int
    words: tuple[str, ...]

    @property
    def columns(self) -> range:
        """The columns."""
        return range(self.left, self.left + len(self.words))


def fold_ticks(sheet: Sheet, table: Table) -> Table:
    """The table with one column in place of those that are ticked; the sheet's first of them then holds the values.

    Two ticks in a row leave both values in the cell, which its reader refuses.
    """
    for number, field in enumerate(table.ledger.fields):
        value_of = _reader(field)
        run = next(_runs(sheet, table, number, value_of), None) if value_of else None
        if run is not None:
            table = _over(table, number, run)
            _fill_merged(sheet, table, run)
            for at in range(table.first, min(table.end, len(sheet.rows))):
                _fold(sheet, at, run)
    return table


@lru_cache(maxsize=256)
def _reader(field: LedgerField) -> Callable[[str], str] | None:
    """What turns a heading into a value of the field as it is written, "" for other headings; None for other fields."""
    if field.type == "grade":
        grade = GradeReader(field)
        return lru_cache(maxsize=512)(lambda text: grade(text).value or "")
    return _answer if field.type == "yes_no" else None


@lru_cache(maxsize=1024)
def _answer(text: str) -> str:
    answer = read_yes_no(text).value if text and not text.isascii() else None
    return "" if answer is None else YES if answer else NO


def _runs(sheet: Sheet, table: Table, number: int, value_of: Callable[[str], str]) -> Iterator[_Run]:
    """The runs that stand for a field: below its own heading, or where the field has no column and only one can."""
    column = table.match.columns.get(number)
    for row in range(table.top, min(table.first + 1, len(sheet.rows))):
        for run in _runs_in(sheet.rows[row], row, value_of):
            if column in run.columns and (row < table.first or _stands_alone(sheet.rows[row], run)):
                yield run
            if column is None and row < table.first and _is_for(table, number, run):
                yield run


def _runs_in(cells: Sequence[Any], row: int, value_of: Callable[[str], str]) -> Iterator[_Run]:
    words: list[str] = []
    for at, cell in enumerate([*cells, None]):
        word = value_of(cell) if isinstance(cell, str) and 0 < len(cell.strip()) <= _LONGEST_WORD else ""
        if word and word not in words:
            words.append(word)
            continue
        if len(words) > 1:
            yield _Run(row, at - len(words), tuple(words))
        words = [word] if word else []


_LONGEST_WORD = 6


def _stands_alone(cells: Sequence[Any], run: _Run) -> bool:
    """Whether nothing else stands in the row, as in the lower row of headings and in no row of data."""
    return not any(shown(cell) for at, cell in enumerate(cells) if at not in run.columns)


def _is_for(table: Table, number: int, run: _Run) -> bool:
    """Whether no other field without a column could be meant, and no field has one of these columns."""
    fields, taken = table.ledger.fields, table.match.columns
    open_fields = [at for at, field in enumerate(fields) if at not in taken and field.type == fields[number].type]
    return open_fields == [number] and not set(run.columns) & set(taken.values())


def _over(table: Table, number: int, run: _Run) -> Table:
    """The table with the run's first column for the field, and none of the others in need of a word."""
    match, title = table.match, table.ledger.fields[number].title
    changed = replace(
        match,
        columns=match.columns | {number: run.left},
        rivals=tuple(rival for rival in match.rivals if rival.column not in run.columns),
        unclear={column: fields for column, fields in match.unclear.items() if column not in run.columns},
    )
    headings = [("" if at in run.columns else text) for at, text in enumerate(table.headings)]
    headings[run.left] = title
    return replace(table, match=changed, first=max(table.first, run.row + 1), headings=tuple(headings))


def _fill_merged(sheet: Sheet, table: Table, run: _Run) -> None:
    """A tick merged over several rows is a tick in each."""
    for top, left, bottom, _ in sheet.merged:
        if left in run.columns and top >= table.first:
            for cells in sheet.rows[top + 1 : min(bottom + 1, table.end)]:
                cells[left] = sheet.rows[top][left]


def _fold(sheet: Sheet, at: int, run: _Run) -> None:
    cells = sheet.rows[at]
    if (at, run.left) not in sheet.typed:
        said = [_said(cells[column], word) for column, word in zip(run.columns, run.words, strict=True)]
        cells[run.left] = "、".join(text for text in said if text)
    for column in run.columns[1:]:
        cells[column] = ""


def _said(cell: Any, word: str) -> str:
    """The word of the column where the cell is ticked, "" where it is not, and whatever else stands in it."""
    text = shown(cell)
    plain = narrow(text).casefold().strip("()")
    if not plain or plain in _NOT_TICKED or is_sign_for_nothing(text):
        return ""
    return word if plain in _TICKED or plain == word.casefold() else text
