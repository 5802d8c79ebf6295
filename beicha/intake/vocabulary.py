"""What the headings and names of an edition's ledgers may look like, made once for each edition."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, NamedTuple

from beicha.intake.answers import Heading
from beicha.intake.synonyms import groups, heading_key, whole_key
from scoring.edition import Edition
from scoring.ledgers import Ledger, LedgerField

CONFIRMED, TITLE, NEARLY, SYNONYM = 5, 4, 3, 1
"""How surely a heading names a field: a person said so, its title, its title or alias but for brackets, a synonym."""

_ENDINGS = (
    "一览表",
    "登记表",
    "统计表",
    "汇总表",
    "情况表",
    "明细表",
    "记录表",
    "台账",
    "清单",
    "名册",
    "活动",
    "情况",
    "记录",
    "表",
)
_SHORTEST = 2
_KEPT_EDITIONS = 16

Meanings = dict[tuple[int, int], int]
"""The fields that a heading may name, as (number of the ledger, number of the field), with how surely."""


class LedgerName(NamedTuple):
    """How a ledger may be called: in full, and in short without such endings as 台账."""

    full: tuple[str, ...]
    short: tuple[str, ...]


class Vocabulary:
    """All headings and names that lead to ledgers and fields of one edition.

    ``kept`` is room for what others found with it and need again in the next file.
    """

    def __init__(self, edition: Edition) -> None:
        self.ledgers = edition.ledgers
        self.names = tuple(_ledger_name(ledger) for ledger in edition.ledgers)
        self._whole: dict[str, Meanings] = {}
        self._bare: dict[str, Meanings] = {}
        self._words: dict[tuple[int, int], list[str]] = {}
        for key, place, surely in _entries(edition.ledgers):
            for table, entry in ((self._whole, key), (self._bare, heading_key(key))):
                weight = surely if table is self._whole else min(surely, NEARLY)
                meanings = table.setdefault(entry, {})
                meanings[place] = max(weight, meanings.get(place, 0))
            self._words.setdefault(place, []).append(heading_key(key))
        self._confirmed: Mapping[Heading, str] = {}
        self.meanings = lru_cache(maxsize=4096)(self._meanings)
        self._spoken = lru_cache(maxsize=1024)(lambda key: [_speaks(key, name) for name in self.names])
        self.kept: dict[Any, Any] = {}

    def confirming(self, headings: Mapping[Heading, str]) -> "Vocabulary":
        """The same vocabulary where people have said what some headings mean; itself where they said nothing."""
        if not headings:
            return self
        with_them = copy(self)
        with_them._confirmed = headings
        with_them.kept = {}
        with_them.meanings = lru_cache(maxsize=4096)(with_them._meanings)
        return with_them

    def is_confirmed(self, ledger: Ledger, heading: str) -> bool:
        """Whether a person said what the heading means in the ledger, be it nothing."""
        return (ledger.code, heading_key(heading)) in self._confirmed

    def words(self, ledger: int, field: int) -> Sequence[str]:
        """All that a field may be called, by the numbers of its ledger and its own, as ``heading_key`` gives it."""
        return self._words[ledger, field]

    def _meanings(self, text: str) -> Meanings:
        """The fields that a heading may name; empty for one that names none."""
        whole, bare = self._whole.get(whole_key(text), {}), self._bare.get(heading_key(text), {})
        found = {place: max(whole.get(place, 0), bare.get(place, 0)) for place in whole | bare}
        return self._as_confirmed(heading_key(text), found) if self._confirmed else found

    def _as_confirmed(self, key: str, found: Meanings) -> Meanings:
        for number, ledger in enumerate(self.ledgers):
            meant = self._confirmed.get((ledger.code, key))
            if meant is None:
                continue
            found = {place: surely for place, surely in found.items() if place[0] != number}
            found |= {(number, at): CONFIRMED for at, field in enumerate(ledger.fields) if field.code == meant}
        return found

    def evidence(self, texts: Iterable[str]) -> list[float]:
        """How strongly the names in the texts, the nearest first, speak for each ledger."""
        said = [self._spoken(key) for text in texts if (key := heading_key(text))]
        return [max(weights) for weights in zip(*said, strict=True)] if said else [0.0] * len(self.names)


def _entries(ledgers: Iterable[Ledger]) -> Iterator[tuple[str, tuple[int, int], int]]:
    for number, ledger in enumerate(ledgers):
        for position, field in enumerate(ledger.fields):
            place = (number, position)
            yield whole_key(field.title), place, TITLE
            yield from ((whole_key(alias), place, NEARLY) for alias in field.aliases)
            yield from ((word, place, SYNONYM) for word in _synonyms(field))


def _synonyms(field: LedgerField) -> set[str]:
    own = {heading_key(text) for text in (field.title, *field.aliases)}
    words: set[str] = set()
    for group in groups():
        if (field.code in group.codes or own & group.words) and (not group.types or field.type in group.types):
            words |= group.words
    return words - own


def _ledger_name(ledger: Ledger) -> LedgerName:
    full = tuple(heading_key(text) for text in (ledger.title, *ledger.aliases))
    short = tuple(core for text in full if (core := _core(text)) not in full)
    return LedgerName(full, short)


def _core(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST:
            return _core(name.removesuffix(ending))
    return name


def _speaks(key: str, name: LedgerName) -> float:
    if key in name.full:
        return 3.0
    if any(full in key for full in name.full if len(full) >= _SHORTEST):
        return 2.0
    return 1.0 if any(short in key for short in name.short) else 0.0


_built: dict[str, Vocabulary] = {}


def vocabulary_of(edition: Edition) -> Vocabulary:
    """The vocabulary of an edition, made at the first call for its digest and kept."""
    found = _built.get(edition.digest)
    if found is None:
        if len(_built) >= _KEPT_EDITIONS:
            _built.clear()
        found = _built[edition.digest] = Vocabulary(edition)
    return found
