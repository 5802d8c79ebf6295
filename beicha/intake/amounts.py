"""Amounts in words: 670多块, 1.15万幅, 近70人, 100-150, 2.1+1=3.1小时, 一个半小时, 百分之三十."""

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from beicha.intake.numerals import mixed_numeral, numeral, shortened_numeral
from beicha.intake.units import FAMILY

Number = int | float


class Amount(NamedTuple):
    """A number, its unit as it was written, and the code of what has to be said about the reading."""

    number: Number
    unit: str = ""
    code: str = ""


_MULTIPLES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "w": 10_000, "k": 1000}
_SIGNS = "〇零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_DIGITS = r"\d+(?:\.\d+)?"
_UNIT = rf"[^\d\s.,+=*/%~?><≥≤()\-—–至到{_SIGNS}亿半成折点]{{0,8}}?"
_ABOUT_BEFORE = (
    r"(大约|大概|差不多|将近|接近|约|近|逾|超过|超|达到|达|不少于|不低于|至少|多于|大于|高于|少于|小于|低于|不足|不到|未满"
    r"|最多|不超过|共约|上|>=?|<=?|≥|≤|±|~)?"
)
_ABOUT_BEHIND = r"(多|余|来|几|以上|左右|上下|以内|以下|不到|不足|出头|开外|有余|\+)?"
_TOTAL = r"(?:共计|共有|共|合计|总计|累计|总共|计|第|参加|参与|实到|实有|¥|￥)?"
_WORDED = re.compile(
    rf"{_TOTAL}{_ABOUT_BEFORE}([+-]?{_DIGITS}|[{_SIGNS}]+|\d+[百千万][\d{_SIGNS}]*)(多|余|来|几)?(百|千|万|亿|w|k)?"
    rf"{_ABOUT_BEHIND}({_UNIT}|m2|m3){_ABOUT_BEHIND}"
)
_RANGE = re.compile(rf"{_ABOUT_BEFORE}({_DIGITS}){_UNIT}(?:-|~|—|–|至|到){{1,2}}({_DIGITS})({_UNIT})")
_PAIR = re.compile(rf"{_ABOUT_BEFORE}([一二两三四五六七八])([二三四五六七八九])([十百千万]?)(?:多|余|来)?({_UNIT})")
_SUM = re.compile(rf"({_DIGITS}{_UNIT}(?:\+{_DIGITS}{_UNIT})+)(?:=({_DIGITS})({_UNIT}))?")
_PRODUCT = re.compile(rf"({_DIGITS}){_UNIT}[*×x]({_DIGITS}){_UNIT}=({_DIGITS})({_UNIT})")
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_PERCENT = re.compile(rf"({_DIGITS})%")
_IN_WORDS = re.compile(rf"百分之([{_SIGNS}]+|{_DIGITS})")
_TENTHS = re.compile(rf"([{_SIGNS}]+|{_DIGITS})成")
_HALF = re.compile(rf"(?:([{_SIGNS}]+|\d+)(?:个)?)?半(?:个)?(小时|钟头|天)")
_AND_HALF = re.compile(rf"([{_SIGNS}]+|\d+)(?:个)?(小时|钟头|天)半")
_FRACTION = re.compile(r"(\d{0,3}?)(\d)⁄(\d)")
_POINT = re.compile(rf"([{_SIGNS}]+|\d+)点([〇零一二三四五六七八九]|\d+)({_UNIT})")
_EACH = re.compile(_DIGITS)


def amount_in(text: str) -> Amount | None:
    """The one amount of which a text without white space (NFKC, small letters) speaks; None where it is not clear."""
    for read in _READERS:
        found = read(text)
        if found is not None:
            return found
    return None


def _worded(text: str) -> Amount | None:
    """A number with a unit, or with words for about."""
    match = _WORDED.fullmatch(text)
    number = _value(match[2]) if match else None
    if match is None or number is None:
        return None
    unit = match[6]
    if unit not in _PLAIN_UNITS and not _CHINESE.fullmatch(unit):
        return None
    is_about = bool(match[1] or match[3] or match[5] or match[7])
    is_letter = match[4] in ("w", "k")
    is_told = is_letter or unit not in _PLAIN_UNITS
    return Amount(
        number * _MULTIPLES[match[4] or ""], unit, "number_about" if is_about else "number_worded" if is_told else ""
    )


