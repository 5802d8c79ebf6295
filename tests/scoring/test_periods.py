"""Months counted as whole numbers, and the first and last days that windows have."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.periods import first_day, is_window, last_day, month_number, month_of, period_text, window_at
from tests.scoring import reference

MONTHS = st.integers(month_number("1990-01"), month_number("2099-12"))
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
WINDOWS = st.one_of(
    st.sampled_from(("month", "quarter", "year")),
    st.integers(1, 40).map("rolling {}".format),
    DAYS.map("since {}".format),
)


@given(MONTHS)
def test_a_period_is_the_same_after_writing_and_reading_it(month):
    assert month_number(period_text(month)) == month


def test_months_follow_each_other_over_the_turn_of_the_year():
    assert month_number("2026-01") == month_number("2025-12") + 1
    assert period_text(month_number("2025-12") + 1) == "2026-01"


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "26-01", "2026/01", "2026-01-01", " 2026-01", ""])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="YYYY-MM"):
        month_number(text)


@pytest.mark.parametrize(
    ("period", "last"), [("2024-02", 29), ("2026-02", 28), ("2000-02", 29), ("2026-04", 30), ("2026-12", 31)]
)
def test_a_month_ends_with_its_own_last_day(period, last):
    month = month_number(period)
    assert (first_day(month).day, last_day(month).day) == (1, last)


@given(DAYS)
def test_a_day_lies_in_its_month_and_the_next_day_in_that_or_the_next(day):
    month = month_of(day)
    assert first_day(month) <= day <= last_day(month)
    assert month_of(day + timedelta(days=1)) - month == (day == last_day(month))


@given(WINDOWS, MONTHS)
def test_every_window_has_the_days_and_months_that_the_text_says(text, month):
    window = window_at(text, month)
    assert (window.first, window.last) == reference.window_of(text, month)
    near = range(month - 50, month + 3)
    assert [m for m in near if m in window.months] == [
        m for m in near if reference.period_within(m, (window.first, window.last))
    ]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("month", True),
        ("rolling 1", True),
        ("rolling 12", True),
        ("since 2024-02-29", True),
        ("rolling 0", False),
        ("rolling", False),
        ("rolling 100", False),
        ("since 2025-02-29", False),
        ("since 2025", False),
        ("half", False),
        ("Month", False),
        ("", False),
    ],
)
def test_only_the_five_kinds_of_window_are_known(text, known):
    assert is_window(text) == known
