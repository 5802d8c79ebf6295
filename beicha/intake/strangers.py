"""A sheet whose headings are all the clerk's own: the row most like headings, so that a person can confirm them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from beicha.intake.book import Sheet, letter
from beicha.intake.problems import Problems
from beicha.intake.suggesting import LIKELY, Guess, guesses
from beicha.intake.synonyms import heading_key
from beicha.intake.vocabulary import Vocabulary

_FIRST_ROWS = 15
_ROWS_BELOW = 6
_FEWEST = 2
_SHARE = 0.5
_LONGEST = 20
_WORTH = 35.0


@dataclass(frozen=True)
class _Row:
    """A row that may be headings: which ledger's, and for each column its text and the guesses."""

    at: int
    ledger: int
    columns: dict[int, tuple[str, list[Guess]]]

    @property
    def likely(self) -> int:
        """How many fields its texts are like."""
        return len({found[0].field for _, found in self.columns.values() if found[0].likeness >= LIKELY})

    @property
    def is_plausible(self) -> bool:
        """Whether at least two fields, and half of its texts, are alike."""
        return self.likely >= max(_FEWEST, _SHARE * len(self.columns))


def suggest_headings(sheet: Sheet, vocabulary: Vocabulary, ledgers: Iterable[int], problems: Problems) -> None:
    """A suggestion for each text of the row that is most like the headings of one of these ledgers, if any is."""
    rows = [row for ledger in ledgers for row in _rows(sheet, vocabulary, ledger) if row.is_plausible]
    if not rows:
        return
    best = max(rows, key=lambda row: (row.likely, -row.at))
    ledger = vocabulary.ledgers[best.ledger]
    for column, (text, found) in best.columns.items():
        fields = [ledger.fields[guess.field] for guess in found]
        code = "column_suggested" if found[0].likeness >= LIKELY else "column_unknown"
        values: dict[str, Any] = {"open": [field.code for field in fields], "titles": [field.title for field in fields]}
        place = {"column": letter(column), "heading": text}
        problems.add(code, sheet.name, best.at + 1, **place, ledger=ledger.code, field=fields[0].title, **values)


def _rows(sheet: Sheet, vocabulary: Vocabulary, ledger: int) -> Iterable[_Row]:
    open_fields = range(len(vocabulary.ledgers[ledger].fields))
    words = [word for field in open_fields for word in vocabulary.words(ledger, field)]
    for at, cells in enumerate(sheet.rows[:_FIRST_ROWS]):
        texts = {column: cell.strip() for column, cell in enumerate(cells) if _may_be_heading(cell)}
        if len(texts) < _FEWEST or not _is_worth_a_look(texts.values(), words):
            continue
        below = sheet.rows[at + 1 : at + 1 + _ROWS_BELOW]
        columns = {
            column: (text, guesses(vocabulary, ledger, text, [row[column] for row in below], open_fields))
            for column, text in texts.items()
        }
        yield _Row(at, ledger, columns)


def _is_worth_a_look(texts: Collection[str], words: Sequence[str]) -> bool:
    """A quick look at a whole row, which nearly all rows of data do not pass."""
    keys = [heading_key(text) for text in texts]
    alike = process.cdist(keys, words, scorer=fuzz.ratio, score_cutoff=_WORTH).max(axis=1) > 0
    return bool(alike.sum() >= max(_FEWEST, _SHARE * len(keys)))


def _may_be_heading(cell: Any) -> bool:
    return type(cell) is str and 0 < len(cell.strip()) <= _LONGEST
