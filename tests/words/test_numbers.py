"""Numbers are shown half up, and a missing one is a dash."""

import math

import pytest

from beicha.words.numbers import percent, plain, score, signed


@pytest.mark.parametrize(
    ("number", "text"),
    [(87.3, "87.30"), (0.285, "0.29"), (84.995, "85.00"), (84.9949, "84.99"), (0, "0.00"), (-0.001, "0.00")],
)
def test_scores_have_two_decimals_half_up(number: float, text: str) -> None:
    assert score(number) == text


@pytest.mark.parametrize("number", [None, math.nan])
def test_a_missing_number_is_a_dash(number: float | None) -> None:
    assert {score(number), signed(number), plain(number), percent(number)} == {"–"}


@pytest.mark.parametrize(("number", "text"), [(2.3, "+2.30"), (-2.3, "−2.30"), (0.0, "0.00"), (-0.004, "0.00")])
def test_differences_carry_their_sign(number: float, text: str) -> None:
    assert signed(number) == text


@pytest.mark.parametrize(("number", "text"), [(3.0, "3"), (2.5, "2.5"), (1 / 3, "0.33"), (10, "10"), (100.0, "100")])
def test_counts_have_no_needless_zeros(number: float, text: str) -> None:
    assert plain(number) == text


def test_a_fraction_becomes_a_percentage() -> None:
    assert (percent(0.66), percent(1 / 3), percent(1)) == ("66%", "33.33%", "100%")
