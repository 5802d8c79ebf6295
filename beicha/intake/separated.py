"""Text files with separated values (CSV), as Excel and WPS save them: one sheet of texts."""

import csv
from io import StringIO
from itertools import islice

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.guard import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

SHEET = ""
"""A text file's only sheet has no name of its own."""

_SEPARATORS = "\t,;|"
_SAMPLE = 20
_LONGEST_CELL = 2**20


def read_separated(content: bytes) -> Book | Refusal:
    """The one sheet of a text file in UTF-8, UTF-16 with its mark, or GB18030; or why it is none."""
    text = _decoded(content)
    if text is None:
        return Refusal("not_a_workbook")
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
    try:
        rows: list[list[object]] = [list(row) for row in islice(lines, MOST_ROWS + 1)]
    except csv.Error:
        return Refusal("damaged")
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS or len(rows) * width > MOST_CELLS:
        return Refusal("too_much_inside", {"what": "cells"})
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Book("text", (Sheet(SHEET, rows),))


def _decoded(content: bytes) -> str | None:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _separator(text: str) -> str:
    """The separator that stands most often in the first lines; the comma where none does."""
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    return max(_SEPARATORS, key=lambda separator: (sample.count(separator), separator == ","))
