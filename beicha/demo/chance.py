"""Chance without a clock: every draw depends on the seed and on what it is drawn for, and on no other draw."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

_SEED = "澄溪"
_SPAN = float(1 << 64)

Thing = TypeVar("Thing")


def draw(*what: object) -> float:
    """A number from 0 up to 1, the same at every call for the same thing."""
    text = "|".join(map(str, (_SEED, *what)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") / _SPAN


def pick(options: Sequence[Thing], *what: object) -> Thing:
    """One of the options."""
    return options[int(draw("pick", *what) * len(options))]


def between(low: int, high: int, *what: object) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return low + int(draw("between", *what) * (high - low + 1))
