"""What files say cannot become markup. The browser tests see the same texts on a page."""

import pytest

from beicha.ui.texts import literal

HOSTILE = [
    "![x](http://evil.example/p.png)",
    "<script>alert(1)</script>",
    "$x^2$",
    ":red[红]",
    ":tada: :material/home:",
    "a -> b -- c",
    "# 标题",
    "1. 一",
    "www.evil.example",
    "*粗* _斜_ `码` ~删~",
    "| a | b |",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_sign_that_means_something_is_escaped(text: str) -> None:
    escaped = literal(text)
    plain = escaped.replace("\u2060", "")
    assert plain.replace("\\", "") == text
    assert all(plain[place - 1] == "\\" for place, sign in enumerate(plain) if sign in "![]()<>$:*_`#|~." and place)


def test_what_is_turned_after_reading_is_broken_up() -> None:
    assert ":\u2060" in literal(":tada:").replace("\\", "")
    assert "w\u2060" in literal("www.evil.example")


def test_line_breaks_become_spaces_and_plain_text_stays() -> None:
    assert literal("红旗社区\n第 2 页") == "红旗社区 第 2 页"
