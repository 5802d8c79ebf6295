"""Which criterion of one edition is which of another: by code, or as the newer one's renames say."""

from scoring.edition import Criterion, Edition

Pair = tuple[Criterion | None, Criterion | None]
"""A criterion before and after; None where there is none."""


def pairs(before: Edition, after: Edition) -> list[Pair]:
    """Every criterion of the newer edition with its former self, then those that were dropped."""
    former = {new: old for old, new in after.renames.criteria.items()}
    known = {criterion.code: criterion for criterion in before.criteria}
    found: list[Pair] = [(known.get(former.get(now.code, now.code)), now) for now in after.criteria]
    kept = {was.code for was, _ in found if was is not None}
    return found + [(was, None) for was in before.criteria if was.code not in kept]
