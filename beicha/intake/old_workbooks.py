"""Workbooks of Excel 5 and 95 (.xls): whether they are locked, and their Chinese texts.

Their texts are bytes in the code page of the machine that wrote them, which the reader of cells takes one by one,
so that a Chinese sign is lost. It is therefore told that they are Western ones, which loses no byte, and the bytes
are put together afterwards.
"""

import re
from dataclasses import replace
from typing import Any

from beicha.intake.book import Book

_BEGIN = rb"\x09\x08[\x08\x10]\0\0[\x05\x06]\x05\0"
_LOCKED = re.compile(_BEGIN + rb"(?:.{4}|.{12})(?:\x86\0\0\0)?\x2f\0", re.S)
_BEGIN_OF_95 = re.compile(rb"\x09\x08[\x08\x10]\0\0\x05\x05\0")
_CHINESE_PAGE, _WESTERN_PAGE = b"\x42\0\x02\0\xa8\x03", b"\x42\0\x02\0\xe4\x04"
_NOT_WESTERN = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_BYTES = {chr(at) if at in _NOT_WESTERN else bytes((at,)).decode("cp1252"): at for at in range(256)}


def is_locked(content: bytes) -> bool:
    """Whether a .xls of any age has a password."""
    return _LOCKED.search(content) is not None


def as_western(content: bytes) -> bytes | None:
    """The workbook as one of Western texts, where it is a Chinese one of Excel 5 or 95; else None."""
    begin = _BEGIN_OF_95.search(content)
    at = content.find(_CHINESE_PAGE, begin.end()) if begin else -1
    return None if at < 0 else content[:at] + _WESTERN_PAGE + content[at + len(_WESTERN_PAGE) :]


def as_chinese(book: Book) -> Book:
    """The book with its Western texts read as what their bytes say in Chinese."""
    sheets = tuple(
        replace(sheet, name=_chinese(sheet.name), rows=[[_chinese(cell) for cell in row] for row in sheet.rows])
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def _chinese(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    return bytes(_BYTES[sign] for sign in cell if sign in _BYTES).decode("gb18030", "replace")
