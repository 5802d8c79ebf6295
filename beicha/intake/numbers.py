"""Numbers as clerks write them, read in the unit of their column; what is not plain comes with a word about it."""

import math
import re
import unicodedata
from datetime import date, time, timedelta
from typing import Any

from beicha.intake.amounts import Amount, Number, amount_in
from beicha.intake.cells import Cell, narrow, shown
from beicha.intake.units import FAMILY, converted, fits, wanted_family
from scoring.ledgers import LedgerField

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_QUICK = re.compile(r"([0-9]+(?:\.[0-9]+)?)(人次?|场次?|次|块|处|幅|个|条|份|名|分|元|小时)?")
"""Numbers alone or with the usual units, which most cells hold; all others take the longer way."""
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_GAP = re.compile(r"[\d.,，．]\s+[\d.．]")
_THOUSANDS_APART = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?")
_POINT_FOR_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MOST = 1e15
"""Excel keeps fifteen digits; a number beyond counts nothing in an office."""
_NONE = frozenset(("无", "没有", "没", "没开展", "未开展", "无此项", "none"))
_AMOUNTLESS = re.compile(
    r"若干|很多|许多|不少|较多|多|多人|全部|全体|所有|全员|几|几十|数十|数百|几百|大量|少量|部分|一些"
)
_LETTER_IN_DIGITS = re.compile(r"[olizs](?=[\d.]*\d)|(?<=\d)[oliz](?![a-z])|^[oli](?=\D?$)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::00)?")
_HOURS_AND_MINUTES = re.compile(r"(\d+)(?:个?小时|时|h)([0-5]?\d)(?:分钟?|min)?")
_PART = re.compile(r"(\d+(?:\.\d+)?)([^\d\s.,;/、+()]{1,4})[,;/、+()]*")
_REMARK = re.compile(r"(.+?)[(\[【]([^()\[\]【】]*)[)\]】]")
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_LONGEST = 100
"""A longer text is no number, and searching it would take its time."""
_ENDINGS = "。.,;、!:"


