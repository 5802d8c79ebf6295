"""The way to the reading process: one warm process, started when needed, killed and started anew when it must be.

Time is limited on every platform, memory where the ``resource`` module is (not on Windows, where nothing of this
has been tried).
"""

import atexit
import os
import pickle
import subprocess
import sys
import threading
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.guard import refuse_size
from beicha.intake.worker import HEADER

SECONDS = 20.0
"""A file that takes longer is given up."""

_ROOT = Path(__file__).resolve().parents[2]
_START = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from beicha.intake.worker import main; main()"
_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "134217728", "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_ARENA_MAX": "1"}
"""Asks the C library to keep memory from file to file: fetching it anew costs a fifth of the reading."""

_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG")
"""Of the environment the process gets no more than it needs to start: nothing that opens a database."""

_PLAIN = {"date": date, "datetime": datetime, "time": time, "timedelta": timedelta}


class Reader:
    """Reads files in a process of its own, one at a time. Safe to use from several threads."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: _Process | None = None

    def read(self, content: bytes) -> Book | Refusal:
        """The sheets in the bytes, or why there are none; never an exception for what the bytes hold."""
        refusal = refuse_size(content)
        if refusal:
            return refusal
        with self._lock:
            was_warm = self._is_warm()
            answer = self._ask(content)
            # A process that has served before may have died of something else than this file.
            if answer is None and was_warm:
                answer = self._ask(content)
            return answer or Refusal("reader_stopped")

    def close(self) -> None:
        """Ends the process, if there is one; the next file starts another."""
        with self._lock:
            self._drop()

    def _is_warm(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def _ask(self, content: bytes) -> Book | Refusal | None:
        if not self._is_warm():
            self._drop()
            self._process = _Process()
        assert self._process is not None, "a process was just started"
        answer, keeps_running = self._process.ask(content, self._seconds)
        if not keeps_running:
            self._drop()
        return answer

    def _drop(self) -> None:
        if self._process is not None:
            self._process.end()
        self._process = None


class _Process:
    """One reading process and the pipes to it."""

    def __init__(self) -> None:
        self._owner = os.getpid()
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

    def ask(self, content: bytes, seconds: float) -> tuple[Book | Refusal | None, bool]:
        """The answer, or None where the process died over it; and whether the process can be asked again."""
        timed_out = threading.Event()
        watch = threading.Timer(seconds, self._give_up, [timed_out])
        watch.daemon = True
        watch.start()
        try:
            answer, is_last = self._exchange(content)
        except (OSError, EOFError):
            answer, is_last = None, True
        finally:
            watch.cancel()
        if timed_out.is_set():
            return Refusal("took_too_long", {"seconds": f"{seconds:g}"}), False
        return (None if answer is None else unpacked(answer)), not is_last

    def end(self) -> None:
        """Closes the pipes and waits for the end, which is at once: there is nothing to save."""
        if self._owner != os.getpid():
            return  # a copy of the parent after a fork has no business with the parent's child
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process.wait()

    def _give_up(self, timed_out: threading.Event) -> None:
        timed_out.set()
        self._process.kill()

    def _exchange(self, content: bytes) -> tuple[bytes, bool]:
        source, target = self._process.stdout, self._process.stdin
        assert source is not None, "the process was started with pipes"
        assert target is not None, "the process was started with pipes"
        target.write(HEADER.pack(len(content), False))
        target.write(content)
        target.flush()
        length, is_last = HEADER.unpack(_exactly(source, HEADER.size))
        return _exactly(source, length), is_last


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


def unpacked(answer: bytes) -> Book | Refusal:
    """The answer of the reading process as a value; a refusal where it holds anything but plain values."""
    try:
        head, content = _PlainUnpickler(BytesIO(answer)).load()
    except pickle.UnpicklingError:
        return Refusal("damaged")
    if isinstance(content, dict):
        return Refusal(head, content)
    return Book(head, tuple(Sheet(*fields) for fields in content))


_reader = Reader()
atexit.register(_reader.close)


def read_book(content: bytes) -> Book | Refusal:
    """The sheets in a file's bytes, read in this application's reading process, or why there are none."""
    return _reader.read(content)
