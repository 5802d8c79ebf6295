"""Which field an unknown heading may mean: by its letters, and by what stands in the column. Only ever a suggestion."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from beicha.intake.synonyms import heading_key
from beicha.intake.vocabulary import Vocabulary
from scoring.ledgers import NUMBERS, LedgerField

LIKELY = 60.0
"""From this likeness (of 100) on a field is suggested; below it a person chooses among all that are open."""

_PARTLY = 0.85
_FITTING = 20.0
_CELLS = 8


class Guess(NamedTuple):
    """A field's number in its ledger, and how much the heading is like it, from 0 to 100 and a little more."""

    field: int
    likeness: float


def guesses(
    vocabulary: Vocabulary, ledger: int, heading: str, cells: Iterable[Any], open_fields: Sequence[int]
) -> list[Guess]:
    """The open fields of a ledger from the likeliest on; ``cells`` is what stands below the heading."""
    key, kinds = heading_key(heading), _kinds(cells)
    found = [
        Guess(number, _likeness(key, vocabulary.words(ledger, number)) + _fits(field, kinds))
        for number in open_fields
        if (field := vocabulary.ledgers[ledger].fields[number])
    ]
    return sorted(found, key=lambda guess: -guess.likeness)


def _likeness(key: str, words: Iterable[str]) -> float:
    return max((max(fuzz.ratio(key, word), _within(key, word)) for word in words), default=0.0)


def _within(key: str, word: str) -> float:
    """How much the shorter of two words is part of the longer; one sign alone says nothing."""
    return fuzz.partial_ratio(key, word) * _PARTLY if min(len(key), len(word)) > 1 else 0.0


def _kinds(cells: Iterable[Any]) -> set[str]:
    filled = [cell for cell in cells if cell not in ("", None)][:_CELLS]
    return {_kind(cell) for cell in filled}


def _kind(cell: Any) -> str:
    if isinstance(cell, date):
        return "date"
    return "number" if isinstance(cell, (int, float)) else "text"


def _fits(field: LedgerField, kinds: set[str]) -> float:
    """A little more where all cells are of the field's kind, a little less where none is."""
    wanted = "date" if field.type == "date" else "number" if field.type in NUMBERS else "text"
    if kinds == {wanted} and wanted != "text":
        return _FITTING
    return -_FITTING if kinds and wanted not in kinds and "text" not in kinds else 0.0
