"""Text files with separated values (CSV, TSV), as Excel, WPS and data bases save them: one sheet of texts."""

import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice
from typing import Any

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.guard import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from beicha.intake.package import LONGEST_TEXT

SHEET = ""
"""A text file's only sheet has no name of its own."""

_SEPARATORS = ",\t;|"
_SAMPLE = 20
_SAMPLE_LENGTH = 20_000
_QUOTED = re.compile(r'"[^"]*"')
_SAID = re.compile(r"sep=([,;\t|])\r?\n", re.I)
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_TOO_MUCH = Refusal("too_much_inside", {"what": "cells"})


def read_separated(text: str) -> Book | Refusal:
    """The one sheet of a text file, or why it is none."""
    said = _SAID.match(text)
    separator = said[1] if said else _separator(text)
    lines = csv.reader(StringIO(text[said.end() :] if said else text, newline=""), delimiter=separator)
    rows: list[list[Any]] = []
    csv.field_size_limit(LONGEST_TEXT)
    try:
        for row in islice(lines, MOST_ROWS + 1):
            if len(row) > MOST_COLUMNS:
                return _TOO_MUCH
            rows.append(row)
    except csv.Error as found:
        return Refusal("too_much_inside", {"what": "text"}) if "limit" in str(found) else Refusal("damaged")
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or len(rows) * width > MOST_CELLS:
        return _TOO_MUCH
    return Book("text", (Sheet(SHEET, [_cells(row, width) for row in rows]),))


def _cells(row: list[str], width: int) -> list[Any]:
    """The cells of a line; ="00123" is how a program keeps Excel from taking a text for a number."""
    cells: list[Any] = [
        kept[1] if cell.startswith('="') and (kept := _KEPT_AS_TEXT.fullmatch(cell)) else cell for cell in row
    ]
    return cells + [""] * (width - len(cells))


def _separator(text: str) -> str:
    """The separator that parts the first lines most evenly outside of quotes; the comma where none does."""
    lines = _QUOTED.sub("", text[:_SAMPLE_LENGTH]).splitlines()[:_SAMPLE]
    return max(_SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> int:
    """How many separators stand in lines that have equally many of them."""
    counts = Counter(line.count(separator) for line in lines)
    return max(count * lines for count, lines in counts.items()) if counts else 0
