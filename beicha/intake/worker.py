"""The reading process: takes requests on its input and gives plain values on its output, file after file.

It runs apart from the application because a crafted workbook can make the reader take all memory or abort
the process. ``child`` starts it, asks it and ends it. A request is a ``HEADER`` with the kind of work and the bytes
it is about; what the bytes are is the kind's own matter. An answer is a ``HEADER`` with the state of this process,
and a pickled pair of a word and a plain value: a refusal's code with its values in a dict, or a word of the kind's
own with what it made.
"""

import gc
import pickle
import struct
import sys
from collections.abc import Callable
from dataclasses import fields
from enum import IntEnum
from typing import Any, BinaryIO

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.limits import grant_time, limit_process, memory_held
from beicha.intake.opening import open_book

TIRED = 512 * 2**20
"""A process that has once held this much memory ends itself after its answer; the next file gets a fresh one."""

ROOMY = 64 * 2**20
"""A process that has never held more than this has as much room for the next file as a fresh one, but for a little."""

HEADER = struct.Struct(">QB")
"""Before each message: its length; in a request the kind of work, in an answer a ``State``."""

LENGTH = struct.Struct(">Q")
"""Before the marks in a request to set them."""

Answer = tuple[str, Any]
"""A word and a plain value, in which of all classes only those of dates and times occur."""


class State(IntEnum):
    """How the process is after an answer: as good as fresh, grown by the memory it held, or at its end."""

    ROOMY = 0
    LAST = 1
    GROWN = 2


class Work(IntEnum):
    """The kinds of work that the process does."""

    READ = 1
    MARK = 2


def read(content: bytes) -> Answer:
    """The kind of a book with the fields of its sheets and its notes, or a refusal."""
    book = open_book(content)
    return refused(book) if isinstance(book, Refusal) else (book.kind, (_plain(book), book.notes))


def mark(content: bytes) -> Answer:
    """The suffix and the bytes of a marked workbook, or a refusal; before the workbook stand its marks."""
    # Most processes read only, and what marks is slow to load.
    from beicha.intake.checked.marking import marked_workbook
    from beicha.intake.checked.marks import from_bytes

    (length,) = LENGTH.unpack_from(content)
    start = LENGTH.size + length
    marked = marked_workbook(content[start:], from_bytes(content[LENGTH.size : start]))
    return refused(marked) if isinstance(marked, Refusal) else marked


def refused(refusal: Refusal) -> Answer:
    """A refusal as an answer of any kind of work."""
    return refusal.code, refusal.values


def _plain(book: Book) -> list[tuple[Any, ...]]:
    return [tuple(getattr(sheet, field.name) for field in fields(Sheet)) for sheet in book.sheets]


WORK: dict[int, Callable[[bytes], Answer]] = {Work.READ: read, Work.MARK: mark}


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answers until the source ends, or until this process has grown large."""
    state = State.ROOMY
    while state != State.LAST and (header := source.read(HEADER.size)):
        length, kind = HEADER.unpack(header)
        content = source.read(length)
        grant_time()
        answer = pickle.dumps(WORK[kind](content), pickle.HIGHEST_PROTOCOL)
        held = memory_held()
        state = State.LAST if held > TIRED else State.GROWN if held > ROOMY else State.ROOMY
        target.write(HEADER.pack(len(answer), state))
        target.write(answer)
        target.flush()


def main() -> None:
    """Runs the reading process on its standard input and output."""
    limit_process()
    gc.disable()  # plain values form no cycles, and the collector would walk all cells again and again
    serve(sys.stdin.buffer, sys.stdout.buffer)
