"""Which criterion of one edition is which of another: by code, or as the newer one's renames say."""

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.edition import Criterion, Edition

Pair = tuple[Criterion | None, Criterion | None]
"""A criterion before and after; None where there is none."""


def pairs(before: Edition, after: Edition) -> list[Pair]:
    """Every criterion of the newer edition with its former self, then those that were dropped."""
    renamed = fresh(before.renames.criteria, after.renames.criteria)
    return paired(before.criteria, after.criteria, renamed)


def fresh(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The renames that came with the newer edition: those that stood in the one before are done already."""
    return {old: new for old, new in after.items() if before.get(old) != new}


def paired(before: Sequence[Any], after: Sequence[Any], renamed: Mapping[str, str]) -> list[tuple[Any, Any]]:
    """The items of two lists by code, after the renames; the newer list's order, then what it dropped."""
    known, there = {item.code: item for item in before}, {item.code for item in after}
    former = {new: old for old, new in renamed.items() if old in known and new in there}
    gone = set(former.values())
    found = [(known.get(former.get(now.code, "" if now.code in gone else now.code)), now) for now in after]
    kept = {was.code for was, _ in found if was is not None}
    return found + [(was, None) for was in before if was.code not in kept]
