"""Numbers as they stand on screens and papers: half up, two decimals for scores, no needless zeros for counts.

And those that stand in addresses, where anybody may write anything.
"""

import math
from decimal import ROUND_HALF_UP, Decimal

NONE = "–"
"""Stands for a score that there is not: never 0, never 100."""

_LONGEST_NUMBER = 12


def number_in(text: str) -> int:
    """The number that an address names; raises LookupError where it is none, or longer than any that is given out."""
    if not (text.isascii() and text.isdecimal()) or len(text) > _LONGEST_NUMBER:
        raise LookupError("the address names no number")
    return int(text)


def rounded(number: float, places: int = 2) -> Decimal:
    """The number rounded half up, after the last digits that float64 cannot hold are dropped (0.285 is 0.29)."""
    return Decimal(f"{number:.9f}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def score(number: float | None) -> str:
    """A score or points with two decimals, such as 87.30; a dash where there is none."""
    if number is None or math.isnan(number):
        return NONE
    text = str(rounded(number))
    return "0.00" if text == "-0.00" else text


def signed(number: float | None) -> str:
    """A difference with its sign, such as +2.30 or −2.30; a dash where there is none."""
    text = score(number)
    if text in (NONE, "0.00"):
        return text
    return text.replace("-", "−") if text.startswith("-") else f"+{text}"


def plain(number: float | None) -> str:
    """A count or points without needless zeros, such as 3, 2.5 or 0.33; a dash where there is none."""
    if number is None or math.isnan(number):
        return NONE
    text = f"{rounded(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(fraction: float | None) -> str:
    """A fraction as a percentage without needless zeros, such as 66% or 33.33%; a dash where there is none."""
    return NONE if fraction is None or math.isnan(fraction) else f"{plain(fraction * 100)}%"
