"""Which column holds which field: the headings of one row, or of several levels, put beside a ledger's fields."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from beicha.intake.vocabulary import CONFIRMED, NEARLY, SYNONYM, TITLE, Vocabulary
from scoring.ledgers import Ledger

WEIGHTS = {CONFIRMED: 1.0, TITLE: 1.0, NEARLY: 1.0, SYNONYM: 0.5}
MISSING = 0.5
CLEARLY = 0.3
"""A ledger must fit better than the next by this much, else neither is taken."""

Labels = Sequence[tuple[str, ...]]
"""For each column the texts that may be its heading, the likeliest first; empty for a column without."""


class Rival(NamedTuple):
    """A column that stands for a field as much as the one that was taken."""

    field: int
    column: int


@dataclass(frozen=True)
class Match:
    """A ledger laid over the columns of a sheet: fields by their numbers, columns counted from 0."""

    number: int
    ledger: Ledger
    columns: dict[int, int]
    synonyms: tuple[int, ...]
    confirmed: tuple[int, ...]
    rivals: tuple[Rival, ...]
    unclear: dict[int, tuple[int, ...]]
    fit: float
    named: float

    @property
    def score(self) -> float:
        """How well headings and name fit together."""
        return self.fit + self.named

    @property
    def is_acceptable(self) -> bool:
        """Whether enough headings are known, fewer where the sheet is named after the ledger."""
        found, fields = len(self.columns), len(self.ledger.fields)
        if found < min(2, fields):
            return False
        weight = sum(WEIGHTS[SYNONYM] if field in self.synonyms else 1.0 for field in self.columns)
        return weight >= (1.0 if self.named else 0.5 * fields)


def match_ledgers(vocabulary: Vocabulary, labels: Labels, evidence: Sequence[float]) -> list[Match]:
    """The ledgers that the headings may stand for, the best first; files with the same headings share them."""
    key = (tuple(labels), tuple(evidence))
    found: list[Match] | None = vocabulary.kept.get(key)
    if found is None:
        if len(vocabulary.kept) >= _MOST_KEPT:
            vocabulary.kept.clear()
        found = vocabulary.kept[key] = _matches(vocabulary, labels, evidence)
    return found


_MOST_KEPT = 512


def _matches(vocabulary: Vocabulary, labels: Labels, evidence: Sequence[float]) -> list[Match]:
    claims: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for column, texts in enumerate(labels):
        for (ledger, field), surely in _meanings(vocabulary, texts).items():
            claims[ledger].append((-surely, column, field))
    matches = [_match(vocabulary, ledger, sorted(found), evidence[ledger]) for ledger, found in claims.items()]
    return sorted((match for match in matches if match.is_acceptable), key=lambda match: -match.score)


def _meanings(vocabulary: Vocabulary, texts: tuple[str, ...]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for text in texts:
        for place, surely in vocabulary.meanings(text).items():
            found[place] = max(surely, found.get(place, 0))
    return found


def _match(vocabulary: Vocabulary, number: int, claims: list[tuple[int, int, int]], named: float) -> Match:
    ledger = vocabulary.ledgers[number]
    columns, surely, rivals = _surest(claims)
    unclear = _add_synonyms(claims, columns, surely, rivals)
    missing = sum(field.required and at not in columns for at, field in enumerate(ledger.fields))
    fit = sum(WEIGHTS[surely[field]] for field in columns) - MISSING * missing + len(columns) / len(ledger.fields) / 10
    synonyms, confirmed = (
        tuple(field for field in columns if surely[field] == strength) for strength in (SYNONYM, CONFIRMED)
    )
    return Match(number, ledger, columns, synonyms, confirmed, tuple(rivals), unclear, fit, named)


def _surest(claims: list[tuple[int, int, int]]) -> tuple[dict[int, int], dict[int, int], list[Rival]]:
    """The columns that name a field by its own title or alias: the surest claim first, each column once."""
    columns: dict[int, int] = {}
    surely: dict[int, int] = {}
    rivals = []
    for strength, column, field in claims:
        if -strength == SYNONYM or column in columns.values():
            continue
        if field not in columns:
            columns[field], surely[field] = column, -strength
        elif surely[field] == -strength:
            rivals.append(Rival(field, column))
    return columns, surely, [rival for rival in rivals if rival.column not in columns.values()]


def _add_synonyms(
    claims: list[tuple[int, int, int]], columns: dict[int, int], surely: dict[int, int], rivals: list[Rival]
) -> dict[int, tuple[int, ...]]:
    """Takes each column that only one open field can mean; gives back those that several can."""
    while True:
        wanted = _wanted(claims, columns, rivals)
        certain = {column: fields[0] for column, fields in wanted.items() if len(fields) == 1}
        if not certain:
            return wanted
        for column, field in certain.items():
            if field in columns:
                rivals.append(Rival(field, column))
            else:
                columns[field], surely[field] = column, SYNONYM


def _wanted(
    claims: list[tuple[int, int, int]], columns: dict[int, int], rivals: list[Rival]
) -> dict[int, tuple[int, ...]]:
    """The open fields that each open column may mean."""
    taken = set(columns.values()) | {rival.column for rival in rivals}
    wanted: dict[int, dict[int, None]] = defaultdict(dict)
    for _, column, field in claims:
        if column not in taken and field not in columns:
            wanted[column][field] = None
    return {column: tuple(fields) for column, fields in wanted.items()}
