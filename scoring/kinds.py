"""Kinds of rows: rows alike in all facets that a group of questions touches, counted in lanes of one word."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.facets import Facet, Truth

Number = TypeVar("Number", np.int64, np.float64)

_BLOCK_ROWS = 1 << 16
_WORD_BITS = 63


class Kinds:
    """The kinds that some facets make. With fewer rows than kinds every row is a kind of its own."""

    def __init__(self, facets: dict[str, Facet], names: Iterable[str], ptr: NDArray[np.int64]) -> None:
        self._facets = {name: facets[name] for name in sorted(names)}
        self._ptr = ptr
        self._known: dict[tuple[str, int], Truth] = {}
        sizes = [facet.size for facet in self._facets.values()]
        self._kinds = int(np.prod(sizes, dtype=np.int64))
        self._by_row = int(ptr[-1]) <= self._kinds
        self._strides = dict(zip(self._facets, [int(np.prod(sizes[i + 1 :])) for i in range(len(sizes))], strict=True))

    def truth(self, terms: Sequence[tuple[str, Truth]]) -> Truth:
        """The answer for every kind: yes where every term's facet is in a class that says yes."""
        if not terms:
            return np.ones(int(self._ptr[-1]) if self._by_row else self._kinds, bool)
        mask = self._answers(*terms[0])
        for name, truth in terms[1:]:
            mask = mask & self._answers(name, truth)
        return mask

    def _answers(self, name: str, truth: Truth) -> Truth:
        """One term's answer for every kind; asked again, as with windows and common conditions, it is looked up."""
        key = (name, id(truth))
        if key not in self._known:
            self._known[key] = truth.take(self._classes(name))
        return self._known[key]

    def counts(self, masks: Sequence[Truth]) -> NDArray[np.int64]:
        """For every mask over kinds (first axis) how many rows each community has of those kinds."""
        most = int(np.diff(self._ptr).max(initial=0))
        if not masks or most == 0:
            return np.zeros((len(masks), len(self._ptr) - 1), np.int64)
        bits = most.bit_length()
        lanes = _WORD_BITS // bits
        counts = np.empty((len(masks), len(self._ptr) - 1), np.int64)
        words = [_packed(masks[start : start + lanes], bits) for start in range(0, len(masks), lanes)]
        for first, last in _blocks(self._ptr):
            for number, sums in enumerate(self._sums(words, first, last)):
                for lane in range(min(lanes, len(masks) - number * lanes)):
                    counts[number * lanes + lane, first:last] = sums >> (lane * bits) & ((1 << bits) - 1)
        return counts

    def _classes(self, name: str) -> NDArray[np.integer[Any]]:
        """The class in one facet of every kind."""
        facet = self._facets[name]
        if self._by_row:
            return facet.classes
        return (np.arange(self._kinds) // self._strides[name] % facet.size).astype(np.int64)

    def _sums(self, words: Sequence[NDArray[np.int64]], first: int, last: int) -> Iterable[NDArray[np.int64]]:
        """The words summed over the rows of the communities from first to last."""
        ptr = self._ptr[first : last + 1]
        rows = slice(int(ptr[0]), int(ptr[-1]))
        if self._by_row:
            return [sum_rows(word[rows], ptr - ptr[0]) for word in words]
        narrow = np.zeros(rows.stop - rows.start, np.uint32)
        for name, facet in self._facets.items():
            narrow += facet.classes[rows].astype(np.uint32) * np.uint32(self._strides[name])
        kind = narrow.astype(np.intp)
        return [sum_rows(word.take(kind), ptr - ptr[0]) for word in words]


def _packed(masks: Sequence[Truth], bits: int) -> NDArray[np.int64]:
    word = np.zeros(len(masks[0]), np.int64)
    for lane, mask in enumerate(masks):
        word |= mask.astype(np.int64) << (lane * bits)
    return word


def _blocks(ptr: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Runs of communities, from first up to last, with few enough rows to stay in the cache."""
    first, count = 0, len(ptr) - 1
    while first < count:
        last = max(first + 1, int(np.searchsorted(ptr, ptr[first] + _BLOCK_ROWS, side="right")) - 1)
        yield first, min(last, count)
        first = last


def sum_rows(values: NDArray[Number], ptr: NDArray[np.int64]) -> NDArray[Number]:
    """The sum of the values over each community's rows; 0 for a community without rows."""
    sums = np.zeros(len(ptr) - 1, values.dtype)
    held = np.flatnonzero(np.diff(ptr))
    if len(held):
        sums[held] = np.add.reduceat(values, ptr[held])
    return sums
