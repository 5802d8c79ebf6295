"""Whatever stands in a cell, its reader gives a value or says why not, and never raises."""

import os
import time as clock
import unicodedata
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beicha.intake.catalogue import CATALOGUE
from beicha.intake.columns import read_column
from beicha.intake.problems import Problem, advice, sentence
from scoring.ledgers import LedgerField
from tests.intake.workbooks import MARCH

CHOICES = ("志愿服务", "文明礼仪", "讲文明/树新风", "水和电", "其他")
FIELDS = (
    LedgerField(code="f", title="备注"),
    LedgerField(code="f", title="活动日期", type="date"),
    LedgerField(code="f", title="参加人数", type="whole", usual=(1, 500)),
    LedgerField(code="f", title="服务时长", type="decimal"),
    LedgerField(code="f", title="数量（块）", type="decimal"),
    LedgerField(code="f", title="签到表", type="yes_no"),
    LedgerField(code="f", title="形式", type="choice", choices=CHOICES),
    LedgerField(code="f", title="形式", type="choices", choices=CHOICES),
    LedgerField(code="f", title="等级", type="grade"),
)
SIGNS = "0123456789１２.．,，、;；:：/-—~～+=×*%（）()[]【】 　\n\u200b√×□☑①②½㎡"
NUMERALS = "〇零一二两三五九十百千万廿半点成几余多第共约近上至到年月日号旬中下初末季度周元正"
WORDS = "人场块处小时分钟无有是否ABC#级和与及等其他它志愿服务文明礼仪ltOoWkeENna不适用详今每农历春节"
TEXTS = st.text(st.sampled_from(SIGNS + NUMERALS + WORDS), max_size=14) | st.text(max_size=40)
CELLS = (
    TEXTS
    | st.floats()
    | st.integers(-(10**20), 10**20)
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.none()
)
KINDS = {
    "text": str,
    "date": date,
    "whole": int | float,
    "decimal": int | float,
    "yes_no": bool,
    "choice": str,
    "choices": list,
    "grade": str,
}


def hold(field, raw):
    """What must be true of any cell of a field."""
    read = read_column(field, [raw], None if raw == "" else MARCH)
    value = read.values[0]
    assert value is None or isinstance(value, KINDS[field.type])
    assert len(read.troubles) <= 1
    for _, code, found, values in read.troubles:
        problem = Problem(code, CATALOGUE[code].level, "f", found=found, values=values)
        said = [(sentence(problem, language), advice(problem, language)) for language in ("en", "zh_CN")]
        assert all(text and (tip or problem.level == "note") for text, tip in said)
        assert (CATALOGUE[code].level == "error") == (value is None and not read.blanks)
    is_empty = raw is None or (isinstance(raw, str) and value is None and not read.troubles)
    assert value is not None or read.troubles or is_empty
    assert bool(read.blanks) == (
        value is None and (not read.troubles or CATALOGUE[read.troubles[0][1]].level != "error")
    )


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(FIELDS), CELLS)
def test_any_cell_is_read_or_named(field, raw):
    hold(field, raw)


@pytest.mark.fuzz
def test_any_cell_is_read_or_named_for_longer():
    seconds = float(os.environ.get("BEICHA_FUZZ_SECONDS", "5"))
    end = clock.monotonic() + seconds

    @settings(max_examples=2000, deadline=None, database=None)
    @given(st.sampled_from(FIELDS), CELLS)
    def tried(field, raw):
        hold(field, raw)

    while clock.monotonic() < end:
        tried()


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FIELDS[1:]), TEXTS)
def test_texts_of_one_width_and_the_other_are_read_alike(field, text):
    wide = text.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})
    assert unicodedata.normalize("NFKC", wide) == unicodedata.normalize("NFKC", text)
    one, other = (read_column(field, [form], MARCH) for form in (text, wide))
    assert (one.values, [code for _, code, *_ in one.troubles]) == (
        other.values,
        [code for _, code, *_ in other.troubles],
    )


@given(
    st.dates(date(1990, 1, 1), date(2026, 3, 31)),
    st.integers(0, 500) | st.decimals(0, 500, places=2).map(float),
    st.booleans(),
    st.lists(st.sampled_from(CHOICES), min_size=1, unique=True),
    st.sampled_from(("A", "B", "C", "C#")),
)
def test_what_a_template_holds_reads_back_as_it_is(day, number, answer, choices, grade):
    written = {
        "date": (day, day),
        "decimal": (number, number),
        "yes_no": ("是" if answer else "否", answer),
        "choice": (choices[0], choices[0]),
        "choices": ("、".join(choices), choices),
        "grade": (grade, grade),
    }
    for field in FIELDS:
        if field.type in written and field.usual is None:
            raw, value = written[field.type]
            read = read_column(field, [raw], MARCH)
            assert (read.values, read.originals, read.troubles) == ([value], [""], [])


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.type} {field.title}")
@pytest.mark.parametrize("sign", ["1", "、", "(", "一", "年", "1+", "1、", "(1)", "□", "√", " ", "上", "9-", "a", "百"])
def test_a_very_long_cell_takes_no_time(field, sign):
    text = (sign * 32_767)[:32_767]
    before = clock.process_time()
    hold(field, text + "x")
    assert clock.process_time() - before < 0.5


@pytest.mark.parametrize("raw", [datetime(2026, 3, 5, 8, 30), time(8, 30), timedelta(hours=30), True, 0.1 + 0.2])
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.type} {field.title}")
def test_typed_values_are_read_or_named(field, raw):
    hold(field, raw)
