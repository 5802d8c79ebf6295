"""A zip of many files: what lies in it, each member guarded alone, and what is left out and why.

Nothing is written to a disk, so a member's path is text to be shown and no place. Names are decoded as the archiver
wrote them: old Windows and WinRAR zips hold GBK without saying so, macOS zips UTF-8 without saying so.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from stat import S_ISLNK
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import crc32
from zlib import error as ZlibError  # noqa: N812  zlib's own name says nothing here

from beicha.intake.book import Refusal
from beicha.intake.guard import LARGEST_FILE, LARGEST_RATIO, RATIO_FROM

LARGEST_ARCHIVE = 200 * 2**20
MOST_MEMBERS = 500
MOST_ENTRIES = 999
"""Folders and what is left out counted too."""
MOST_FILES = 1000
LARGEST_TOTAL = 300 * 2**20
"""So many files, so large together, are taken in one upload, zips counted by what is in them."""

_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_OTHERS = {b"Rar!\x1a\x07": "rar", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b\x08": "gz"}
_LONGEST_MARK = 8
_OF_WORKBOOKS = ("[Content_Types].xml", "mimetype", "content.xml")
_END, _END_64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q")
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_LONGEST_COMMENT = 2**16
_LARGEST_LIST = 4 * 2**20
_CAN_UNPACK = (0, 8)
_IS_ENCRYPTED, _IS_UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075
_SYSTEM = re.compile(r"(^|/)(__MACOSX/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.I)
_LOCK = re.compile(r"(^|/)(~\$|\.~lock\.)[^/]*$")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_PATH = 240
_CHINESE = re.compile("[\u4e00-\u9fff]")

_UNREADABLE = (BadZipFile, ZlibError, EOFError, ValueError, NotImplementedError, RuntimeError, OSError, struct.error)


@dataclass(frozen=True)
class Member:
    """A member: its path as text, and its bytes or else why they are not read."""

    path: str
    content: bytes = b""
    refusal: Refusal | None = None


def archive_kind(source: BinaryIO) -> str:
    """``zip`` for a zip that is no workbook itself, ``rar``, ``7z`` or ``gz``; "" for any other file."""
    source.seek(0)
    beginning = source.read(_LONGEST_MARK)
    for mark, kind in _OTHERS.items():
        if beginning.startswith(mark):
            return kind
    if beginning.startswith(_EMPTY_ZIP):
        return "zip"
    return "zip" if beginning.startswith(_ZIP) and not _is_workbook(source) else ""


def _is_workbook(source: BinaryIO) -> bool:
    """Whether the names in the zip are those of a workbook or another document; one that is broken is one as well."""
    if _list_size(source) is None:
        return True
    try:
        with ZipFile(source) as opened:
            names = {info.filename.replace("\\", "/") for info in opened.infolist()}
    except _UNREADABLE:
        return True
    return any(name in names for name in _OF_WORKBOOKS) or any(name.startswith("xl/") for name in names)


class Archive:
    """An opened zip; ``open_archive`` makes it."""

    def __init__(self, opened: ZipFile) -> None:
        self._opened = opened
        self._infos = opened.infolist()
        self._paths = _decoded(self._infos)

    def __len__(self) -> int:
        return len(self._infos)

    def members(self, room: int = LARGEST_TOTAL) -> Iterator[Member]:
        """The members in their order, one at a time; once they are larger together than ``room``, no more are read."""
        for info, path in zip(self._infos, self._paths, strict=True):
            refusal = _refuse(info, path)
            content = self._inflated(info) if refusal is None else refusal
            if isinstance(content, bytes) and len(content) > room:
                room, content = 0, Refusal("archive_too_much", {"limit": LARGEST_TOTAL // 2**20})
            if isinstance(content, Refusal):
                yield Member(path, refusal=content)
                continue
            room -= len(content)
            yield Member(path, content)

    def _inflated(self, info: ZipInfo) -> bytes | Refusal:
        """The bytes, counted while they are inflated: what a member declares is not believed."""
        try:
            with self._opened.open(info) as packed:
                content = packed.read(LARGEST_FILE + 1)
        except _UNREADABLE:
            return Refusal("archive_damaged")
        if len(content) > LARGEST_FILE:
            return _too_large(max(info.file_size, len(content)))
        if _is_packed_tightly(len(content), info):
            return Refusal("archive_unsafe", {"what": "packed"})
        return _refuse_content(content) or content


def open_archive(source: BinaryIO, most: int = MOST_MEMBERS) -> Archive | Refusal:
    """The zip, or why it is not opened at all; ``most`` is how many files there is room for.

    Its bytes are read from the source as they are needed, never all at once.
    """
    length = source.seek(0, SEEK_END)
    if length > LARGEST_ARCHIVE:
        size, limit = f"{length / 2**20:.1f}", LARGEST_ARCHIVE // 2**20
        return Refusal("archive_too_large", {"size": size, "limit": limit})
    if _list_size(source) is None:
        return Refusal("archive_damaged")
    try:
        opened = ZipFile(source)
    except _UNREADABLE:
        return Refusal("archive_damaged")
    files = sum(not info.is_dir() for info in opened.infolist())
    if not files:
        return Refusal("archive_empty")
    limit, entries = min(most, MOST_MEMBERS), len(opened.infolist())
    if files > limit or entries > MOST_ENTRIES:
        return Refusal("archive_too_many", {"count": max(files, entries), "limit": limit})
    return Archive(opened)


def _list_size(source: BinaryIO) -> int | None:
    """The size of the list of members, so that no list is read that would fill the memory; None where it would."""
    before = _LOCATOR_SIZE + _END_64.size
    source.seek(max(0, source.seek(0, SEEK_END) - before - _END.size - _LONGEST_COMMENT))
    tail = source.read()
    end = tail.rfind(_EMPTY_ZIP)
    if end < 0 or len(tail) < end + _END.size:
        return None
    size: int = _END.unpack_from(tail, end)[5]
    locator = end - _LOCATOR_SIZE
    if locator >= _END_64.size and tail[locator : locator + 4] == _LOCATOR:
        size = max(size, _END_64.unpack_from(tail, locator - _END_64.size)[8])
    return size if size <= _LARGEST_LIST else None


def _refuse(info: ZipInfo, path: str) -> Refusal | None:
    """Why a member is not read, as far as the list of members tells."""
    if info.is_dir() or path.endswith("/"):
        return _left_out("folder")
    if _SYSTEM.search(path):
        return _left_out("system")
    if _LOCK.search(path):
        return _left_out("lock")
    if ".." in path.split("/") or path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return Refusal("archive_unsafe", {"what": "outside"})
    if S_ISLNK(info.external_attr >> 16):
        return Refusal("archive_unsafe", {"what": "link"})
    if info.flag_bits & _IS_ENCRYPTED:
        return Refusal("archive_encrypted")
    if info.compress_type not in _CAN_UNPACK:
        return Refusal("archive_packing")
    return _too_large(info.file_size) if info.file_size > LARGEST_FILE else None


def _left_out(what: str) -> Refusal:
    return Refusal("archive_left_out", {"what": what})


def _too_large(size: int) -> Refusal:
    return Refusal("too_large", {"size": f"{size / 2**20:.1f}", "limit": LARGEST_FILE // 2**20})


def _is_packed_tightly(size: int, info: ZipInfo) -> bool:
    return size > RATIO_FROM and size > LARGEST_RATIO * max(info.compress_size, 1)


def _refuse_content(content: bytes) -> Refusal | None:
    kind = archive_kind(BytesIO(content))
    return Refusal("archive_nested", {"kind": kind}) if kind else None


def _decoded(infos: Sequence[ZipInfo]) -> list[str]:
    """The members' paths as a person wrote them. One archiver wrote them all, so one encoding is looked for."""
    raw = [info.orig_filename.encode("cp437") for info in infos if not _says_utf8(info)]
    encoding = _encoding_of([name for name in raw if not name.isascii()])
    return [_cleaned(_unicode_path(info) or _text(info, encoding)) for info in infos]


