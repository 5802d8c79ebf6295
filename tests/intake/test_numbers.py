"""Numbers, with and without words."""

from datetime import date, time, timedelta

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
        ("2.1+1=3.1小时", 3.1, "number_worked_out"),
        ("2+3", 5, "number_worked_out"),
        ("100-150", 100, "number_range"),
        ("100~150小时", 100, "number_range"),
        ("100至150人", 100, "number_range"),
        ("20多人~30多人", 20, "number_range"),
        ("五六个", 5, "number_range"),
        ("二三十人", 20, "number_range"),
        ("两三百", 200, "number_range"),
        ("2×3=6", 6, "number_worked_out"),
        ("85%", 0.85, "number_percent"),
        ("百分之三十", 0.3, "number_percent"),
        ("三成", 0.3, "number_percent"),
        ("零", 0, ""),
        ("一百零五人", 105, ""),
        ("一万二千", 12_000, ""),
        ("贰佰元", 200, ""),
        ("1千2百", 1200, ""),
        ("1万2千", 12_000, ""),
        ("¥1,200.00", 1200, ""),
        ("12.", 12, ""),
        ("1.005千", 1005, ""),
        ("一百五", 150, "number_worded"),
        ("1千2", 1200, "number_worded"),
        ("1.5W", 15_000, "number_worded"),
        ("3k", 3000, "number_worded"),
        ("1e3", 1000, "number_worded"),
        ("1E+03", 1000, "number_worded"),
        ("半小时", 0.5, "number_worded"),
        ("一个半小时", 1.5, "number_worded"),
        ("两小时半", 2.5, "number_worded"),
        ("一点五", 1.5, "number_worded"),
        ("2½", 2.5, "number_worded"),
        ("1 200", 1200, "number_worded"),
        ("50人（含志愿者5人）", 50, "number_worded"),
        ("50（估计）", 50, "number_worded"),
        ("50（人）", 50, ""),
        ("3条（次）", 3, ""),
        ("45㎡", 45, ""),
        ("不到30人", 30, "number_about"),
        ("30出头", 30, "number_about"),
        ("十几", 10, "number_about"),
        ("上百人", 100, "number_about"),
    ],
)
def test_worked_out_numbers(text, number, code):
    cell = DECIMAL(text)
    assert (cell.value, cell.code) == (pytest.approx(number), code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            (text, "number_unreadable")
            for text in ("N/A", "8折", "30?", "√", "5人/场", "三五人", "一五", "$5", "3-", "9" * 16)
        ),
        *((value, "number_unreadable") for value in (True, float("nan"), float("inf"), 1e15, "1" * 101)),
        *((text, "number_letter") for text in ("L5分", "l5", "1O", "O", "2O人")),
        *((text, "number_no_amount") for text in ("若干", "很多", "全部", "几十", "数十人", "不少")),
        *(
            (text, "number_several")
            for text in ("上午20人下午30人", "3场/45人", "5块2处", "20 30", "20\n30", "3、5", "1/2")
        ),
        *((text, "number_several") for text in ("2.1+1=4", "150-100", "10:30", "1,5", "2×3", "1小时30分", "1.2.3")),
    ],
)
def test_what_is_no_number_is_an_error(text, code):
    assert DECIMAL(text)[:2] == (None, code)


@pytest.mark.parametrize("text", ["无", "没有"])
def test_none_is_a_zero_that_is_said(text):
    assert DECIMAL(text) == (0, "number_none", {"read": 0})


@pytest.mark.parametrize(
    ("field", "text", "number", "code"),
    [
        (WHOLE, "1.200", 1.2, "number_ambiguous"),
        (WHOLE, "1.255", 1.255, "number_ambiguous"),
        (DECIMAL, "1.200", 1.2, "number_ambiguous"),
        (DECIMAL, "1.255", 1.255, ""),
        (DECIMAL, "0.200", 0.2, ""),
        (DECIMAL, "1.20", 1.2, ""),
        (WHOLE, "1,200", 1200, ""),
        (WHOLE, "1，200", 1200, ""),
    ],
)
def test_a_point_that_may_part_the_thousands_is_warned_of(field, text, number, code):
    assert field(text)[:2] == (number, code)


def test_the_other_reading_of_an_ambiguous_number_is_named():
    assert WHOLE("1.200").values == {"read": 1.2, "other": "1200"}


@pytest.mark.parametrize("value", [-5.0, "-5", "−5人", "－5"])
def test_a_number_below_zero_is_warned_of(value):
    assert DECIMAL(value)[:2] == (-5, "number_negative")


def in_column(title, value):
    return NumberReader(LedgerField(code="n", title=title, type="decimal"))(value)[:2]


@pytest.mark.parametrize(
    ("title", "text", "number", "code"),
    [
        ("参加人数", "3场/45人", 45, "number_by_unit"),
        ("活动场次", "3场/45人", 3, "number_by_unit"),
        ("广告块数", "5块2处", 5, "number_by_unit"),
        ("数量（处）", "5块、2处", 2, "number_by_unit"),
        ("参加人数", "45名", 45, ""),
        ("参加人数", "45个", 45, ""),
        ("参加人数", "3场", 3, "number_other_unit"),
        ("服务时长", "90分钟", 1.5, "number_by_unit"),
        ("服务时长（小时）", "1小时30分", 1.5, "number_by_unit"),
        ("服务时长", "2:30", 2.5, "number_by_unit"),
        ("服务时长", time(2, 30), 2.5, "number_by_unit"),
        ("服务时长", timedelta(hours=30), 30, "number_by_unit"),
        ("服务时长", "45人", 45, "number_other_unit"),
        ("时长（分钟）", "2小时", 120, "number_by_unit"),
    ],
)
def test_a_number_is_read_in_the_unit_of_the_heading(title, text, number, code):
    assert in_column(title, text) == (pytest.approx(number), code)


def test_two_units_of_which_the_heading_names_none_are_an_error():
    assert in_column("参加户数", "3场/45人") == (None, "number_several")
    assert in_column("参加人数", "20人、30人") == (None, "number_several")


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
