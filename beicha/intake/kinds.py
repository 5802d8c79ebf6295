"""What kind of file the bytes are, told by what they begin with and hold, never by the name they were given."""

import re
from collections.abc import Callable

from beicha.intake.book import Refusal

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROOT = "Root Entry".encode("utf-16-le")
_BEGINNING = 4096
_MOST_CONTROL = 0.1
_CONTROL = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})

_PICTURES = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|RIFF.{4}WEBP|II\*\0|MM\0\*|.{4}ftyp(?:heic|heix|hevc|mif1|avif)",
    re.S,
)
_ARCHIVES = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|PK\x05\x06|PK\x07\x08|.{257}ustar", re.S)
_WEB_ARCHIVE = re.compile(rb"\s*(?:mime-version:|from: <saved by|content-type: multipart/related)", re.I)
_SHORTCUTS = re.compile(rb"L\0\0\0\x01\x14\x02\0|\s*\[InternetShortcut\]", re.I)
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|table|head|meta|body|div|style)\b", re.I | re.S
)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_OPEN_DOCUMENT = "<office:document"
_LOCK_FILES = (162, 165)
"""The sizes of what Word and Excel leave beside a file that is open: ~$name."""
_LONGEST_USER = 54

_INSIDE_OLE: tuple[tuple[str, str], ...] = (
    ("DRMEncrypted", "rights_managed"),
    ("\tDRMContent", "rights_managed"),
    ("EncryptedPackage", "encrypted"),
    ("Workbook", ""),
    ("Book", ""),
    ("WordDocument", "is_document"),
    ("PowerPoint Document", "is_presentation"),
)
"""Streams of a compound file, the most telling first, and the reason why it cannot be read, if any."""


def kind_of(content: bytes) -> str | Refusal:
    """``zip``, ``ole`` or ``text``, or why the file can be none of them."""
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    return next((Refusal(code) for code, is_so in _OTHERS if is_so(content)), "text")


def kind_of_text(text: str) -> str:
    """``page`` for HTML, ``xml_workbook`` for a spreadsheet of Excel 2003, ``flat`` for a flat .fods, ``xml`` for
    any other XML, and else ``separated``.
    """
    beginning = text[:_BEGINNING].lstrip("\ufeff")
    if beginning.lstrip().startswith("<") and _SPREADSHEET in beginning and not _WEB_PAGE.match(beginning):
        return "xml_workbook"
    if _OPEN_DOCUMENT in beginning and beginning.lstrip().startswith("<"):
        return "flat"
    if _WEB_PAGE.match(beginning):
        return "page"
    return "xml" if beginning.lstrip().startswith("<?xml") else "separated"


def _kind_of_ole(content: bytes) -> str | Refusal:
    for stream, code in _INSIDE_OLE:
        if stream.encode("utf-16-le") in content:
            return Refusal(code) if code else "ole"
    return Refusal("not_a_workbook" if _ROOT in content else "damaged")


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _is_rich_text(content: bytes) -> bool:
    return content.lstrip().startswith(b"{\\rtf")


def _is_lock_file(content: bytes) -> bool:
    return len(content) in _LOCK_FILES and 0 < content[0] <= _LONGEST_USER and b"\0" in content


def _is_binary(content: bytes) -> bool:
    """Whether a file holds more signs that no text has than a damaged text could."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    beginning = content[:_BEGINNING].replace(b"\0", b"")
    control = len(beginning) - len(beginning.translate(None, _CONTROL))
    return control > _MOST_CONTROL * len(beginning)


_OTHERS: tuple[tuple[str, Callable[[bytes], object]], ...] = (
    ("is_picture", _PICTURES.match),
    ("is_pdf", _is_pdf),
    ("is_archive", _ARCHIVES.match),
    ("is_document", _is_rich_text),
    ("is_web_archive", _WEB_ARCHIVE.match),
    ("is_shortcut", _SHORTCUTS.match),
    ("is_lock_file", _is_lock_file),
    ("not_a_workbook", _is_binary),
)


def kind_of_package(names: list[str]) -> str | Refusal:
    """``workbook`` or ``open`` (an .ods) by the names of the parts, or what else the archive is."""
    if any(name.startswith("xl/workbook") for name in names):
        return "workbook"
    if any(name.startswith("word/") for name in names):
        return Refusal("is_document")
    if any(name.startswith("ppt/") for name in names):
        return Refusal("is_presentation")
    if "ofd.xml" in names:
        return Refusal("is_pdf")
    return "open" if "content.xml" in names else Refusal("is_archive")
