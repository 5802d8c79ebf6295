"""What the reader hands back: the sheets of a workbook as plain values, or why there are none."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

LETTERS = 26


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet. ``rows[0][0]`` is A1; a blank is "" (or None); all rows have the same length.

    ``merged`` holds the merged ranges as (top, left, bottom, right), counted from 0, both ends included.
    ``hidden_rows`` and ``hidden_columns`` are counted from 1, as Excel does. ``pictures`` holds row and column of
    a cell, counted from 0, and the number of pictures it has; ``unplaced`` counts those of which the file does not
    say where they are. ``unstored`` holds row and column, counted likewise, of formulas whose value is not in the
    file (their cells are blank). A formula's error stands in its cell as a text.
    ``since_1904``: the numbers that stand for days count from 1904 on, in a date column without its format too.
    ``typed`` holds the cells, counted likewise, that a person put right after the file was sent.
    """

    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    pictures: tuple[tuple[int, int, int], ...] = ()
    unstored: tuple[tuple[int, int], ...] = ()
    unplaced: int = 0
    since_1904: bool = False
    typed: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a workbook in their order, and codes of the catalogue for what is to be said of the whole file.

    ``kind`` is ``workbook``, or ``text`` where the only sheet has no name (CSV, a page with one table).
    """

    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the bytes are no workbook: a code of the catalogue and what its sentence needs."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=512)
def letter(column: int) -> str:
    """The letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def position(letters: str) -> int:
    """The column of a letter, counted from 0: A is 0, AA is 26; raises ValueError for what is no letter of a column."""
    if not (letters.isascii() and letters.isalpha() and letters.isupper()):
        raise ValueError(f"{letters!r} is no column")
    column = 0
    for sign in letters:
        column = column * LETTERS + ord(sign) - ord("A") + 1
    return column - 1
