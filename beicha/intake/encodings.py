"""Bytes to text as clerks' programs write it: UTF-8, UTF-16 with or without its mark, GB18030, or what a page says."""

import codecs
import re

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAMPLE = 4096
_DECLARED = re.compile(rb"""(?:<\?xml[^>]{0,200}encoding|<meta[^>]{0,200}charset)\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}
_ORDINARY = re.compile("[\t\r\n -~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MOSTLY = 0.9


def decoded(content: bytes) -> str | None:
    """The text in the bytes, or None where they are no text in any of these encodings."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        return _without_mark(content)
    declared = _declared(content[:_SAMPLE])
    guesses = ("utf-8", *([declared] if declared else []), "gb18030")
    return next((text for encoding in guesses if (text := _strictly(content, encoding)) is not None), None)


def _declared(beginning: bytes) -> str | None:
    """The encoding that a page or an XML file says it has, None for one that Python does not know."""
    found = _DECLARED.search(beginning)
    name = found[1].decode().lower() if found else ""
    if name in _CHINESE:
        return "gb18030"
    try:
        encoding = codecs.lookup(name).name if name else ""
    except LookupError:
        return None
    return encoding if encoding and not encoding.startswith(("utf-16", "utf-32", "idna", "punycode")) else None


def _without_mark(content: bytes) -> str | None:
    """UTF-16 without its mark, believed where what comes out are mostly Chinese and ordinary signs."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strictly(content, encoding)
        sample = text[:_SAMPLE] if text else ""
        if text and len(_ORDINARY.findall(sample)) > _MOSTLY * len(sample):
            return text
    return None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None
