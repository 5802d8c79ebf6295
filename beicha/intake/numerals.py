"""Chinese numerals in dates and numbers: 二〇二六年三月五日, 十五人."""

import re

_DIGITS = {sign: digit for digit, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_RUN = re.compile(r"[〇零○一二三四五六七八九两十百千]+(?=[年月日号季])")
_ALL = re.compile(r"[〇零○一二三四五六七八九两十百千]+")


def numeral(text: str) -> int | None:
    """The number that the numerals write, up to 9999: place by place (二〇二六) or with units (二十三); else None."""
    if not _ALL.fullmatch(text):
        return None
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) <= 4 else None
    return _with_units(text)


def _with_units(text: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for sign in text:
        unit = _UNITS.get(sign)
        if unit is None:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[sign]
            continue
        if unit >= last:
            return None
        total, digit, last = total + (1 if digit is None else digit) * unit, None, unit
    return total + (digit or 0)


def with_digits(text: str) -> str:
    """The text with the numerals before 年, 月, 日, 号 and 季 as digits."""
    if not _RUN.search(text):
        return text
    return _RUN.sub(lambda run: str(numeral(run[0]) if numeral(run[0]) is not None else run[0]), text)