class NumberReader:
    """Reads the cells of a column of whole or decimal numbers."""

    def __init__(self, field: LedgerField) -> None:
        self._is_whole = field.type == "whole"
        self._usual = field.usual
        self._title = field.title
        self._wanted = wanted_family(field.title)

    def __call__(self, value: Any) -> Cell:
        """The number of a cell; a warning where it had to be worked out, an error where there is none."""
        if isinstance(value, bool):
            return Cell(None, "number_unreadable")
        if isinstance(value, (int, float)):
            return self._checked(value)
        if isinstance(value, (date, time, timedelta)):
            return self._of_clock(value)
        text = shown(value)
        if len(text) > _LONGEST:
            return Cell(None, "number_unreadable")
        quick = _QUICK.fullmatch(text)
        if quick and not _POINT_FOR_THOUSANDS.match(text) and fits(quick[2] or "", self._wanted):
            return self._checked(float(quick[1]))
        if _GAP.search(text):
            return self._with_gap(text)
        return self._of_text(narrow(text).replace("−", "-").casefold())

    def _with_gap(self, text: str) -> Cell:
        """White space between digits parts the thousands, or two numbers."""
        if _THOUSANDS_APART.fullmatch(unicodedata.normalize("NFKC", text)):
            return self._checked(float(narrow(text)), "number_worded")
        return Cell(None, "number_several")

    def _of_text(self, text: str) -> Cell:
        if "," in text:
            text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
        if _PLAIN.fullmatch(text):
            return self._of_plain(text)
        text = text.rstrip(_ENDINGS) or text
        inner = _IN_BRACKETS.fullmatch(text)
        text = inner[1] if inner else text
        if text in _NONE:
            return self._checked(0, "number_none")
        found = self._one_amount(text)
        return Cell(None, _why_not(text)) if found is None else self._of_amount(found)

    def _of_plain(self, text: str) -> Cell:
        """A plain number in text; its point may have been meant to part the thousands."""
        if _POINT_FOR_THOUSANDS.fullmatch(text) and (self._is_whole or text.endswith("0")):
            return self._checked(float(text), "number_ambiguous", {"other": text.replace(".", "")})
        return self._checked(float(text))

    def _one_amount(self, text: str) -> Amount | None:
        return amount_in(text) or self._with_minutes(text) or self._of_parts(text) or self._with_remark(text)

    def _with_minutes(self, text: str) -> Amount | None:
        """1小时30分 or 1:30 in a column of hours."""
        match = _HOURS_AND_MINUTES.fullmatch(text) or _CLOCK.fullmatch(text)
        if match is None or self._wanted != "hours":
            return None
        return Amount(int(match[1]) + int(match[2]) / 60, "", "number_by_unit")

    def _of_parts(self, text: str) -> Amount | None:
        """3场/45人: the part whose unit the heading names."""
        if "".join(match[0] for match in _PART.finditer(text)) != text:
            return None
        parts = [(match[1], match[2]) for match in _PART.finditer(text)]
        wanted = [number for number, unit in parts if self._is_named(unit)]
        return Amount(float(wanted[0]), "", "number_by_unit") if len(wanted) == 1 and len(parts) > 1 else None

    def _is_named(self, unit: str) -> bool:
        family = FAMILY.get(unit)
        return family is not None and (unit in self._title or (family == self._wanted and family not in ("", "things")))

    def _with_remark(self, text: str) -> Amount | None:
        """50人(含志愿者5人): what stands before the brackets."""
        match = _REMARK.fullmatch(text)
        found = (amount_in(match[1]) or _plain_amount(match[1])) if match else None
        if match is None or found is None:
            return None
        if found.unit + match[2] in FAMILY:
            return found._replace(unit=found.unit + match[2])
        return found._replace(code=found.code or "number_worded")

    def _of_amount(self, found: Amount) -> Cell:
        in_unit = converted(found.number, found.unit, self._wanted)
        if in_unit is not None:
            return self._checked(in_unit, "number_by_unit")
        if found.code or fits(found.unit, self._wanted):
            return self._checked(found.number, found.code)
        return self._checked(found.number, "number_other_unit", {"unit": found.unit})

    def _of_clock(self, value: date | time | timedelta) -> Cell:
        """A time of the clock in a column of hours, as Excel keeps 2:30; every other one is a mistake."""
        if self._wanted != "hours" or isinstance(value, date):
            return Cell(None, "number_is_date")
        span = value if isinstance(value, timedelta) else timedelta(hours=value.hour, minutes=value.minute)
        return self._checked(span / timedelta(hours=1), "number_by_unit")

    def _checked(self, number: Number, code: str = "", more: dict[str, Any] | None = None) -> Cell:
        if not math.isfinite(number) or abs(number) >= _MOST:
            return Cell(None, "number_unreadable")
        exact = _tidy(number)
        values: dict[str, Any] = {"read": exact, **(more or {})}
        if not code and self._is_whole and not isinstance(exact, int):
            code = "number_not_whole"
        if not code and self._usual is not None and not self._usual[0] <= exact <= self._usual[1]:
            code = "number_unusual"
            values |= {"low": _tidy(self._usual[0]), "high": _tidy(self._usual[1])}
        if not code and exact < 0:
            code = "number_negative"
        return Cell(exact, code, values) if code else Cell(exact)


def _tidy(number: Number) -> Number:
    """A whole number as int; else rounded to what a clerk could have meant."""
    rounded = round(float(number), 10)
    return int(rounded) if rounded.is_integer() else rounded


def _plain_amount(text: str) -> Amount | None:
    return Amount(float(text)) if _PLAIN.fullmatch(text) else None


def _why_not(text: str) -> str:
    if _AMOUNTLESS.match(text):
        return "number_no_amount"
    if _LETTER_IN_DIGITS.search(text):
        return "number_letter"
    return "number_several" if len(re.findall(r"\d+(?:\.\d+)?", text)) > 1 else "number_unreadable"
