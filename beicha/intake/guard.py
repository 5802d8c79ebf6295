"""A look at the bytes before anything parses them: what kind of file it is, and whether it is one to open at all."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812  zlib's own name says nothing here

from beicha.intake.book import Refusal
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
MOST_SHEETS = 60
MOST_MERGES = 20_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "DataSpaces".encode("utf-16-le"))
_XLS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_WEB = re.compile(rb"\s*(<!doctype html|<html|<table|<\?xml|<meta|<head|mime-version:)", re.I)
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DOCTYPE = b"<!DOCTYPE"
_ENCRYPTED_MEMBER = 1


def refuse_size(content: bytes) -> Refusal | None:
    """Why a file is too large or too empty to be looked at, or None."""
    if len(content) > LARGEST_FILE:
        return Refusal("too_large", {"size": f"{len(content) / 2**20:.1f}", "limit": LARGEST_FILE // 2**20})
    return None if content.strip(b"\0 \t\r\n") else Refusal("empty_file")


def kind_of(content: bytes) -> str | Refusal:
    """``zip``, ``ole`` or ``text`` by the first bytes, or why the file cannot be any of them."""
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(_BOMS):
        return "text"
    if _WEB.match(content.removeprefix(b"\xef\xbb\xbf")):
        return Refusal("web_page")
    return Refusal("not_a_workbook") if b"\0" in content else "text"


def _kind_of_ole(content: bytes) -> str | Refusal:
    if any(mark in content for mark in _ENCRYPTED):
        return Refusal("encrypted")
    return "ole" if any(mark in content for mark in _XLS) else Refusal("not_a_workbook")


def open_parts(content: bytes) -> Parts | Refusal:
    """The inflated parts of a zipped workbook without its pictures, or why it is not to be opened."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            refusal = _refuse_members(members)
            return refusal or _inflated(archive, members)
    except (BadZipFile, ZlibError, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        return Refusal("damaged")


def _refuse_members(members: list[ZipInfo]) -> Refusal | None:
    names = [member.filename.replace("\\", "/").lower() for member in members]
    if any(member.flag_bits & _ENCRYPTED_MEMBER for member in members):
        return Refusal("encrypted")
    if not any(name.startswith("xl/workbook") or name == "content.xml" for name in names):
        return Refusal("not_a_workbook")
    if len(names) > MOST_PARTS:
        return Refusal("too_much_inside", {"what": "parts"})
    if len(set(names)) < len(names):
        return Refusal("unsafe_workbook", {"what": "twice"})
    return _refuse_sizes(members)


def _refuse_sizes(members: list[ZipInfo]) -> Refusal | None:
    inside = sum(member.file_size for member in members if not _is_media(member))
    media = sum(member.file_size for member in members if _is_media(member))
    if inside > LARGEST_INSIDE or media > LARGEST_MEDIA:
        return Refusal("too_much_inside", {"what": "sizes"})
    if any(_is_bomb(member) for member in members):
        return Refusal("unsafe_workbook", {"what": "packed"})
    return None


def _is_media(member: ZipInfo) -> bool:
    return "/media/" in member.filename.replace("\\", "/").lower()


def _is_bomb(member: ZipInfo) -> bool:
    return member.file_size > RATIO_FROM and member.file_size > LARGEST_RATIO * max(member.compress_size, 1)


def _inflated(archive: ZipFile, members: list[ZipInfo]) -> Parts | Refusal:
    # A part that inflates to more than it declares fails its checksum here, so the declared sizes hold.
    parts = {member.filename: archive.read(member) for member in members if not _is_media(member)}
    for name, part in parts.items():
        if name.lower().endswith((".xml", ".rels")) and _DOCTYPE in part:
            return Refusal("unsafe_workbook", {"what": "doctype"})
    return parts
