"""What in a text is a person's own: identity numbers and mobile phones, told from counts, dates and other numbers.

An identity number (GB 11643) has a province, a day of birth that is a day, and a last sign that checks the others; the
old ones of fifteen digits lack the last sign. Excel keeps only fifteen digits of a number that was typed as one: such
a number is known by its province and day alone.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

Kind = Literal["identity", "cut", "phone"]
"""An identity number, one of which Excel has lost the last digits, a mobile phone."""

_SHORTEST = len("3.3E+17")
_LEAST, _MOST = 1e10, 1e18
"""Numbers in cells that are phones or identity numbers lie between."""

_PLAIN = str.maketrans("０１２３４５６７８９ＸｘＥｅ＋－．　\u00a0‐‑–—", "0123456789XxEe+-.  ----")
"""Full width to plain, sign by sign, so that places in the text stay the same."""
_GAP = r"[ \-·\t]?"
_LIKELY = re.compile(r"\d(?:\D?\d){10}|[Ee\uff25\uff45][+\uff0b]?[1\uff11][7\uff17]")
"""Eleven digits of any width, at most one sign between two: quick to look for, and most texts have none."""
_BEFORE, _AFTER = r"(?<![0-9])(?<![0-9]\.)", r"(?![0-9]|\.[0-9])"
_LONG = re.compile(rf"{_BEFORE}[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx×]{_AFTER}")
_SHORT = re.compile(rf"{_BEFORE}[1-9][0-9]{{5}}{_GAP}[0-9]{{6}}{_GAP}[0-9]{{3}}(?![Xx]){_AFTER}")
_SCIENTIFIC = re.compile(r"(?<![0-9.])[1-9](?:\.[0-9]{0,16})?[Ee]\+?17(?![0-9])")
_PHONE = re.compile(
    rf"{_BEFORE}(?:(?:\+|00)?86[ \-]{{0,2}})?(?:"
    rf"1[3-9][0-9]{_GAP}(?:[0-9]{{4}}{_GAP}[0-9]{{4}}|[0-9]{{3}}{_GAP}[0-9]{{5}})|1 [3-9](?: [0-9]){{9}}"
    rf"){_AFTER}"
)
_SIGNS = re.compile(r"[^0-9Xx×]")

_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
) | {"71", "81", "82", "83"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_YEAR = 1880


class Found(NamedTuple):
    """Where one stands in a text, from ``start`` to before ``end``, and how it reads in plain width."""

    kind: Kind
    start: int
    end: int
    text: str


def found_in(text: str) -> list[Found]:
    """The identity numbers and phones in a text, in its order; they never overlap."""
    if not may_hold(text):
        return []
    plain = text.translate(_PLAIN)
    taken: list[Found] = []
    for one in _candidates(plain):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def may_hold(value: Any) -> bool:
    """Whether it is worth a closer look: what most cells fail at once."""
    kind = value.__class__
    if kind is str:
        return len(value) >= _SHORTEST and _LIKELY.search(value) is not None
    return (kind is int or kind is float) and _LEAST < value < _MOST


def kind_of(value: Any) -> Kind | None:
    """What the value of a cell holds, be it a text or a number; the gravest where there are several."""
    if value.__class__ is str:
        found = {one.kind for one in found_in(value)}
        return next((kind for kind in _GRAVE_FIRST if kind in found), None)
    if value.__class__ is int or (value.__class__ is float and value.is_integer()):
        return kind_of(str(int(value))) if _LEAST < value < _MOST else None
    return None


_GRAVE_FIRST: tuple[Kind, ...] = ("identity", "cut", "phone")


def _candidates(plain: str) -> Iterator[Found]:
    """All that may be one, the surest first."""
    for match in _LONG.finditer(plain):
        kind = _kind_of_long(_SIGNS.sub("", match[0]).upper().replace("×", "X"))
        if kind:
            yield Found(kind, *match.span(), match[0])
    for match in _SHORT.finditer(plain):
        digits = _SIGNS.sub("", match[0])
        if _is_province(digits) and _is_day(f"19{digits[6:12]}"):
            yield Found("identity", *match.span(), match[0])
    for match in _PHONE.finditer(plain):
        yield Found("phone", *match.span(), match[0])
    for match in _SCIENTIFIC.finditer(plain):
        if _is_province(match[0].replace(".", "")[:2]):
            yield Found("cut", *match.span(), match[0])


def _kind_of_long(signs: str) -> Kind | None:
    if not _is_province(signs) or not _is_day(signs[6:14]):
        return None
    if _CHECKS[sum(int(sign) * weight for sign, weight in zip(signs, _WEIGHTS, strict=False)) % 11] == signs[17]:
        return "identity"
    return "cut" if signs.isdecimal() and _may_have_been_number(signs) else None


def _may_have_been_number(digits: str) -> bool:
    """Whether a spreadsheet may have rounded it: Excel to fifteen digits, other programs to the nearest number."""
    return digits.endswith("000") or int(float(digits)) == int(digits)


def _is_province(signs: str) -> bool:
    """Whether it begins with a province's digits; a foreigner's card has a 9 before them."""
    return signs[:2] in _PROVINCES or (signs[0] == "9" and signs[1:3] in _PROVINCES)


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year >= _FIRST_YEAR
    except ValueError:
        return False
