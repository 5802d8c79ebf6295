"""Yes and no in words, ticks and forms."""

import pytest

from beicha.intake.yes_no import read_yes_no


@pytest.mark.parametrize(
    "text",
    [
        *(
            "√",
            "✓",
            "✔",
            "✔️",
            "☑",
            "是",
            "有",
            "达标",
            "Y",
            "ｙ",
            " 是 ",
            "是。",
            "1",
            1.0,
            True,
            "打√",
            "(√)",
            "［√］",
            "对勾",
        ),
        *("☑是□否", "是√否□", "■有□无", "√ 是  □ 否", "●是 ○否", "☑是", "是√", "“是”"),
    ],
)
def test_yes(text):
    assert read_yes_no(text) == (True, "", None)


@pytest.mark.parametrize(
    "text",
    [
        *("×", "✗", "✖️", "否", "无", "不达标", "N", "0", 0.0, False, "没有", "打×"),
        *("□是☑否", "□是√否", "是□否☑", "□ 有 / ■ 无", "○是●否"),
    ],
)
def test_no(text):
    assert read_yes_no(text) == (False, "", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("是（已整改）", True),
        ("有(3张)", True),
        ("是，已整改", True),
        ("否：待整改", False),
        ("已公示", True),
        ("未公示", False),
        ("□", False),
    ],
)
def test_an_answer_with_more_to_it_is_taken_and_said(text, answer):
    assert read_yes_no(text) == (answer, "yes_no_worded", {"read": "是" if answer else "否"})


@pytest.mark.parametrize(
    "text",
    [
        *(
            "N/A",
            "□是□否",
            "☑是☑否",
            "有3处",
            "是/否",
            "有/无",
            2.0,
            "-1",
            "不清楚",
            "未知",
            "已知",
            "无问题",
            "基本达标",
            "○",
            "☒",
        ),
        *("整改中", "R"),
    ],
)
def test_neither_yes_nor_no_is_an_error(text):
    assert read_yes_no(text)[:2] == (None, "yes_no_unreadable")


def test_a_sign_behind_a_tick_is_no_answer():
    assert read_yes_no("√×").value is None
