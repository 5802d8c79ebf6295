"""The reading process: takes a file's bytes on its input and gives plain values on its output, file after file.

It runs apart from the application because a crafted workbook can make the reader take all memory or abort
the process. ``child`` starts it, asks it and ends it.
"""

import gc
import pickle
import struct
import sys
from io import BytesIO
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.guard import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    MOST_SHEETS,
    kind_of,
    open_parts,
)
from beicha.intake.hidden import Hidden, hidden_lines
from beicha.intake.separated import read_separated

MEMORY = 1536 * 2**20
TIRED = 512 * 2**20
"""A process that has once held this much memory ends itself after its answer; the next file gets a fresh one."""

HEADER = struct.Struct(">Q?")
"""Before each message: its length, and in an answer whether it is the last one of this process."""


def read_book(content: bytes) -> Book | Refusal:
    """The sheets in the bytes, or why there are none. Whatever the bytes hold, it raises nothing."""
    kind = kind_of(content)
    if isinstance(kind, Refusal):
        return kind
    if kind == "text":
        return read_separated(content)
    hidden: Hidden = {}
    if kind == "zip":
        parts = open_parts(content)
        if isinstance(parts, Refusal):
            return parts
        hidden = hidden_lines(parts)
        del parts
    return _read_cells(content, hidden)


def _read_cells(content: bytes, hidden: Hidden) -> Book | Refusal:
    try:
        return _sheets(content, hidden)
    except PasswordError:
        return Refusal("encrypted")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the reader is no Exception
        return Refusal("damaged")


def _sheets(content: bytes, hidden: Hidden) -> Book | Refusal:
    workbook = load_workbook(BytesIO(content))
    kept = [(at, data) for at, data in enumerate(workbook.sheets_metadata) if data.typ == SheetTypeEnum.WorkSheet]
    if len(kept) > MOST_SHEETS:
        return Refusal("too_much_inside", {"what": "sheets"})
    sheets, cells = [], 0
    for position, data in kept:
        sheet = workbook.get_sheet_by_index(position)
        cells += _size(sheet)
        if cells > MOST_CELLS or _reaches_too_far(sheet):
            return Refusal("too_much_inside", {"what": "cells"})
        visible = data.visible == SheetVisibleEnum.Visible
        sheets.append(_sheet(sheet, not visible, hidden.get(position, ((), ()))))
    return Book("workbook", tuple(sheets))


def _size(sheet: CalamineSheet) -> int:
    return (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end else 0


def _reaches_too_far(sheet: CalamineSheet) -> bool:
    if sheet.end and (sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS):
        return True
    return len(_merges(sheet)) > MOST_MERGES


def _merges(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _sheet(sheet: CalamineSheet, is_hidden: bool, lines: tuple[tuple[int, ...], tuple[int, ...]]) -> Sheet:
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in _merges(sheet))
    return Sheet(sheet.name, sheet.to_python(skip_empty_area=False), merged, is_hidden, *lines)


def packed(answer: Book | Refusal) -> bytes:
    """The answer as bytes: pickled plain values, in which only classes of dates and times occur."""
    content: tuple[Any, ...]
    if isinstance(answer, Refusal):
        content = (answer.code, answer.values)
    else:
        fields = [(s.name, s.rows, s.merged, s.hidden, s.hidden_rows, s.hidden_columns) for s in answer.sheets]
        content = (answer.kind, fields)
    return pickle.dumps(content, pickle.HIGHEST_PROTOCOL)


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answers until the source ends, or until this process has grown large."""
    is_last = False
    while not is_last and (header := source.read(HEADER.size)):
        length, _ = HEADER.unpack(header)
        answer = packed(read_book(source.read(length)))
        is_last = _memory_held() > TIRED
        target.write(HEADER.pack(len(answer), is_last))
        target.write(answer)
        target.flush()


def limit_memory() -> None:
    """Keeps this process from taking more than its share; without effect where the platform has no such limit."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _memory_held() -> int:
    """The most bytes this process has ever held; 0 where the platform does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def main() -> None:
    """Runs the reading process on its standard input and output."""
    limit_memory()
    gc.disable()  # plain values form no cycles, and the collector would walk all cells again and again
    serve(sys.stdin.buffer, sys.stdout.buffer)
