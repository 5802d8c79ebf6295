"""One stream of a compound file, as which an .xls and an .et lie on the disk: its sectors put together.

The allocation table is not believed: chains end where they leave the file, and none is longer than the file itself.
A broken file gives as much of the stream as can be followed.
"""

import struct
from collections.abc import Sequence
from typing import NamedTuple

_SIZES = struct.Struct("<30xHH")
_PLACES = struct.Struct("<48xI4xII4xI")
_FIRST_TABLES, _TABLES_IN_HEADER = 76, 109
_HEADER = 512
_SECTOR_SHIFTS, _SMALL_SHIFT = (9, 12), 6
_ENTRY = struct.Struct("<64sHB49xII4x")
_IS_STREAM = 2


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


class _File:
    """The sectors of a compound file and the table that chains them."""

    def __init__(self, content: bytes, shift: int) -> None:
        self._content, self._size = content, 1 << shift
        self._most = len(content) >> shift
        self.directory, self._smallest, self._small_table, more = _PLACES.unpack_from(content)
        tables = [*struct.unpack_from(f"<{_TABLES_IN_HEADER}I", content, _FIRST_TABLES)]
        for _ in range(self._most):
            listed = _numbers(self._sector(more))
            if not listed:
                break
            more = listed.pop()
            tables += listed
        self._table = _numbers(b"".join(map(self._sector, tables[: self._most])))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def joined(self, start: int) -> bytes:
        """The bytes of the sectors from this one on."""
        return b"".join(map(self._sector, _chain(self._table, start, self._most)))

    def stream(self, entry: _Entry, root: _Entry) -> bytes:
        """The bytes of a stream; a small one lies in small sectors inside the stream of the root."""
        if entry.size >= self._smallest:
            return self.joined(entry.start)[: entry.size]
        room, size = self.joined(root.start), 1 << _SMALL_SHIFT
        chain = _chain(_numbers(self.joined(self._small_table)), entry.start, len(room) >> _SMALL_SHIFT)
        return b"".join(room[at * size : (at + 1) * size] for at in chain)[: entry.size]


def stream_of(content: bytes, names: Sequence[str]) -> bytes:
    """The first of the named streams that is there, as far as it can be followed; b"" where there is none."""
    if len(content) < _HEADER:
        return b""
    shift, small = _SIZES.unpack_from(content)
    if shift not in _SECTOR_SHIFTS or small != _SMALL_SHIFT:
        return b""
    file = _File(content, shift)
    directory = file.joined(file.directory)
    entries = [_entry(directory, at) for at in range(0, len(directory) - _ENTRY.size + 1, _ENTRY.size)]
    streams = {entry.name: entry for entry in entries if entry.kind == _IS_STREAM}
    return next((file.stream(streams[name], entries[0]) for name in names if name in streams), b"")


def _entry(directory: bytes, at: int) -> _Entry:
    name, length, kind, start, size = _ENTRY.unpack_from(directory, at)
    return _Entry(name[: max(0, length - 2)].decode("utf-16-le", "replace"), kind, start, size)


def _numbers(sectors: bytes) -> list[int]:
    return [*struct.unpack(f"<{len(sectors) // 4}I", sectors[: len(sectors) // 4 * 4])]


def _chain(table: Sequence[int], start: int, most: int) -> list[int]:
    """The sectors that follow each other from the first on; a chain that bites its tail ends after ``most``."""
    chain: list[int] = []
    while start < len(table) and len(chain) < most:
        chain.append(start)
        start = table[start]
    return chain