def _says_utf8(info: ZipInfo) -> bool:
    return bool(info.flag_bits & _IS_UTF8)


def _encoding_of(names: Sequence[bytes]) -> str:
    """UTF-8 where all names are and one is Chinese in it, for names in GBK may pass for UTF-8 by chance."""
    try:
        texts = [name.decode("utf-8") for name in names]
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8" if any(_CHINESE.search(text) for text in texts) else "gb18030"


def _text(info: ZipInfo, encoding: str) -> str:
    if _says_utf8(info):
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    for known in (encoding, "utf-8", "gb18030"):
        try:
            return raw.decode(known)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _unicode_path(info: ZipInfo) -> str:
    """The name in UTF-8 that WinRAR and others write beside the old one; "" where there is none that belongs to it."""
    extra = info.extra
    while len(extra) >= 4:
        number, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if number == _UNICODE_PATH and len(field) > 5 and not _says_utf8(info):
            (checksum,) = struct.unpack_from("<L", field, 1)
            if checksum == crc32(info.orig_filename.encode("cp437")):
                return field[5:].decode("utf-8", errors="replace")
    return ""


def _cleaned(path: str) -> str:
    seen = _UNSEEN.sub("", path.replace("\\", "/"))
    return seen if len(seen) <= _LONGEST_PATH else "…" + seen[1 - _LONGEST_PATH :]
