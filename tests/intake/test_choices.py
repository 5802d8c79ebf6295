"""Choices and grades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beicha.intake.choices import ChoiceReader, ChoicesReader, GradeReader
from scoring.ledgers import LedgerField

FORMS = ("宣传栏", "展板", "LED", "讲文明/树新风")
CHOICE = ChoiceReader(LedgerField(code="c", title="形式", type="choice", choices=FORMS))
CHOICES = ChoicesReader(LedgerField(code="c", title="形式", type="choices", choices=FORMS))
GRADE = GradeReader(LedgerField(code="g", title="等级", type="grade"))


@pytest.mark.parametrize("text", ["LED", "led", "ＬＥＤ", " L E D "])
def test_a_choice_is_equal_after_nfkc_without_blanks_and_case(text):
    assert CHOICE(text).value == "LED"


def test_an_unknown_choice_is_an_error_that_lists_the_near_one_first():
    cell = CHOICE("大展板")
    assert cell[:2] == (None, "choice_nearly")
    assert cell.values == {"choices": ("展板", "宣传栏", "LED", "讲文明/树新风"), "near": "展板"}


def test_a_choice_that_is_like_none_is_an_error_that_lists_them():
    assert CHOICE("横幅") == (None, "choice_unknown", {"choices": FORMS})


@pytest.mark.parametrize("text", ["展板（入口处）", "展板(2块)", "展板：入口", "1.展板", "①展板", "展板等"])
def test_a_choice_with_a_remark_is_taken_and_said(text):
    assert CHOICE(text) == ("展板", "choice_worded", {"read": ("展板",)})


@pytest.mark.parametrize("text", ["“展板”", "展板。", "☑展板 □LED", "√展板", "其它"])
def test_a_choice_in_quotation_marks_or_ticked_is_that_choice(text):
    cell = ChoiceReader(LedgerField(code="c", title="形式", type="choice", choices=(*FORMS, "其他")))(text)
    assert (cell.value, cell.code) == ("其他" if text == "其它" else "展板", "")


@pytest.mark.parametrize("text", ["展板、LED", "展板LED", "☑展板 ☑LED", "□展板 □LED", "展板（LED）", "LED：展板"])
def test_two_choices_where_one_is_asked_for_are_an_error(text):
    assert CHOICE(text).value is None


@given(st.lists(st.sampled_from(FORMS), min_size=1), st.sampled_from("、，,；;|\n"))
def test_several_choices_are_split_at_any_usual_separator(wanted, separator):
    cell = CHOICES(separator.join(wanted))
    assert sorted(cell.value) == sorted(set(wanted))
    assert cell.code == ""


@pytest.mark.parametrize(
    "text",
    [
        *(
            "展板 LED",
            "展板和LED",
            "展板与LED",
            "展板及LED",
            "展板以及LED",
            "展板+LED",
            "展板&LED",
            "展板　LED",
            "展板·LED",
        ),
        *(
            "1.展板 2.LED",
            "1、展板；2、LED",
            "（1）展板（2）LED",
            "①展板②LED",
            "展板、LED。",
            "☑展板 □宣传栏 ☑LED",
            "展板、、LED；",
            "展板→LED",
        ),
    ],
)
def test_several_choices_are_also_told_apart_without_a_separator(text):
    assert CHOICES(text) == (["展板", "LED"], "", None)


def test_remarks_on_several_choices_are_said():
    cell = CHOICES("展板（东门、西门）、LED等")
    assert cell == (["展板", "LED"], "choice_worded", {"read": ("展板", "LED")})


def test_a_choice_that_holds_a_separator_is_not_taken_apart():
    assert CHOICES("讲文明/树新风/展板").value == ["讲文明/树新风", "展板"]


def test_several_choices_with_one_unknown_are_an_error_that_names_it():
    cell = CHOICES("展板、横幅")
    assert cell[:2] == (None, "choices_unknown")
    assert cell.values["piece"] == "横幅"
    assert CHOICES("横幅")[:2] == (None, "choice_unknown")
    assert CHOICES("宣专栏、LED").values["choices"][0] == "宣传栏"


def test_a_text_too_long_for_a_list_of_choices_is_an_error():
    assert CHOICES("展板、" * 334).value is None
    assert CHOICES("展板、" * 333).value == ["展板"]


@pytest.mark.parametrize(
    ("text", "grade"), [("A", "A"), ("Ｂ", "B"), ("c", "C"), ("C＃", "C#"), ("c#", "C#"), ("B级", "B"), ("C # ", "C#")]
)
def test_grades_are_read_in_full_width_too(text, grade):
    assert GRADE(text).value == grade


@pytest.mark.parametrize("text", ["D", "A-", "优", "AB"])
def test_an_unknown_grade_is_an_error(text):
    assert GRADE(text)[:2] == (None, "grade_unknown")


def test_a_grade_with_a_remark_or_ticked_in_a_list_is_that_grade():
    assert GRADE("A（优）") == ("A", "choice_worded", {"read": ("A",)})
    assert GRADE("☑A □B □C □C#")[:2] == ("A", "")
    assert GRADE("A□ B□ C√ C#□")[:2] == ("C", "")


def test_good_and_fair_are_grades_only_where_the_scale_has_them():
    words = GradeReader(LedgerField(code="g", title="等级", type="grade", grades=("优", "良", "中", "差")))
    assert [words(text).value for text in ("优", "良", "A")] == ["优", "良", None]


def test_several_grades_in_one_cell_are_an_error_of_their_own():
    assert GRADE("A、C")[:2] == (None, "grade_several")
    assert GRADE("A/B")[:2] == (None, "grade_several")
    assert GRADE("A、D")[:2] == (None, "grade_unknown")
