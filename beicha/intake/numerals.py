"""Chinese numerals in dates and numbers: 二〇二六年三月五日, 十五人, 一万二千, 壹佰, 1千2百."""

import re

_DIGITS = {sign: digit for digit, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸兩萬", "一二三四五六七八九十百千二三六两万") | {
    ord("廿"): "二十",
    ord("卅"): "三十",
}
_ARABIC = str.maketrans("0123456789", "〇一二三四五六七八九")
_RUN = re.compile(r"(?<!\d)[〇零○0一二三四五六七八九两十百千]+(?=[年月日号季])")
_ALL = re.compile(r"[〇零○一二三四五六七八九两十百千万]+")
_SHORTENED = re.compile(r"(.*[百千万])([一二三四五六七八九])")


def numeral(text: str) -> int | None:
    """The number that the numerals write: place by place (二〇二六) or with units (二十三, 一万二千); else None.

    Nothing is made of 一百五, which people say for 150 and may write for 105.
    """
    text = text.translate(_FORMAL)
    if not _ALL.fullmatch(text):
        return None
    if "万" in text:
        return _with_ten_thousands(text)
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) <= 4 else None
    return _with_units(text)


def mixed_numeral(text: str) -> int | None:
    """The number that numerals and digits write together: 1千2百, 1万2千; None where they do not fit."""
    return numeral(text.translate(_ARABIC))


def shortened_numeral(text: str) -> int | None:
    """The number that is meant by leaving the last unit out, as people speak: 一百五 is 150, 1千2 is 1200."""
    found = _SHORTENED.fullmatch(text.translate(_ARABIC).translate(_FORMAL))
    if found is None:
        return None
    unit = {"百": "十", "千": "百", "万": "千"}[found[1][-1]]
    return numeral(found[0] + unit)


def _with_ten_thousands(text: str) -> int | None:
    head, _, tail = text.partition("万")
    high, low = numeral(head) if head else 1, numeral(tail) if tail else 0
    if high is None or low is None or "万" in tail:
        return None
    fits = not tail or any(sign in _UNITS for sign in tail) or tail[0] in "零〇○"
    return high * 10_000 + low if fits else None


def _with_units(text: str) -> int | None:
    total, digit, last, has_zero = 0, None, 10_000, False
    for sign in text:
        unit = _UNITS.get(sign)
        if unit is None:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[sign]
            has_zero = has_zero or digit == 0
            continue
        if unit >= last:
            return None
        total, digit, last, has_zero = total + (1 if digit is None else digit) * unit, None, unit, False
    if digit and last > 10 and not has_zero:
        return None
    return total + (digit or 0)


def with_digits(text: str) -> str:
    """The text with the numerals before 年, 月, 日, 号 and 季 as digits."""
    return _RUN.sub(_digits_of, text) if _RUN.search(text) else text


def _digits_of(run: re.Match[str]) -> str:
    """A run of numerals as digits; a zero of the keyboard may stand among them, but digits alone stay as they are."""
    number = None if run[0].strip("0") == "" else numeral(run[0].replace("0", "〇"))
    return run[0] if number is None else str(number)
