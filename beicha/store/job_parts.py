"""The bytes of a job's files in parts: a zip of 200 MB is never whole in memory while it waits or is unpacked.

A database driver copies a value several times on its way in and out, so the values are kept small.
"""

import io
from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from beicha.store.schema import job_parts

PART = 4 * 2**20


def keep(change: Connection, job: int, position: int, content: bytes) -> None:
    """Keep the bytes of a file."""
    for number, start in enumerate(range(0, len(content), PART)):
        values = {"job": job, "position": position, "number": number, "content": content[start : start + PART]}
        change.execute(insert(job_parts).values(**values))


def whole(view: Connection, job: int, position: int) -> bytes:
    """All bytes of a file."""
    chosen = (job_parts.c.job == job) & (job_parts.c.position == position)
    rows = view.execute(select(job_parts.c.content).where(chosen).order_by(job_parts.c.number)).scalars()
    return b"".join(bytes(row) for row in rows)


def part(view: Connection, job: int, position: int, number: int) -> bytes | None:
    """One part of a file, counted from 0; None where it is dropped."""
    chosen = (job_parts.c.job == job) & (job_parts.c.position == position) & (job_parts.c.number == number)
    found = view.execute(select(job_parts.c.content).where(chosen)).scalar_one_or_none()
    return None if found is None else bytes(found)


class Parts(io.RawIOBase):
    """A file of so many bytes to be read from any place; ``fetch`` gets a part by its number, one being held."""

    def __init__(self, size: int, fetch: Callable[[int], bytes]) -> None:
        super().__init__()
        self._size, self._fetch = size, fetch
        self._at = 0
        self._number, self._part = -1, b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, and tell it; the same ways of counting as with any file."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("there is nothing before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Fill the buffer as far as the part at hand reaches."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PART)
        if number != self._number:
            self._part = b""  # the old part goes before the new one comes
            self._number, self._part = number, self._fetch(number)
        piece = memoryview(self._part)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
