"""A look at the bytes before anything parses them: whether a file is one to open at all, and its parts inflated.

What a package says of its sizes is not believed: every part but the pictures is inflated here, and counted on the way.
"""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from beicha.intake.book import Refusal
from beicha.intake.kinds import kind_of_package
from beicha.intake.package import Parts

LARGEST_FILE = 20 * 2**20
LARGEST_INSIDE = 100 * 2**20
LARGEST_MEDIA = 80 * 2**20
LARGEST_RATIO = 100
RATIO_FROM = 2**20
MOST_PARTS = 2000
MOST_ROWS = 50_000
MOST_COLUMNS = 300
MOST_CELLS = 2_000_000
"""Filled or not, of all sheets together, from A1 to the last filled row and column."""
MOST_FILLED = 600_000
"""What a whole district enters in a month: 50 000 rows of twelve columns."""
MOST_SHEETS = 60
MOST_MERGES = 20_000

_ENCRYPTED_MEMBER = 1
_LISTED = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s22xHH")
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_WITHOUT_MARKUP = (".bin", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")


class _RefusedError(Exception):
    """Carries a refusal out of the inflating."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refuse_size(content: bytes) -> Refusal | None:
    """Why a file is too large or too empty to be looked at, or None."""
    if len(content) > LARGEST_FILE:
        return Refusal("too_large", {"size": f"{len(content) / 2**20:.1f}", "limit": LARGEST_FILE // 2**20})
    return None if content.strip(b"\0 \t\r\n") else Refusal("empty_file")


def open_parts(content: bytes) -> Parts | Refusal:
    """The inflated parts of a zipped workbook without its pictures, or why it is not to be opened."""
    if content.count(_LISTED) > 4 * MOST_PARTS:
        return Refusal("too_much_inside", {"what": "parts"})
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
        return _refuse_members(members) or _inflated(content, members)
    except _RefusedError as found:
        return found.refusal
    except (BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        return Refusal("damaged")


def _refuse_members(members: list[ZipInfo]) -> Refusal | None:
    names = [member.filename.replace("\\", "/").lower() for member in members]
    kind = kind_of_package(names)
    if isinstance(kind, Refusal):
        return kind
    if any(member.flag_bits & _ENCRYPTED_MEMBER for member in members):
        return Refusal("encrypted")
    if len(names) > MOST_PARTS:
        return Refusal("too_much_inside", {"what": "parts"})
    if len(set(names)) < len(names):
        return Refusal("unsafe_workbook", {"what": "twice"})
    if sum(member.file_size for member in members if _is_media(member)) > LARGEST_MEDIA:
        return Refusal("too_much_inside", {"what": "sizes"})
    return None


def _is_media(member: ZipInfo) -> bool:
    return "/media/" in member.filename.replace("\\", "/").lower()


def _inflated(content: bytes, members: list[ZipInfo]) -> Parts:
    parts: Parts = {}
    room = LARGEST_INSIDE
    for member in members:
        if not _is_media(member) and not member.is_dir():
            part = _inflate(content, member, room)
            room -= len(part)
            parts[member.filename] = _checked(member.filename, part)
    return parts


def _inflate(content: bytes, member: ZipInfo, room: int) -> bytes:
    """The bytes of a part, of which there may be ``room`` at the most."""
    mark, name, extra = _LOCAL.unpack_from(content, member.header_offset)
    start = member.header_offset + _LOCAL.size + name + extra
    packed = content[start : start + member.compress_size]
    if mark != b"PK\x03\x04" or len(packed) < member.compress_size:
        raise _RefusedError(Refusal("damaged"))
    most = min(room, max(RATIO_FROM, LARGEST_RATIO * len(packed)))
    part = _unpacked(packed, member.compress_type, most)
    if len(part) > most:
        is_bomb = most < room
        what = ("unsafe_workbook", "packed") if is_bomb else ("too_much_inside", "sizes")
        raise _RefusedError(Refusal(what[0], {"what": what[1]}))
    if len(part) != member.file_size or zlib.crc32(part) != member.CRC:
        raise _RefusedError(Refusal("damaged"))
    return part


def _unpacked(packed: bytes, method: int, most: int) -> bytes:
    """The content of a part, cut off one byte after ``most``."""
    if method == ZIP_STORED:
        return packed
    if method != ZIP_DEFLATED:
        raise _RefusedError(Refusal("damaged"))
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    part = stream.decompress(packed, most + 1)
    if not stream.eof and len(part) <= most:
        raise _RefusedError(Refusal("damaged"))
    return part


def _checked(name: str, part: bytes) -> bytes:
    """The part in an encoding that has the signs of ASCII in their places; refused if it has a document type."""
    encoding = _UTF16.get(part[:2])
    if encoding is not None:
        part = part.decode(encoding, "replace").encode()
    if b"<!DOCTYPE" in part and not name.lower().endswith(_WITHOUT_MARKUP):
        raise _RefusedError(Refusal("unsafe_workbook", {"what": "doctype"}))
    return part
