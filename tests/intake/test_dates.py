"""Dates in the forms that clerks use."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beicha.intake.dates import DateReader
from scoring.periods import month_number
from tests.intake.workbooks import MARCH

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
FORMS = [
    "{y}年{m}月{d}日",
    "{y}年{m:02}月{d:02}日",
    "{y} 年 {m} 月 {d} 日",
    "{y}.{m}.{d}",
    "{y}/{m}/{d}",
    "{y}-{m:02}-{d:02}",
    "{y}-{m}-{d} 08:30",
    "{y}-{m:02}-{d:02}T08:30:00",
    "{y}{m:02}{d:02}",
    "{y}年{m}月{d}号",
    "{y}年{m}月{d}日（周三）",
    "{y}年{m}月{d}日上午9:00-11:00",
    "{y}、{m}、{d}",
    "{y} {m} {d}",
    "{y}·{m}·{d}",
    "{y}.{m}.{d}.",
    "{y}\u200b-{m}-{d}\ufeff",
    "{y}—{m}—{d}",
    "　{y}年{m}月{d}日\n",
]
FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")


@given(DAYS, st.sampled_from(FORMS), st.booleans())
def test_a_day_in_any_plain_form_reads_back_without_a_word(day, form, is_full_width):
    text = form.format(y=day.year, m=day.month, d=day.day)
    cell = DateReader(None)(text.translate(FULL_WIDTH) if is_full_width else text)
    assert (cell.value, cell.code) == (day, "")


@given(DAYS)
def test_typed_dates_and_serial_numbers_read_back(day):
    serial = (day - date(1899, 12, 30)).days
    assert DateReader(None)(day).value == day
    assert DateReader(None)(datetime.combine(day, time(8, 30))).value == day
    assert DateReader(None)(float(serial)).value == DateReader(None)(str(serial)).value == day
    assert DateReader(None)(float(day.year * 10_000 + day.month * 100 + day.day)).value == day


@given(DAYS)
def test_chinese_numerals_read_back(day):
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    text = f"{year}年{in_numerals(day.month)}月{in_numerals(day.day)}日"
    assert DateReader(None)(text).value == day


def in_numerals(number: int) -> str:
    tens, ones = divmod(number, 10)
    ones_text = " 一二三四五六七八九"[ones].strip()
    return ones_text if not tens else ("十" if tens == 1 else " 一二三"[tens] + "十") + ones_text


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("9月26-30日", date(2025, 9, 26), "date_range"),
        ("3月26日", date(2026, 3, 26), "date_year_taken"),
        ("3/5", date(2026, 3, 5), "date_year_taken"),
        ("三月五日", date(2026, 3, 5), "date_year_taken"),
        ("4月1日", date(2025, 4, 1), "date_year_taken"),
        ("2026年3月", date(2026, 3, 1), "date_no_day"),
        ("2026.3", date(2026, 3, 1), "date_no_day"),
        ("202603", date(2026, 3, 1), "date_no_day"),
        ("2023-07", date(2023, 7, 1), "date_no_day"),
        ("2026年3月中旬", date(2026, 3, 11), "date_no_day"),
        ("7月中下旬", date(2025, 7, 11), "date_no_day"),
        ("201912月下旬", date(2019, 12, 21), "date_no_day"),
        ("5月27日至5月30日", date(2025, 5, 27), "date_range"),
        ("2026年3月5日-7日", date(2026, 3, 5), "date_range"),
        ("2026.3.5-3.7", date(2026, 3, 5), "date_range"),
        ("3月5日-3月3日", date(2026, 3, 5), "date_range_reversed"),
        ("2026年3月25日-3日", date(2026, 3, 25), "date_range_reversed"),
        ("2026.3.5-2026.3.4", date(2026, 3, 5), "date_range_reversed"),
        ("3月5日-3月5日", date(2026, 3, 5), "date_year_taken"),
        ("12月30日-1月2日", date(2025, 12, 30), "date_range"),
        ("2026年3月5日-9月4日", date(2026, 3, 5), "date_range"),
        ("2025年9月5日-3月6日", date(2025, 9, 5), "date_range_reversed"),
        ("2025年9月5日-3月5日", date(2025, 9, 5), "date_range"),
        ("2012年元月至2012年7月", date(2012, 1, 1), "date_range"),
        ("2018-08-18 08:30:00 至 2018-08-18 11:00:00", date(2018, 8, 18), ""),
        ("2018-08-18 08:30:00 至 2018-08-19 11:00:00", date(2018, 8, 18), "date_range"),
        ("第97周20180415下午", date(2018, 4, 15), "date_with_words"),
        ("24年3月5日", date(2024, 3, 5), "date_short_year"),
        ("26.3.5", date(2026, 3, 5), "date_short_year"),
        ("'26-3-5", date(2026, 3, 5), "date_short_year"),
        ("31.12.25", date(2025, 12, 31), "date_short_year"),
        ("13/3/2026", date(2026, 3, 13), "date_other_order"),
        ("3/13/2026", date(2026, 3, 13), "date_other_order"),
        ("3/3/2026", date(2026, 3, 3), "date_other_order"),
        ("Mar 5, 2026", date(2026, 3, 5), "date_other_order"),
        ("5-Mar-26", date(2026, 3, 5), "date_other_order"),
        ("2026.3.5、2026.3.12", date(2026, 3, 5), "date_several"),
        ("3月5日、3月12日", date(2026, 3, 5), "date_several"),
        ("2026.3.5/3.12", date(2026, 3, 5), "date_several"),
        ("2026年3月5日、12日", date(2026, 3, 5), "date_several"),
        ("3月5日和12日", date(2026, 3, 5), "date_several"),
        ("2026年3-5月", date(2026, 3, 1), "date_range"),
        ("45717.354", date(2025, 3, 1), "date_from_number"),
        ("20151110日", date(2015, 11, 10), ""),
        ("45717", date(2025, 3, 1), "date_from_number"),
        (45717.354, date(2025, 3, 1), "date_from_number"),
        ("2026-03-31", date(2026, 3, 31), ""),
        ("2026-04-01", date(2026, 4, 1), "date_after_month"),
    ],
)
def test_a_reading_that_had_to_be_worked_out_is_said(text, day, code):
    cell = DateReader(MARCH)(text)
    assert (cell.value, cell.code) == (day, code)
    assert not code or cell.values == {"read": day.isoformat()}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("第二季度", "date_too_coarse"),
        ("2024年第二季度", "date_too_coarse"),
        ("2024年", "date_too_coarse"),
        ("上半年", "date_too_coarse"),
        ("2024年2月30日", "date_unreadable"),
        ("2024-13-05", "date_unreadable"),
        ("26.13.5", "date_unreadable"),
        ("March 2026", "date_unreadable"),
        ("5日", "date_unreadable"),
        ("N/A", "date_unreadable"),
        *(
            (text, "date_no_certain_day")
            for text in ("每周三", "每月", "每月5日", "今天", "上周", "上周三", "本月", "长期", "1-3月")
        ),
        *((text, "date_lunar") for text in ("农历正月十五", "正月十五", "腊月二十三", "三月初五", "廿五", "春节")),
        *((text, "date_is_time") for text in ("8:30", "08:30-11:00", "下午3点", time(8, 30))),
        (float("nan"), "date_unreadable"),
        (float("inf"), "date_unreadable"),
        (1e300, "date_unreadable"),
        (2026.1, "date_unreadable"),
        (3.0, "date_unreadable"),
        (True, "date_unreadable"),
        (timedelta(days=1), "date_unreadable"),
        (date(1900, 1, 5), "date_unreadable"),
    ],
)
def test_what_is_no_day_is_an_error(text, code):
    cell = DateReader(MARCH)(text)
    assert (cell.value, cell.code) == (None, code)


@pytest.mark.parametrize("text", ["9月26日", "9月", "9月26-30日"])
def test_a_date_without_a_year_needs_the_month_of_the_report(text):
    assert DateReader(None)(text).code == "date_without_year"


@pytest.mark.parametrize(("period", "year"), [("2026-08", 2025), ("2026-09", 2026), ("2026-12", 2026)])
def test_the_year_is_the_reports_unless_the_month_is_still_to_come(period, year):
    assert DateReader(month_number(period))("9月26日").value == date(year, 9, 26)


@pytest.mark.parametrize(
    ("text", "read", "other"),
    [
        ("3/5/2026", "2026-03-05", "2026-05-03"),
        ("5/3/2026", "2026-03-05", "2026-05-03"),
        ("05.03.2026", "2026-03-05", "2026-05-03"),
        ("4/5/2025", "2025-04-05", "2025-05-04"),
        ("25.3.26", "2026-03-25", "2025-03-26"),
    ],
)
def test_a_date_that_may_be_two_days_is_read_as_the_likelier_and_both_are_named(text, read, other):
    cell = DateReader(MARCH)(text)
    assert (cell.code, cell.values) == ("date_ambiguous", {"read": read, "other": other})
    assert cell.value == date.fromisoformat(read)


def test_a_year_of_two_digits_is_believed_for_three_years_back_and_needs_the_month_of_the_report():
    assert DateReader(MARCH)("23.12.31") == (date(2023, 12, 31), "date_short_year", {"read": "2023-12-31"})
    assert DateReader(MARCH)("22.12.31").value is None
    assert DateReader(MARCH)("27.3.31").value is None
    assert DateReader(None)("26.3.5").code == "date_unreadable"


def test_a_month_name_early_in_lunar_days_is_told_from_the_start_of_a_month():
    assert DateReader(MARCH)("三月初").value == date(2026, 3, 1)
    assert DateReader(MARCH)("三月初五").value is None


def test_in_a_workbook_that_counts_from_1904_numbers_are_read_so():
    days = (date(2026, 3, 5) - date(1904, 1, 1)).days
    cell = DateReader(MARCH, since_1904=True)(float(days))
    assert (cell.value, cell.code) == (date(2026, 3, 5), "date_from_number")
    assert DateReader(MARCH, since_1904=True)(str(days)).value == date(2026, 3, 5)
    assert DateReader(MARCH)(float(days)).value == date(2022, 3, 4)
