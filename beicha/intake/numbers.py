"""Numbers as clerks write them: 670多块, 1.15万幅, 近70人, 2.5小时, （4分）, 2.1+1=3.1小时, 100-150."""

import math
import re
from datetime import date, time, timedelta
from typing import Any

from beicha.intake.cells import Cell, narrow, shown
from beicha.intake.numerals import numeral
from scoring.ledgers import LedgerField

Number = int | float

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_QUICK = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:人次?|场次?|次|块|处|幅|个|条|份|名|分|元|小时)?")
"""Numbers alone or with the usual units, which most cells hold; all others take the longer way."""
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)")
_MULTIPLES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_UNIT = r"[^\d\s.,+=*/%~\-—–至到]{0,8}?"
_NUMBER = r"([+-]?\d+(?:\.\d+)?|[一二三四五六七八九十两百千]+)"
_ABOUT_BEFORE = r"(约|大约|近|将近|逾|超过|超|达|不少于|不低于|至少|多于|最多|不超过|共约|>=?|<=?|≥|≤|±)?"
_ABOUT_BEHIND = r"(多|余|来|几|以上|左右|上下|以内|以下|\+)?"
_WORDED = re.compile(
    rf"(?:共|共计|合计|总计|累计|计|第)?{_ABOUT_BEFORE}{_NUMBER}(多|余|来|几)?(百|千|万|亿)?{_ABOUT_BEHIND}"
    rf"({_UNIT}){_ABOUT_BEHIND}"
)
_RANGE = re.compile(rf"([+]?\d+(?:\.\d+)?){_UNIT}(?:-|~|—|–|--|至|到){{1,2}}(\d+(?:\.\d+)?)({_UNIT})")
_SUM = re.compile(rf"(\d+(?:\.\d+)?{_UNIT}(?:\+\d+(?:\.\d+)?{_UNIT})+)(?:=(\d+(?:\.\d+)?){_UNIT})?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_IN_BRACKETS = re.compile(r"[(\[【](.*)[)\]】]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


class NumberReader:
    """Reads the cells of a column of whole or decimal numbers."""

    def __init__(self, field: LedgerField) -> None:
        self._is_whole = field.type == "whole"
        self._usual = field.usual

    def __call__(self, value: Any) -> Cell:
        """The number of a cell; a warning where it had to be worked out, an error where there is none."""
        if isinstance(value, bool):
            return Cell(None, "number_unreadable")
        if isinstance(value, (int, float)):
            return self._checked(value) if math.isfinite(value) else Cell(None, "number_unreadable")
        if isinstance(value, (date, time, timedelta)):
            return Cell(None, "number_is_date")
        text = shown(value)
        quick = _QUICK.fullmatch(text)
        return self._checked(float(quick[1])) if quick else self._of_text(narrow(text).replace("−", "-"))

    def _of_text(self, text: str) -> Cell:
        if "," in text:
            text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
        if _PLAIN.fullmatch(text):
            return self._checked(float(text))
        found = _worded(text) or _worked_out(text)
        if found is None:
            return Cell(None, "number_unreadable")
        return self._checked(*found)

    def _checked(self, number: Number, code: str = "") -> Cell:
        exact = _tidy(number)
        values: dict[str, Any] = {"read": exact}
        if not code and self._is_whole and not isinstance(exact, int):
            code = "number_not_whole"
        if not code and self._usual is not None and not self._usual[0] <= exact <= self._usual[1]:
            code = "number_unusual"
            values |= {"low": _tidy(self._usual[0]), "high": _tidy(self._usual[1])}
        return Cell(exact, code, values) if code else Cell(exact)


def _tidy(number: Number) -> Number:
    """A whole number as int; else rounded to what a clerk could have meant."""
    return int(number) if float(number).is_integer() else round(float(number), 10)


def _worded(text: str) -> tuple[Number, str] | None:
    """A number with a unit or with words for about, which make it a warning."""
    inner = _IN_BRACKETS.fullmatch(text)
    text = inner[1] if inner else text
    match = _WORDED.fullmatch(text)
    if match is None:
        return None
    before, written, *_ = match.groups()
    number = _value(written)
    if number is None or (written.isdigit() and match[6] and _hides_a_number(match[6])):
        return None
    about = bool(before or match[3] or match[5] or match[7])
    return number * _MULTIPLES[match[4] or ""], "number_about" if about else ""


def _value(written: str) -> Number | None:
    return float(written) if _PLAIN.fullmatch(written) else numeral(written)


def _hides_a_number(unit: str) -> bool:
    return any(sign in "一二三四五六七八九十百千万亿" for sign in unit)


def _worked_out(text: str) -> tuple[Number, str] | None:
    """A range, a sum or a percentage; each comes with its warning."""
    span = _RANGE.fullmatch(text)
    if span:
        low, high = float(span[1]), float(span[2])
        return (low, "number_range") if low <= high else None
    total = _SUM.fullmatch(text)
    if total:
        return _of_sum(total[1], total[2])
    percent = _PERCENT.fullmatch(text)
    return (float(percent[1]) / 100, "number_percent") if percent else None


def _of_sum(addends: str, result: str | None) -> tuple[Number, str] | None:
    worked_out = math.fsum(float(part) for part in _DIGITS.findall(addends))
    if result is not None and not math.isclose(worked_out, float(result), abs_tol=1e-9):
        return None
    return worked_out, "number_worked_out"