_PLAIN_UNITS = frozenset(FAMILY) | {""}
_CHINESE = re.compile("[\u4e00-\u9fff]+")


def _value(written: str) -> Number | None:
    if written[0] in "+-" or written.replace(".", "", 1).isdecimal():
        return float(written)
    is_a_run = len(written) > 1 and not any(sign in "〇零十百千万拾佰仟廿卅" for sign in written)
    return None if is_a_run and not written.isdecimal() else _with_numerals(written)


def _with_numerals(written: str) -> Number | None:
    number = numeral(written)
    return mixed_numeral(written) if number is None else number


def _range(text: str) -> Amount | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    low, high = float(match[2]), float(match[3])
    return Amount(low, match[4], "number_range") if low <= high else None


def _pair(text: str) -> Amount | None:
    """Two neighbouring numerals, which mean from the one to the other: 五六个, 两三百."""
    match = _PAIR.fullmatch(text)
    low, high = (numeral(match[2]), numeral(match[3])) if match else (None, None)
    if match is None or low is None or high != low + 1:
        return None
    return Amount(low * ({"十": 10} | _MULTIPLES)[match[4]], match[5], "number_range")


def _sum(text: str) -> Amount | None:
    match = _SUM.fullmatch(text)
    if match is None:
        return None
    total = math.fsum(float(part) for part in _EACH.findall(match[1]))
    return _if_right(total, match[2], match[3])


def _product(text: str) -> Amount | None:
    """Only with its result: 60×90 may be a size."""
    match = _PRODUCT.fullmatch(text)
    return _if_right(float(match[1]) * float(match[2]), match[3], match[4]) if match else None


def _if_right(worked_out: float, result: str | None, unit: str | None) -> Amount | None:
    if result is not None and not math.isclose(worked_out, float(result), abs_tol=1e-9):
        return None
    return Amount(worked_out, unit or "", "number_worked_out")


def _share(text: str) -> Amount | None:
    """A percentage or tenths."""
    for pattern, whole in ((_PERCENT, 100), (_IN_WORDS, 100), (_TENTHS, 10)):
        match = pattern.fullmatch(text)
        number = _value(match[1]) if match else None
        if number is not None:
            return Amount(number / whole, "", "number_percent")
    return None


def _halves(text: str) -> Amount | None:
    match = _HALF.fullmatch(text) or _AND_HALF.fullmatch(text)
    if match is None:
        return None
    number = _with_numerals(match[1]) if match[1] else 0
    return None if number is None else Amount(number + 0.5, match[2], "number_worded")


def _fraction(text: str) -> Amount | None:
    """½ and 2½, which NFKC turns into digits around a stroke of their own."""
    match = _FRACTION.fullmatch(text)
    if match is None or match[3] == "0":
        return None
    return Amount(float(match[1] or 0) + int(match[2]) / int(match[3]), "", "number_worded")


def _with_point(text: str) -> Amount | None:
    """一点五 and 1点5."""
    match = _POINT.fullmatch(text)
    number = _with_numerals(match[1]) if match else None
    if match is None or number is None:
        return None
    behind = numeral(match[2]) if not match[2].isdecimal() else match[2]
    return Amount(float(f"{int(number)}.{behind}"), match[3], "number_worded")


def _shortened(text: str) -> Amount | None:
    unit_at = next((at for at, sign in enumerate(text) if sign not in _SIGNS and not sign.isdecimal()), len(text))
    number = shortened_numeral(text[:unit_at])
    return None if number is None else Amount(number, text[unit_at:], "number_worded")


def _exponent(text: str) -> Amount | None:
    return Amount(float(text), "", "number_worded") if _EXPONENT.fullmatch(text) else None


_READERS: tuple[Callable[[str], Amount | None], ...] = (
    _exponent,
    _pair,
    _worded,
    _range,
    _sum,
    _share,
    _halves,
    _shortened,
    _with_point,
    _fraction,
    _product,
)
