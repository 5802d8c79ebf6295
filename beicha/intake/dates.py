"""Dates as clerks write them: 2024年3月5日, 2024.3.5, 20240305, serial numbers, 9月26-30日, 3月中旬."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from beicha.intake.cells import Cell, cleaned
from beicha.intake.numerals import with_digits
from beicha.intake.short_dates import orders_of
from scoring.periods import last_day

_EPOCH, _EPOCH_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_EARLIEST, _LATEST = date(1990, 1, 1), date(2099, 12, 31)

_HALF_A_YEAR = 183
"""A span that would go back further reaches into the next year: 12月30日-1月2日."""
_LONGEST = 300
"""A longer text is no date, and searching it would take its time."""
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")

_YEAR = r"((?:19|20)\d\d)"
_MONTH = r"(1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(3[01]|[12]\d|0?[1-9])(?![\d月])"
_SEPARATOR = r"[年./\\\-、, ·。_–—]"
_FULL = re.compile(rf"{_YEAR}{_SEPARATOR}{_MONTH}[月./\\\-、, ·。_–—]{_DAY}[日号]?")
_TOGETHER = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(0[1-9]|1[0-2])月?(0[1-9]|[12]\d|3[01])(?!\d)日?")
_MONTH_OF_YEAR = re.compile(rf"{_YEAR}(?:{_SEPARATOR}{_MONTH}月?份?|(0[1-9]|1[0-2])月?份?(?!\d))")
_DAY_OF_MONTH = re.compile(rf"{_MONTH}(?:月{_DAY}[日号]?|[./\-]{_DAY}$)")
_DAY_ALONE = re.compile(_DAY)
_MONTH_ALONE = re.compile(rf"{_MONTH}月份?")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)(?=年)")
_COARSE = re.compile(rf"(?:{_YEAR}年?度?)?(?:第?[1-4]季度|[上下]半年|全年)|{_YEAR}年?度?")
_CLOCK = re.compile(
    r"T?\d{1,2}[:时点]\d{0,2}[分半]?(?::\d\d)?(?:\.\d+)?Z?|\(?(?:周|星期|礼拜)[一二三四五六日天1-7]\)?"
    r"|凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|全天|AM|PM"
)
_TILL = re.compile(r"^(?:[-—–~至到]|--|——)+")
_AROUND = re.compile(r" ?([^\d :]) ?")
_ANOTHER = re.compile(r"[、,;/&+和与及 ]+\d{1,2}(?:[月./\-]\d{1,2}(?!\d)|[日号]|$|[、,;/&+和与及])")
"""Behind a date: one more, of which only the day may be written."""
_LUNAR = re.compile(
    r"(?:农历|旧历|阴历|腊月|正月|冬月|闰)|(?:\d{1,2}月)?(?:初[一二三四五六七八九十\d]|廿)|除夕|春节|元宵节|端午节|中秋节|重阳节"
)
_NO_CERTAIN_DAY = re.compile(
    r"每|今[天日]|昨[天日]|前[天日]|明天|当[天日]|[上本这下]个?(?:周|月|季|星期|年)|近[日期]|日前|月[初中末底]|长期|常年|全年|经常|不定期|随时|平时|平常|周末|周[一二三四五六日]"
    r"|星期|寒假|暑假|春季|夏季|秋季|冬季|\d{1,2}[-~至到]\d{1,2}月"
)
_TIME_ALONE = re.compile(r"(?:凌晨|早上|上午|中午|下午|晚上|晚)?\d{1,2}(?::\d\d|[点时])")
_TENS = {"上": 1, "中": 11, "下": 21, "初": 1, "底": 21, "末": 21}
_TEN_DAYS = re.compile(r"^(上|中|下|初|底|末)(?:上|中|下)?旬?")


class DateReader:
    """Reads the cells of a date column; ``month`` is the reported month as a count, or None where it is not known.

    ``since_1904``: whether the workbook counts its days from 1904 on, as Excel for the Mac did.
    """

    def __init__(self, month: int | None, *, since_1904: bool = False) -> None:
        self._month = month
        self._epoch = _EPOCH_OF_1904 if since_1904 else _EPOCH
        self._serials = range((_EARLIEST - self._epoch).days, (_LATEST - self._epoch).days + 1)
        self._end = last_day(month) if month is not None else None

    def __call__(self, value: Any) -> Cell:
        """The day of a cell; a warning where it had to be worked out, an error where there is none."""
        if isinstance(value, datetime):
            return self._checked(value.date())
        if isinstance(value, date):
            return self._checked(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._of_number(float(value))
        if isinstance(value, time):
            return Cell(None, "date_is_time")
        return self._of_text(cleaned(value)) if isinstance(value, str) else _no_date()

    def _checked(self, day: date, code: str = "") -> Cell:
        if not _EARLIEST <= day <= _LATEST:
            return Cell(None, "date_unreadable")
        read = {"read": day.isoformat()}
        if self._end is not None and day > self._end and code in ("", "date_from_number"):
            return Cell(day, "date_after_month", read)
        return Cell(day, code, read) if code else Cell(day)

    def _of_number(self, number: float) -> Cell:
        if not math.isfinite(number):
            return _no_date()
        if not number.is_integer():
            day = int(number)
            return (
                self._checked(self._epoch + timedelta(day), "date_from_number") if day in self._serials else _no_date()
            )
        text = str(int(number))
        if int(number) in self._serials:
            return self._checked(self._epoch + timedelta(int(number)), "date_from_number")
        return self._of_text(text) if len(text) in (6, 8) else _no_date()

    def _of_text(self, text: str) -> Cell:
        if len(text) > _LONGEST:
            return _no_date()
        quick = _FULL.fullmatch(text)
        if quick and (day := _day(quick[1], quick[2], quick[3])):
            return self._checked(day)
        plain = _plain(text)
        if _SERIAL.fullmatch(plain):
            return self._of_number(float(plain))
        if _LUNAR.match(plain):
            return Cell(None, "date_lunar")
        for reader in (self._full, self._in_some_order, self._month_only, self._without_year):
            found = reader(plain)
            if found is not None:
                return found
        return self._last_resort(plain)

    def _full(self, text: str) -> Cell | None:
        """Year, month and day at the start; what follows may be a clock time, the end of a span, or words."""
        match = _FULL.match(text) or _TOGETHER.match(text)
        if match is None:
            return None
        day = _day(match[1], match[2], match[3])
        return _no_date() if day is None else self._checked(day, _after(text[match.end() :], day))

    def _month_only(self, text: str) -> Cell | None:
        match = _MONTH_OF_YEAR.match(text)
        if match is None:
            return None
        first = date(int(match[1]), int(match[2] or match[3]), 1)
        return self._within_month(first, text[match.end() :])

    def _within_month(self, first: date, rest: str) -> Cell | None:
        tens = _TEN_DAYS.match(rest)
        if tens:
            return self._checked(first.replace(day=_TENS[tens[1]]), "date_no_day")
        if not rest:
            return self._checked(first, "date_no_day")
        return self._checked(first, "date_range") if _TILL.match(rest) else None

    def _without_year(self, text: str) -> Cell | None:
        match = _DAY_OF_MONTH.match(text)
        alone = None if match else _MONTH_ALONE.match(text)
        if match is None and alone is None:
            return None
        if self._month is None:
            return Cell(None, "date_without_year")
        found = match or alone
        assert found is not None, "one of the two matched"
        year = self._year_of(int(found[1]))
        if match is None:
            return self._within_month(date(year, int(found[1]), 1), text[found.end() :])
        day = _day(str(year), match[1], match[2] or match[3])
        if day is None:
            return _no_date()
        return self._checked(day, _after(text[match.end() :], day) or "date_year_taken")

    def _year_of(self, month: int) -> int:
        """The year of the report, or the one before where the month of the report has not come that far."""
        assert self._month is not None, "only asked where the month of the report is known"
        year, reported = divmod(self._month, 12)
        return year if month <= reported + 1 else year - 1

    def _in_some_order(self, text: str) -> Cell | None:
        """A date with the year behind or with two digits of it: the likeliest day, and what else it may be."""
        orders = orders_of(text, self._month)
        if orders is None:
            return None
        if not orders.days:
            return _no_date()
        if len(orders.days) == 1:
            return self._checked(orders.days[0], "date_short_year" if orders.has_short_year else "date_other_order")
        cell = self._checked(orders.days[0], "date_ambiguous")
        return cell._replace(values=(cell.values or {}) | {"other": orders.days[1].isoformat()})

    def _last_resort(self, text: str) -> Cell:
        short = _SHORT_YEAR.match(text)
        if short:
            return self._of_short_year(self._full(f"20{text}") or self._month_only(f"20{text}"))
        found = list(_FULL.finditer(text)) or list(_TOGETHER.finditer(text))
        if not found:
            return Cell(None, _why_not(text))
        day = _day(found[0][1], found[0][2], found[0][3])
        code = "date_with_words" if len(found) == 1 else "date_several"
        return _no_date() if day is None else self._checked(day, code)

    def _of_short_year(self, cell: Cell | None) -> Cell:
        if cell is None or cell.value is None:
            return _no_date()
        return self._checked(cell.value, cell.code or "date_short_year")


def _plain(text: str) -> str:
    """The text with digits for numerals, and without white space but for one space before a clock time."""
    even = " ".join(unicodedata.normalize("NFKC", text).split())
    if " " in even:
        even = _AROUND.sub(r"\1", even)
    return with_digits(even.replace("元月", "1月"))


def _after(rest: str, day: date) -> str:
    """The code of what follows a date: nothing for a clock time, a span, or other words."""
    if _ANOTHER.match(rest):
        return "date_several"
    rest = _without_clock(rest)
    if not rest:
        return ""
    if not _TILL.match(rest):
        return "date_several" if _FULL.search(rest) else "date_with_words"
    until = _without_clock(_TILL.sub("", rest))
    end = _end_of_span(until, day)
    if not until or end == day:
        return ""
    return "date_range_reversed" if end is not None and end < day else "date_range"


def _end_of_span(until: str, day: date) -> date | None:
    """The day behind the sign of a span, in the month and the year of its first day where it names none."""
    same = _FULL.fullmatch(until) or _TOGETHER.fullmatch(until)
    if same:
        return _day(same[1], same[2], same[3])
    with_month, alone = _DAY_OF_MONTH.fullmatch(until), _DAY_ALONE.fullmatch(until)
    if with_month:
        month, number = with_month[1], with_month[2] or with_month[3]
    elif alone:
        month, number = str(day.month), alone[1]
    else:
        return None
    end = _day(str(day.year), month, number)
    is_of_next_year = end is not None and (day - end).days > _HALF_A_YEAR
    return _day(str(day.year + 1), month, number) if is_of_next_year else end


def _without_clock(text: str) -> str:
    return _CLOCK.sub("", text).strip(" ()日号,、;.。")


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _why_not(text: str) -> str:
    """The code of the error for a text in which no day was found."""
    if _COARSE.fullmatch(text):
        return "date_too_coarse"
    if _NO_CERTAIN_DAY.match(text):
        return "date_no_certain_day"
    return "date_is_time" if _TIME_ALONE.match(text) else "date_unreadable"


def _no_date() -> Cell:
    return Cell(None, "date_unreadable")
