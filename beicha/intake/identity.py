"""Which community and which month a file is for, where cover, titles, file name and the user's choice may disagree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from beicha.intake.claims import Claim, Claims
from beicha.intake.communities import Communities, Named, bare_name
from beicha.intake.problems import Problems
from scoring.edition import Edition
from scoring.periods import period_text

_ORDER = ("cover", "title", "name", "column", "visits")


def settle_month(claims: Claims, given: int | None, problems: Problems, *, settled: bool = False) -> int | None:
    """The month as a count: the given one, else the file's own; every disagreement becomes a problem.

    ``settled``: a person gave it knowing what the file says, so that disagreements are no errors.
    """
    said = _sorted(claims.months)
    readable = [claim for claim in said if claim.value is not None]
    chosen = given if given is not None else readable[0].value if readable else None
    for claim in said if not settled else ():
        if claim.value is None:
            _say(problems, "month_unreadable", claim)
    if chosen is None:
        if not said:
            problems.add("month_missing")
        return None
    judge = _Judge("month_differs", given is not None, period_text(chosen), settled)
    judge.compare(said if settled else readable, lambda claim: bool(claim.value == chosen), problems)
    return int(chosen)


def settle_community(
    claims: Claims, given: str | None, known: Communities, problems: Problems, *, settled: bool = False
) -> Named | None:
    """The community: the given one (a code or a name), else the file's own; every disagreement becomes a problem.

    ``settled``: a person gave it knowing what the file says, so that disagreements are no errors.
    """
    said = _sorted(claims.communities)
    first = Claim(given, given, "given") if given else said[0] if said else None
    if first is None:
        problems.add("community_missing")
        return None
    named = known.find(first.value)
    if named.code is None:
        _say(
            problems,
            "community_ambiguous" if named.is_ambiguous else "community_unknown",
            first,
            near=named.near,
            codes=named.codes,
        )
        return named

    def agrees(claim: Claim) -> bool:
        return _same(known.find(claim.value), named)

    _Judge("community_differs", bool(given), named.name, settled).compare(said, agrees, problems)
    return named


def check_edition(claims: Claims, edition: Edition, problems: Problems) -> None:
    """Warns where the cover carries the digest of another edition."""
    for claim in claims.editions:
        if not edition.digest.startswith(claim.value):
            _say(problems, "other_edition", claim)


def _same(one: Named, other: Named) -> bool:
    return one.code == other.code or (bool(bare_name(one.name)) and bare_name(one.name) == bare_name(other.name))


@dataclass(frozen=True)
class _Judge:
    """The weightiest saying must agree with the user's choice, the file's name with its cover; others are warned of.

    Where a person settled the matter, all are only warned of.
    """

    code: str
    is_given: bool
    expected: str
    is_settled: bool

    def compare(self, said: list[Claim], agrees: Callable[[Claim], bool], problems: Problems) -> None:
        for number, claim in enumerate(said):
            if agrees(claim):
                continue
            is_grave = number == 0 if self.is_given else said[0].source == "cover" and claim.source == "name"
            code = self.code if is_grave and not self.is_settled else "elsewhere_differs"
            _say(problems, code, claim, source=claim.source, expected=self.expected)


def _sorted(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: _ORDER.index(claim.source))


def _say(problems: Problems, code: str, claim: Claim, **values: Any) -> None:
    problems.add(code, claim.sheet, claim.row, column=claim.column, found=claim.found, **values)
