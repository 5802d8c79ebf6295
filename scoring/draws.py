"""Drawing at random so that anybody can draw the same again: by a seed, without replacement, all equally likely."""

from collections.abc import Collection
from hashlib import sha256


def draw(items: Collection[str], count: int, seed: str) -> tuple[str, ...]:
    """So many of the items, or all where there are no more, in the order in which they were drawn.

    Each item gets a lot, the SHA-256 of seed and item, and the lowest lots win: the order of the items does not
    matter, and what is drawn of more than enough items begins with what is drawn of fewer of the same.
    """
    return tuple(sorted(set(items), key=lambda item: _lot(seed, item))[: max(count, 0)])


def _lot(seed: str, item: str) -> tuple[bytes, str]:
    return sha256(f"{len(seed)}|{seed}|{item}".encode()).digest(), item
