"""The catalogue of problems: complete, said in both languages, and every code of use."""

import re
from pathlib import Path

import pytest

from beicha.intake import catalogue
from beicha.intake.problems import Problem, Problems, advice, describe, place, sentence
from beicha.words.language import LANGUAGES
from tests.house.texts import places

PRODUCT = Path(catalogue.__file__).parents[1]
FIXED = {"file", "sheet", "row", "column", "heading", "found"}
VALUES = {"source": "cover", "what": "parts"}


def problem(code):
    entry = catalogue.CATALOGUE[code]
    names = (places(entry.sentence) | places(entry.advice)) - FIXED
    values = {name: VALUES.get(name, ("甲", "乙")) for name in names}
    return Problem(code, entry.level, "台账.xlsx", "道德讲堂", 5, "C", "活动时间", "九月", values)


@pytest.mark.parametrize("code", catalogue.CATALOGUE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_can_be_said(code, language):
    texts = [sentence(problem(code), language), advice(problem(code), language)]
    assert texts[0]
    assert not any(re.search(r"[{}]", text) for text in texts)
    assert (re.search(r"[\u4e00-\u9fff]", texts[0]) is not None) or language == "en"


def test_every_code_is_of_use():
    sources = [path.read_text("utf-8") for path in PRODUCT.rglob("*.py") if path.name != "catalogue.py"]
    assert [code for code in catalogue.CATALOGUE if not any(f'"{code}"' in source for source in sources)] == []
    assert [code for code in catalogue.IGNORED if not any(f'"{code}"' in source for source in sources)] == []


@pytest.mark.parametrize("code", [code for code, entry in catalogue.CATALOGUE.items() if entry.level != "note"])
def test_every_error_and_warning_says_what_to_do(code):
    assert catalogue.CATALOGUE[code].advice


def test_the_place_names_file_sheet_row_and_column():
    assert place(problem("date_unreadable"), "zh_CN") == "台账.xlsx · 道德讲堂 · 第 5 行 · C 列"
    assert place(problem("date_unreadable"), "en") == "台账.xlsx · 道德讲堂 · row 5 · column C"
    assert place(Problem("empty_file", "error", "台账.xlsx"), "zh_CN") == "台账.xlsx"


def test_a_problem_can_be_written_as_json():
    assert describe(problem("choice_unknown"), "en") == {
        "code": "choice_unknown",
        "level": "error",
        "file": "台账.xlsx",
        "sheet": "道德讲堂",
        "row": 5,
        "column": "C",
        "heading": "活动时间",
        "found": "九月",
        "sentence": "“九月” is none of the choices.",
        "advice": "Choose one of: 甲, 乙.",
    }


def test_a_long_text_is_shown_shortened():
    problems = Problems("x")
    problems.add("date_unreadable", found="长" * 81)
    problems.add("date_unreadable", found="长" * 80)
    assert [len(problem.found) for problem in problems.all] == [80, 80]
    assert problems.all[0].found.endswith("…")


def test_an_unknown_code_is_a_programmers_mistake():
    with pytest.raises(KeyError):
        Problems("x").add("no_such_code")


def test_braces_in_a_file_are_only_text():
    found = Problem("date_unreadable", "error", "{x}.xlsx", found="{0} {heading}")
    assert sentence(found, "en") == "“{0} {heading}” is not a date."
