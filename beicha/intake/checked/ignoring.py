"""A workbook that comes back with our marks in it: they are taken out before anything else is read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from beicha.intake.book import Book, Sheet
from beicha.intake.checked.marks import SIGNS
from beicha.intake.synonyms import heading_key, names
from beicha.intake.vocabulary import Vocabulary
from beicha.words.workbook import CHECK_RESULT

_COLUMNS = ("community_column", "office_column", "visit_day", "criterion_code", "reason", "ordinal")


def without_marks(book: Book, vocabulary: Vocabulary) -> Book:
    """The book as it would be without the columns 校验结果."""
    return replace(book, sheets=tuple(_without(sheet, vocabulary) for sheet in book.sheets))


def _without(sheet: Sheet, vocabulary: Vocabulary) -> Sheet:
    cells = set(chain.from_iterable(sheet.rows))
    if not any(cell.__class__ is str and CHECK_RESULT in cell for cell in cells):
        return sheet
    found = dict(_marked_columns(sheet, vocabulary))
    if not found:
        return sheet
    for column, top in found.items():
        for row in sheet.rows[top:]:
            row[column] = ""
    width = _width(sheet, min(found))
    return replace(sheet, rows=[row[:width] for row in sheet.rows])


def _marked_columns(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """The columns that are ours with the row in which their heading stands, the highest where it stands again."""
    seen: set[int] = set()
    for at, row in enumerate(sheet.rows):
        if CHECK_RESULT not in row and not any(type(cell) is str and CHECK_RESULT in cell for cell in row):
            continue
        for column, cell in enumerate(row):
            is_ours = type(cell) is str and heading_key(cell) == CHECK_RESULT and column not in seen
            if is_ours and (_is_heading(row, column, vocabulary) or _is_above_marks(sheet, at, column)):
                seen.add(column)
                yield column, at


def _is_heading(row: Sequence[Any], column: int, vocabulary: Vocabulary) -> bool:
    """Whether known headings stand beside it; else the word may be what a cell says."""
    known = frozenset().union(*map(names, _COLUMNS))
    texts = (cell for at, cell in enumerate(row) if at != column and type(cell) is str and cell)
    return any(vocabulary.meanings(text) or heading_key(text) in known for text in texts)


def _is_above_marks(sheet: Sheet, at: int, column: int) -> bool:
    below = [row[column] for row in sheet.rows[at + 1 :] if row[column] not in ("", None)]
    return bool(below) and all(type(cell) is str and cell.startswith(tuple(SIGNS.values())) for cell in below)


def _width(sheet: Sheet, least: int) -> int:
    """How many columns are left when those at the end that hold nothing are gone, though never fewer than ``least``."""
    width = len(sheet.rows[0])
    while width > least and all(row[width - 1] in ("", None) for row in sheet.rows):
        width -= 1
    return width
