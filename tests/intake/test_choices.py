"""Ticks, choices and grades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beicha.intake.choices import ChoiceReader, ChoicesReader, GradeReader, read_yes_no
from scoring.ledgers import LedgerField

FORMS = ("宣传栏", "展板", "LED", "讲文明/树新风")
CHOICE = ChoiceReader(LedgerField(code="c", title="形式", type="choice", choices=FORMS))
CHOICES = ChoicesReader(LedgerField(code="c", title="形式", type="choices", choices=FORMS))
GRADE = GradeReader(LedgerField(code="g", title="等级", type="grade"))


@pytest.mark.parametrize(
    "text",
    ["√", "✓", "✔", "☑", "是", "有", "达标", "Y", "ｙ", " 是 ", "是。", "1", 1.0, True, "☑是□否", "是√否□", "■有□无"],
)
def test_yes(text):
    assert read_yes_no(text) == (True, "", None)


@pytest.mark.parametrize(
    "text", ["×", "✗", "□", "否", "无", "不达标", "N", "0", 0.0, False, "□是☑否", "□是√否", "是□否☑", "□ 有 / ■ 无"]
)
def test_no(text):
    assert read_yes_no(text) == (False, "", None)


@pytest.mark.parametrize("text", ["N/A", "NA", "□是□否", "☑是☑否", "有3处", "是/否", 2.0, "不清楚"])
def test_neither_yes_nor_no_is_an_error(text):
    assert read_yes_no(text)[:2] == (None, "yes_no_unreadable")


@pytest.mark.parametrize("text", ["LED", "led", "ＬＥＤ", " L E D "])
def test_a_choice_is_equal_after_nfkc_without_blanks_and_case(text):
    assert CHOICE(text).value == "LED"


def test_an_unknown_choice_is_an_error_that_lists_the_near_one_first():
    cell = CHOICE("大展板")
    assert cell[:2] == (None, "choice_unknown")
    assert cell.values == {"choices": ("展板", "宣传栏", "LED", "讲文明/树新风")}


@given(st.lists(st.sampled_from(FORMS), min_size=1), st.sampled_from("、，,；;|\n"))
def test_several_choices_are_split_at_any_usual_separator(wanted, separator):
    cell = CHOICES(separator.join(wanted))
    assert sorted(cell.value) == sorted(set(wanted))
    assert cell.code == ""


def test_several_choices_with_one_unknown_are_an_error():
    assert CHOICES("展板、横幅")[:2] == (None, "choice_unknown")


@pytest.mark.parametrize(
    ("text", "grade"), [("A", "A"), ("Ｂ", "B"), ("c", "C"), ("C＃", "C#"), ("c#", "C#"), ("B级", "B"), ("C # ", "C#")]
)
def test_grades_are_read_in_full_width_too(text, grade):
    assert GRADE(text).value == grade


@pytest.mark.parametrize("text", ["D", "A-", "优", "AB"])
def test_an_unknown_grade_is_an_error(text):
    assert GRADE(text)[:2] == (None, "grade_unknown")
