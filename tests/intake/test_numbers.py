"""Numbers, with and without words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beicha.intake.numbers import NumberReader
from scoring.ledgers import LedgerField

DECIMAL = NumberReader(LedgerField(code="n", title="数", type="decimal"))
WHOLE = NumberReader(LedgerField(code="n", title="数", type="whole"))
USUAL = NumberReader(LedgerField(code="n", title="数", type="whole", usual=(1, 2000)))


@given(
    st.integers(0, 10**7), st.sampled_from(["{}", "{}人", "{} 人", "{}人次", "共{}场", "（{}分）", "{:,}", "{:,}元"])
)
def test_a_whole_number_with_a_unit_is_that_number(number, form):
    cell = WHOLE(form.format(number))
    assert (cell.value, cell.code) == (number, "")
    assert type(cell.value) is int


@given(st.decimals(0, 10_000, places=2), st.sampled_from(["{}", "{}小时", "{} 小时", "{}分"]))
def test_a_decimal_with_a_unit_is_that_number(number, form):
    cell = DECIMAL(form.format(number))
    assert cell.value == pytest.approx(float(number), abs=1e-9)
    assert cell.code == ""


@given(
    st.integers(1, 100_000),
    st.sampled_from(["{}多块", "{}余份", "近{}人", "约{}", "{}人左右", "{}分以上", "≥{}", "{}余"]),
)
def test_a_number_with_words_for_about_is_warned_of(number, form):
    cell = DECIMAL(form.format(number))
    assert (cell.value, cell.code) == (number, "number_about")


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("1.15万幅", 11500, ""),
        ("2千", 2000, ""),
        ("３．５", 3.5, ""),
        ("三十人", 30, ""),
        ("十五", 15, ""),
        ("−5", -5, ""),
        ("2.1+1=3.1小时", 3.1, "number_worked_out"),
        ("2+3", 5, "number_worked_out"),
        ("100-150", 100, "number_range"),
        ("100~150小时", 100, "number_range"),
        ("100至150人", 100, "number_range"),
        ("85%", 0.85, "number_percent"),
    ],
)
def test_worked_out_numbers(text, number, code):
    cell = DECIMAL(text)
    assert (cell.value, cell.code) == (pytest.approx(number), code)


@pytest.mark.parametrize(
    "text",
    [
        *("N/A", "NA", "L5分", "上午20人下午30人", "2.1+1=4", "1万2千", "150-100", "10:30", "1,5", "很多", "5人/场"),
        *(True, float("nan"), float("inf")),
    ],
)
def test_what_is_no_number_is_an_error(text):
    assert DECIMAL(text)[:2] == (None, "number_unreadable")


def test_a_date_in_a_column_of_numbers_is_an_error_of_its_own():
    assert DECIMAL(date(2026, 3, 5))[:2] == (None, "number_is_date")


@pytest.mark.parametrize(("value", "code"), [(3.0, ""), (3.5, "number_not_whole"), ("3.5人", "number_not_whole")])
def test_a_fraction_in_a_whole_field_is_warned_of_and_kept(value, code):
    assert WHOLE(value).code == code
    assert WHOLE(value).value in (3, 3.5)


@pytest.mark.parametrize(("value", "is_usual"), [(0, False), (1, True), (2000, True), (2001, False)])
def test_a_number_outside_the_usual_range_is_warned_of_and_kept(value, is_usual):
    cell = USUAL(float(value))
    assert cell.value == value
    assert (cell.code == "") == is_usual
    assert is_usual or cell.values == {"read": value, "low": 1, "high": 2000}
