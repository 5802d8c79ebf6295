"""The way to the reading processes: a few warm ones, started when needed, killed and started anew when they must be.

One file that hangs or kills its process leaves the others their turn. The time to wait is limited here, on every
platform; what a process may take of the machine, in ``limits``.
"""

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.checked.marks import Marks, to_bytes
from beicha.intake.guard import refuse_size
from beicha.intake.limits import ended_by_itself, ended_by_time
from beicha.intake.watch import Watch
from beicha.intake.worker import HEADER, LENGTH, Answer, State, Work

SECONDS = 20.0
"""A file that takes longer is given up."""

PROCESSES = 2
"""So many files are read at once; the others wait for their turn."""

_ROOT = Path(__file__).resolve().parents[2]
_START = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from beicha.intake.worker import main; main()"
_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "134217728", "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_ARENA_MAX": "1"}
"""Asks the C library to keep memory from file to file: fetching it anew costs a fifth of the reading."""

_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG")
"""Of the environment the process gets no more than it needs to start: nothing that opens a database."""

_watch = Watch()

_PLAIN = {"date": date, "datetime": datetime, "time": time, "timedelta": timedelta}


class Reader:
    """Has files read in processes of its own, a few at a time. Safe to use from several threads."""

    def __init__(self, seconds: float = SECONDS, processes: int = PROCESSES) -> None:
        self._seconds = seconds
        self._turns = threading.Semaphore(processes)
        self._idle: deque[_Process] = deque()

    def read(self, content: bytes) -> Book | Refusal:
        """The sheets in the bytes, or why there are none; never an exception for what the bytes hold."""
        answer = refuse_size(content) or self.ask(Work.READ, content)
        if isinstance(answer, Refusal):
            return answer
        kind, (sheets, notes) = answer
        return Book(kind, tuple(Sheet(*fields) for fields in sheets), notes)

    def ask(self, work: Work, content: bytes) -> Answer | Refusal:
        """What a process makes of the bytes, or why it made nothing."""
        with self._turns:
            process = self._warm()
            if process is not None:
                answer = self._answer(process, work, content)
                if answer is not None:
                    return answer
                if process.died_of_the_file:
                    return Refusal("reader_stopped")
                # A process that has served before may have died of something else than this file.
            return self._answer(_Process(), work, content) or Refusal("reader_stopped")

    def close(self) -> None:
        """Ends the processes that wait; the next file starts another."""
        while (process := self._next()) is not None:
            process.end()

    def _answer(self, process: "_Process", work: Work, content: bytes) -> Answer | Refusal | None:
        answer, keeps_running = process.ask(work, content, self._seconds)
        if keeps_running:
            self._idle.append(process)
        else:
            process.end()
        return answer

    def _warm(self) -> "_Process | None":
        """A process that has served before and waits, the one that did so last."""
        while (process := self._next()) is not None:
            if process.is_alive():
                return process
            process.end()
        return None

    def _next(self) -> "_Process | None":
        try:
            return self._idle.pop()
        except IndexError:
            return None


class _Process:
    """One reading process and the pipes to it."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._state: int = State.ROOMY
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and our own words
            [sys.executable, "-I", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: os.environ[key] for key in _PASSED_ON if key in os.environ} | _KEEP_MEMORY,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            start_new_session=True,  # the terminal's Ctrl-C is for the application, which then ends this one
        )

    def is_alive(self) -> bool:
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, work: Work, content: bytes, seconds: float) -> tuple[Answer | Refusal | None, bool]:
        """The answer, or None where the process died over it; and whether the process can be asked again."""
        mark = _watch.begin(seconds, self._process.kill)
        try:
            answer, self._state = self._exchange(work, content)
        except (OSError, EOFError):
            self.end()
            answer = None
        finally:
            is_late = _watch.is_late(mark)
        if is_late or (answer is None and ended_by_time(self._process.returncode)):
            return Refusal("took_too_long", {"seconds": f"{seconds:g}"}), False
        return (None, False) if answer is None else (unpacked(answer), self._state != State.LAST)

    @property
    def died_of_the_file(self) -> bool:
        """Whether the process, once dead, ended of what it was asked last, and a fresh one would have no more room."""
        return self._state == State.ROOMY and ended_by_itself(self._process.returncode)

    def end(self) -> None:
        """Closes the pipes and waits for the end, which is at once: there is nothing to save."""
        if self._owner != os.getpid():
            return  # a copy of the parent after a fork has no business with the parent's child
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process.wait()

    def _exchange(self, work: Work, content: bytes) -> tuple[bytes, int]:
        source, target = self._process.stdout, self._process.stdin
        assert source is not None, "the process was started with pipes"
        assert target is not None, "the process was started with pipes"
        target.write(HEADER.pack(len(content), work))
        target.write(content)
        target.flush()
        length, state = HEADER.unpack(_exactly(source, HEADER.size))
        return _exactly(source, length), state


def _exactly(source: Any, length: int) -> bytes:
    content: bytes = source.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was still to be written to a dead process is of no use


class _PlainUnpickler(pickle.Unpickler):
    """Lets in dates and times, and nothing else that has a name: no bytes of a file can call anything here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _PLAIN:
            return _PLAIN[name]
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def unpacked(answer: bytes) -> Answer | Refusal:
    """The answer of the reading process; a refusal also where it holds anything but plain values."""
    try:
        head, content = _PlainUnpickler(BytesIO(answer)).load()
    except pickle.UnpicklingError:
        return Refusal("damaged")
    return Refusal(head, content) if isinstance(content, dict) else (head, content)


_reader = Reader()
atexit.register(_reader.close)


def read_book(content: bytes) -> Book | Refusal:
    """The sheets in a file's bytes, read in one of this application's reading processes, or why there are none."""
    return _reader.read(content)


def mark_book(content: bytes, marks: Marks) -> tuple[str, bytes] | Refusal:
    """The suffix and the bytes of the workbook with these marks set in it, or why there is none."""
    said = to_bytes(marks)
    return refuse_size(content) or _reader.ask(Work.MARK, LENGTH.pack(len(said)) + said + content)
