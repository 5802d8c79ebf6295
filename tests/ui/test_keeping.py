"""What is kept is made once, and the longest unused goes first."""

import pytest

from beicha.ui.keeping import Keeping


def test_a_value_is_made_once() -> None:
    kept, made = Keeping(2), []
    assert [kept.get("a", lambda: made.append(1) or "x") for _ in range(3)] == ["x"] * 3
    assert len(made) == 1


def test_the_longest_unused_goes_first() -> None:
    kept = Keeping(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)
    assert kept.get("a", lambda: "anew") == "a"
    assert kept.get("b", lambda: "anew") == "anew"


def test_what_could_not_be_made_is_tried_again() -> None:
    kept = Keeping(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 / 0)
    assert kept.get("a", lambda: "x") == "x"


def test_what_was_made_of_older_data_goes_with_the_first_look_at_newer() -> None:
    kept = Keeping(4)
    kept.renew("1")
    for number in (1, 2):
        kept.get((f"{number}", "rows"), lambda number=number: number)
    kept.renew("1")
    assert kept.get(("1", "rows"), lambda: "anew") == 1
    kept.renew("2")
    assert kept.get(("2", "rows"), lambda: "anew") == 2
    assert kept.get(("1", "rows"), lambda: "anew") == "anew"


def test_nothing_is_left_once_cleared() -> None:
    kept = Keeping(2)
    kept.get("a", lambda: "x")
    kept.clear()
    assert kept.get("a", lambda: "y") == "y"
