"""A column as a whole: values, what stood there, blanks, and signs for nothing."""

from datetime import date

import pytest

from beicha.intake.columns import read_column
from scoring.ledgers import LedgerField
from tests.intake.workbooks import MARCH


def column(type_, cells, **options):
    return read_column(LedgerField(code="f", title="列", type=type_, **options), cells, MARCH)


def test_what_stood_in_a_cell_is_kept_where_the_value_does_not_show_it():
    read = column("date", ["2026年3月5日", date(2026, 3, 6), "2026-03-07", "", "坏"])
    assert read.values == [date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 7), None, None]
    assert read.originals == ["2026年3月5日", "", "", "", "坏"]
    assert [(at, code, found) for at, code, found, _ in read.troubles] == [(4, "date_unreadable", "坏")]


def test_numbers_and_ticks_keep_their_words():
    assert column("whole", [45.0, "45", "45人"]).originals == ["", "", "45人"]
    assert column("yes_no", ["是", "√", "否", "×"]).originals == ["", "√", "", "×"]
    read = column("choices", ["甲、乙", "乙；甲"], choices=("甲", "乙"))
    assert (read.values, read.originals) == ([["甲", "乙"], ["乙", "甲"]], ["", "乙；甲"])


def test_equal_cells_are_read_alike_but_true_is_not_one():
    assert column("text", [True, 1.0, "1", "TRUE"]).values == ["TRUE", "1", "1", "TRUE"]


def test_texts_lose_unseen_characters_and_keep_line_breaks():
    read = column("text", ["孝\u200b老\x07", " 爱亲\n第二行 ", "a_x000D_\nb", 13800000000.0, date(2026, 3, 5), 2.5])
    assert read.values == ["孝老", "爱亲\n第二行", "a\nb", "13800000000", "2026-03-05", "2.5"]
    assert read.originals == ["孝\u200b老\x07", "", "a_x000D_\nb", "", "", ""]


def test_a_formula_like_text_stays_a_text():
    assert column("text", ["=1+1", "@x", "-5"]).values == ["=1+1", "@x", "-5"]


@pytest.mark.parametrize("type_", ["text", "date", "whole", "yes_no"])
@pytest.mark.parametrize("blank", ["", None, " ", "\u3000", "\u200b"])
def test_white_space_is_blank(type_, blank):
    read = column(type_, [blank])
    assert (read.values, read.blanks, read.troubles, read.originals) == ([None], [0], [], [""])


@pytest.mark.parametrize("type_", ["text", "date", "whole", "yes_no"])
@pytest.mark.parametrize("sign", ["/", "-", "—", "——", "\\", "／"])
def test_a_sign_for_nothing_is_blank_with_a_word(type_, sign):
    read = column(type_, [sign])
    assert (read.values, read.blanks) == ([None], [0])
    assert [(code, found) for _, code, found, _ in read.troubles] == [("sign_for_blank", sign)]


@pytest.mark.parametrize("text", ["N/A", "NA", "无", "n/a", "0"])
def test_words_for_nothing_are_texts_and_never_blank(text):
    assert column("text", [text]).values == [text]
    assert column("text", [text]).blanks == []


@pytest.mark.parametrize("type_", ["date", "whole", "decimal", "yes_no", "choice", "choices", "grade"])
@pytest.mark.parametrize(
    ("text", "code"),
    [(text, "cell_not_applicable") for text in ("N/A", "NA", "n/a", "Ｎ／Ａ", "不适用")]
    + [(text, "cell_not_known") for text in ("不详", "待定", "暂无", "待统计")],
)
def test_words_for_no_value_are_an_error_of_their_own_and_no_blank(type_, text, code):
    read = column(type_, [text], choices=("甲",) if type_.startswith("choice") else ())
    assert ([trouble[1:3] for trouble in read.troubles], read.blanks) == ([(code, text)], [])
    assert read.values == [None]


@pytest.mark.parametrize("text", ["N/A", "不适用"])
def test_a_choice_that_says_not_applicable_is_that_choice(text):
    read = column("choice", [text], choices=("甲", "N/A", "不适用"))
    assert (read.values, read.troubles) == ([text], [])


def test_not_applicable_in_a_text_stays_and_is_said():
    read = column("text", ["N/A", "不适用", "不适用于夜间"])
    assert [(at, code) for at, code, *_ in read.troubles] == [(0, "text_not_applicable"), (1, "text_not_applicable")]


def test_masked_numbers_and_signs_stay_texts_as_they_are():
    texts = ["1358997****", "3301**********1234", "'001", "😀 好", "👨\u200d👩", "甲　乙", "1、甲；\n2、乙"]
    assert column("text", texts).values == texts


@pytest.mark.parametrize(
    ("number", "text", "code"),
    [
        (13800000000.0, "13800000000", []),
        (999_999_999_999_999.0, "999999999999999", []),
        (1e15, "1000000000000000", ["digits_lost"]),
        (330102199001011234.0, "330102199001011264", ["digits_lost"]),
    ],
)
def test_a_long_number_is_shown_whole_and_beyond_fifteen_digits_with_a_warning(number, text, code):
    read = column("text", [number])
    assert (read.values, [trouble[1] for trouble in read.troubles]) == ([text], code)


@pytest.mark.parametrize("sign", ["（ ）", "——————————", "…", "、", "[]"])
def test_empty_brackets_and_long_dashes_are_blank_with_a_word(sign):
    assert [trouble[1] for trouble in column("yes_no", [sign]).troubles] == ["sign_for_blank"]
