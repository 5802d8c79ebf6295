"""What reading one cell gives, and texts as they are cleaned."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    "|\u200d(?![\u2600-\u27bf\U0001f300-\U0001faff])"
)
"""Control and zero-width characters; the joiner stays where it makes one emoji of two."""
_ESCAPED = re.compile(r"_x00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])_|_x000[Dd]_\n?")
_SIGNS_FOR_NOTHING = "-‐‑‒–—―﹘﹣－_＿/／\\＼·•・.．。…~～〜,，、;；:：()（）[]［］【】"
_NOTHING = re.compile(rf"[{re.escape(_SIGNS_FOR_NOTHING)}\s]*")
_VARIANTS = re.compile("[\ufe00-\ufe0f]")
_LONGEST_WHOLE = 1e21
"""Whole numbers below are shown digit by digit, as a person would have typed them."""

_ERRORS = frozenset(
    (
        "#DIV/0",
        "#N/A",
        "#NAME",
        "#NULL",
        "#NUM",
        "#REF",
        "#VALUE",
        "#SPILL",
        "#CALC",
        "#FIELD",
        "#BLOCKED",
        "#GETTING_DATA",
    )
)


class Cell(NamedTuple):
    """The value of a cell (None: blank or unreadable), and the problem it has, if any, with what its sentence needs."""

    value: Any
    code: str = ""
    values: dict[str, Any] | None = None


BLANK = Cell(None)


def cleaned(text: str) -> str:
    """The text without control and zero-width characters and without white space around it."""
    # All that is unseen is not printable, which is told much faster.
    if not text.isprintable() and _UNSEEN.search(text):
        text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "_x00" in text:
        text = _ESCAPED.sub(lambda found: "\n" if "0d" in found[0].lower() else "", text)
    return text.strip()


def shown(value: Any) -> str:
    """A raw cell as a person sees it: whole numbers without a point, dates as 2026-03-05, the rest as text."""
    if value.__class__ is str:
        return value.strip() if value.isprintable() and "_x00" not in value else cleaned(value)
    if value.__class__ is date:
        return str(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _LONGEST_WHOLE else f"{value:.12g}"
    if isinstance(value, datetime):
        at_midnight = value.time() == time(0)
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def is_sign_for_nothing(text: str) -> bool:
    """Whether the text consists of such signs as /, — and （ ） that people write for nothing."""
    # "" is in every text; the first sign settles it for nearly all others.
    is_likely = text[:1] in _SIGNS_FOR_NOTHING or text[0].isspace()
    return is_likely and _NOTHING.fullmatch(text) is not None


def is_error(text: str) -> bool:
    """Whether the text is what a cell shows whose formula failed."""
    return text[:1] in ("#", "＃") and narrow(text).rstrip("!?").upper() in _ERRORS


def narrow(text: str) -> str:
    """The text after NFKC, without white space: the form in which numbers, dates and choices are compared."""
    return _VARIANTS.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def read_text(value: Any) -> Cell:
    """A cell as text, line breaks kept."""
    return Cell(shown(value) or None)
