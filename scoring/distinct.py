"""How many different values the rows of each community hold."""

import numpy as np
from numpy.typing import NDArray

from scoring.coding import CodedColumn, Column


def distinct_values(
    column: Column, rows: NDArray[np.int64], community: NDArray[np.int64], communities: int
) -> NDArray[np.int64]:
    """The distinct non-blank values in these rows, counted per community; each of several choices by itself.

    ``community`` is the index of the community of each of the ``rows``.
    """
    if not isinstance(column, CodedColumn):
        numbers = column.numbers[rows]
        held = ~np.isnan(numbers)
        return _distinct_pairs(community[held], np.unique(numbers[held], return_inverse=True)[1], communities)
    start, sizes, members = _members(column)
    codes = column.codes[rows]
    held_by_row = sizes[codes]
    first = np.cumsum(held_by_row) - held_by_row
    place = np.arange(held_by_row.sum()) - np.repeat(first - start[codes], held_by_row)
    return _distinct_pairs(np.repeat(community, held_by_row), members[place], communities)


def _members(column: CodedColumn) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For every code where its members start, how many they are, and all members as numbers; a blank has none."""
    known: dict[object, int] = {}
    members: list[int] = []
    sizes = []
    for value in column.values:
        parts = set(value) if isinstance(value, tuple) else {value}
        members += [known.setdefault(part, len(known)) for part in parts]
        sizes.append(len(parts))
    size = np.array([*sizes, 0], np.int64)
    return np.cumsum(size) - size, size, np.array(members, np.int64)


def _distinct_pairs(community: NDArray[np.int64], value: NDArray[np.int64], communities: int) -> NDArray[np.int64]:
    width = int(value.max(initial=0)) + 1
    return np.bincount(np.unique(community * width + value) // width, minlength=communities)
