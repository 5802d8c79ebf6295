"""Which community and which month a file is for, where cover, titles, file name and the user's choice may disagree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from beicha.intake.claims import Claim, Claims
from beicha.intake.communities import Communities, Named
from beicha.intake.problems import Problems
from scoring.edition import Edition
from scoring.periods import period_text

_ORDER = ("cover", "title", "name", "sheet", "row", "band", "visits")
STRONG = ("cover", "name")
"""Where a file says for which community and month it is as a whole."""


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
    of_one = [claim for claim in claims.communities if not known.is_above(claim.value)]
    said = _sorted(of_one if of_one or given else claims.communities)
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
        return known.identity(known.find(claim.value)) == known.identity(named)

    _Judge("community_differs", bool(given), named.name, settled).compare(said, agrees, problems)
    return named


def names_one(claims: Claims, known: Communities) -> bool:
    """Whether the cover or the file's name says that the file is of one community, known or not."""
    return any(claim.source in STRONG for claim in claims.communities if not known.is_above(claim.value))


def check_edition(claims: Claims, edition: Edition, problems: Problems) -> None:
    """Warns where the cover carries the digest of another edition."""
    for claim in claims.editions:
        if not edition.digest.startswith(claim.value):
            _say(problems, "other_edition", claim)


@dataclass(frozen=True)
class _Judge:
    """The weightiest saying must agree with the user's choice, the file's name with its cover; others are warned of.

    A sheet named after another community is no remnant but holds that one's rows, as do the rows below another's title
    where a title names the right one too. Where a person settled the matter,
    all are only warned of.
    """

    code: str
    is_given: bool
    expected: str
    is_settled: bool

    def compare(self, said: list[Claim], agrees: Callable[[Claim], bool], problems: Problems) -> None:
        holding = {"sheet"} | {"title" for claim in said if claim.source == "title" and agrees(claim)}
        for number, claim in enumerate(said):
            if agrees(claim):
                continue
            is_first = number == 0 if self.is_given else said[0].source == "cover" and claim.source == "name"
            is_grave = is_first or (claim.source in holding and self.code == "community_differs")
            code = self.code if is_grave and not self.is_settled else "elsewhere_differs"
            _say(problems, code, claim, source=claim.source, expected=self.expected)


def _sorted(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: _ORDER.index(claim.source))


def _say(problems: Problems, code: str, claim: Claim, **values: Any) -> None:
    problems.add(code, claim.sheet, claim.row, column=claim.column, found=claim.found, **values)
