"""Counting: for every question about a ledger's rows, one number per community, all questions in one pass.

A question is first asked (``count``, ``total``, ``distinct``) and gives back a function; the first call of
any of them counts for all. The rows' facets are folded into one *kind* per row; a question is answered once
for every kind; several answers share one machine word, a lane each, so that one sum over a community's rows
counts them together. The rows of a block of communities stay in the processor's cache meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.coding import LedgerCodes, NumberColumn
from scoring.conditions import Condition
from scoring.distinct import distinct_values
from scoring.facets import Facet, Span, Truth, day_facet, field_facet, newest_facet
from scoring.kinds import Kinds, sum_rows
from scoring.periods import Window, window_at
from scoring.selection import Selection

Counts = NDArray[np.int64]
Sums = NDArray[np.float64]

_MOST_KINDS = 4096


@dataclass(frozen=True)
class Ask:
    """A question about rows: the ledger's window it is asked for, the conditions, and a span of days, if any."""

    window: str
    dated: bool
    where: tuple[Condition, ...]
    span: Span | None = None


class Tally:
    """Counts rows of one ledger at one month. ``newest`` gives the newest report per window and community; ``begins``
    is the month at which windows start, if a later one."""

    def __init__(
        self, codes: LedgerCodes, month: int, newest: Callable[[str], NDArray[np.int32]], begins: int | None = None
    ) -> None:
        self.codes = codes
        self.month = month
        self._begins = begins
        self._newest = newest
        self._windows: dict[str, Window] = {}
        self._asks: dict[Ask, int] = {}
        self._sums: dict[tuple[Ask, str, str], Callable[[Sums], Sums] | None] = {}

    @property
    def communities(self) -> int:
        """How many communities are counted."""
        return len(self.codes.ptr) - 1

    def ask(self, selection: Selection, more: Sequence[Condition] = (), span: Span | None = None) -> Ask:
        """The question for the rows of a selection that also meet more conditions, dated in a span."""
        return Ask(selection.window, selection.dated, (*selection.where, *more), span)

    def count(self, ask: Ask) -> Callable[[], Counts]:
        """How many rows of each community answer the question."""
        place = self._asks.setdefault(ask, len(self._asks))
        return lambda: self._counts[place]

    def total(
        self, ask: Ask, field: str, shape: Callable[[Sums], Sums] | None = None, name: str = "sum"
    ) -> Callable[[], Sums]:
        """The sum of a number field over those rows, a blank as 0, each put through ``shape``, which ``name`` tells."""
        self._asks.setdefault(ask, len(self._asks))
        self._sums.setdefault((ask, field, name), shape)
        return lambda: self._totals[ask, field, name]

    def distinct(self, ask: Ask, field: str) -> Callable[[], Counts]:
        """How many distinct non-blank values of a field those rows hold; several choices count each by itself."""
        self._asks.setdefault(ask, len(self._asks))
        return lambda: self._distinct(ask, field)

    def rows(self, ask: Ask) -> NDArray[np.int64]:
        """The places of the rows that answer the question."""
        self._asks.setdefault(ask, len(self._asks))
        return np.flatnonzero(self._row_mask(ask))

    @property
    def questions(self) -> tuple[list[Ask], list[tuple[Ask, str]]]:
        """What has been asked so far: the rows to count, and the plain sums of number fields to take."""
        return list(self._asks), [(ask, field) for ask, field, name in self._sums if name == "sum"]

    def window(self, text: str) -> Window:
        """The days of a window at the month counted for."""
        if text not in self._windows:
            self._windows[text] = window_at(text, self.month, self._begins)
        return self._windows[text]

    @cached_property
    def _facets(self) -> dict[str, Facet]:
        """The facets by name: a field's code, ``@day`` and ``@newest``."""
        facets = {
            code: field_facet(self.codes.columns[code], list(conditions))
            for code, conditions in self._conditions().items()
        }
        spans = {span for ask in self._asks for span in self._spans(ask)}
        if spans:
            facets["@day"] = day_facet(self.codes.day, sorted(spans))
        if self.codes.ledger.keeps == "state":
            windows = dict.fromkeys(ask.window for ask in self._asks)
            newest = {window: self._newest(window) for window in windows}
            facets["@newest"] = newest_facet(self.codes.month, np.diff(self.codes.ptr), newest)
        return facets

    def _conditions(self) -> dict[str, dict[Condition, None]]:
        asked: dict[str, dict[Condition, None]] = {}
        for ask in self._asks:
            for condition in ask.where:
                asked.setdefault(condition.field, {})[condition] = None
        return asked

    def _spans(self, ask: Ask) -> list[Span]:
        spans = [] if ask.span is None else [ask.span]
        if self.codes.ledger.keeps == "events" or ask.dated:
            window = self.window(ask.window)
            spans.append((window.first.toordinal(), window.last.toordinal()))
        return spans

    def _terms(self, ask: Ask) -> list[tuple[str, Truth]]:
        """The facets that decide a question, each with the classes that say yes; all must."""
        facets = self._facets
        terms = [(condition.field, facets[condition.field].truth[condition]) for condition in ask.where]
        terms += [("@day", facets["@day"].truth[span]) for span in self._spans(ask)]
        if self.codes.ledger.keeps == "state":
            terms.append(("@newest", facets["@newest"].truth[ask.window]))
        return terms

    def _row_mask(self, ask: Ask) -> Truth:
        answers = [truth.take(self._facets[name].classes) for name, truth in self._terms(ask)]
        return np.logical_and.reduce(answers) if answers else np.ones(len(self.codes.day), bool)

    @cached_property
    def _counts(self) -> NDArray[np.int64]:
        """One row per question, one column per community."""
        asks = list(self._asks)
        counts = np.zeros((len(asks), self.communities), np.int64)
        terms = [self._terms(ask) for ask in asks]
        for places in self._groups(terms):
            kinds = Kinds(self._facets, {name for place in places for name, _ in terms[place]}, self.codes.ptr)
            masks = [kinds.truth(terms[place]) for place in places]
            counts[places] = kinds.counts(masks)
        return counts

    def _groups(self, terms: list[list[tuple[str, Truth]]]) -> list[list[int]]:
        """Questions put together so that the facets of each group make few kinds."""
        if len(self.codes.day) <= _MOST_KINDS:
            return [list(range(len(terms)))] if terms else []
        groups: list[tuple[set[str], list[int]]] = []
        for place in sorted(range(len(terms)), key=lambda place: sorted(name for name, _ in terms[place])):
            names = {name for name, _ in terms[place]}
            home = next((group for group in groups if self._kinds(group[0] | names) <= _MOST_KINDS), None)
            if home is None:
                groups.append((names, [place]))
            else:
                home[0].update(names)
                home[1].append(place)
        return [places for _, places in groups]

    def _kinds(self, names: set[str]) -> int:
        size = 1
        for name in names:
            size *= self._facets[name].size
        return size

    @cached_property
    def _totals(self) -> dict[tuple[Ask, str, str], Sums]:
        totals = {}
        for (ask, field, name), shape in self._sums.items():
            column = self.codes.columns[field]
            assert isinstance(column, NumberColumn), f"{field} is not a number"
            totals[ask, field, name] = sum_rows(
                (shape(column.filled) if shape else column.filled) * self._row_mask(ask), self.codes.ptr
            )
        return totals

    def _distinct(self, ask: Ask, field: str) -> Counts:
        rows = np.flatnonzero(self._row_mask(ask))
        return distinct_values(self.codes.columns[field], rows, self.codes.community[rows], self.communities)
