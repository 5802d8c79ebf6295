"""Where a month stands in review: every expected community, what was decided last, and what may be decided now."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from beicha.actions.grants import Grant, covered, covers, may, require
from beicha.actions.review_states import State, allowed
from beicha.actions.reviews import RIGHT_OF, states
from beicha.actions.views.reading import read_months
from beicha.actions.views.streets import is_within, street_of
from beicha.store import Store, areas, reviews
from beicha.store.reviews import Review, Verb

SAME = 1e-9
RECENT = 60
"""So many of the newest returns are looked at."""


@dataclass(frozen=True)
class ReviewUnit:
    """A community's month in review. ``score`` is as it stands now, None for none; ``last`` the newest step, if any."""

    code: str
    name: str
    street_name: str
    state: State
    score: float | None
    last: Review | None

    @property
    def moved(self) -> float | None:
        """By how much the score of a final month has moved since it was made final; None where it has not."""
        if self.state != "final" or self.last is None or self.score is None or self.last.step.score is None:
            return None
        change = self.score - self.last.step.score
        return change if abs(change) > SAME else None


@dataclass(frozen=True)
class Returned:
    """A community's name, and the step that returned its month."""

    name: str
    review: Review


@dataclass(frozen=True)
class ReviewView:
    """The communities that the grant reviews or may look into, in the office's order, and the steps it may take."""

    period: str
    units: tuple[ReviewUnit, ...]
    verbs: tuple[Verb, ...]

    def count(self, state: State) -> int:
        """How many stand so."""
        return sum(unit.state == state for unit in self.units)

    def open_to(self, codes: Mapping[str, State]) -> tuple[Verb, ...]:
        """The steps that can be taken with all of these, as they stand."""
        return tuple(verb for verb in self.verbs if codes and all(verb in allowed(state) for state in codes.values()))


def read_review(grant: Grant, store: Store, period: str, street: str = "") -> ReviewView:
    """How the month stands, of all areas or one street or district; Refused where the grant opens no files."""
    require(grant, "files")
    scores = _scores(grant, store, period)
    with store.read() as view:
        tree = areas.tree(view, period)
        seen = covered(grant, "files", tree)
        stands, last = states(view, period, seen), reviews.newest(view, period)
    known = {area.code: area for area in tree}
    units = []
    for code in seen:
        above = street_of(known, code)
        if is_within(known, code, street):
            name = above.name if above else ""
            units.append(ReviewUnit(code, known[code].name, name, stands[code], scores.get(code), last.get(code)))
    verbs = tuple(verb for verb, right in RIGHT_OF.items() if may(grant, right))
    return ReviewView(period, tuple(units), verbs)


def returned_months(grant: Grant, store: Store) -> tuple[Returned, ...]:
    """The months that stand returned in the communities whose reports the grant hands in, newest first."""
    require(grant, "submit")
    found = []
    with store.read() as view:
        for review in reviews.returned(view, RECENT):
            code, period = review.step.community, review.step.period
            tree = areas.tree(view, period)
            if covers(grant, "submit", code, tree) and states(view, period, [code])[code] == "returned":
                name = next(area.name for area in tree if area.code == code)
                found.append(Returned(name, review))
    return tuple(found)


def _scores(grant: Grant, store: Store, period: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for month in read_months(grant, store, period, period):
        codes = month.standing.cells.communities
        found |= {code: float(score) for code, score in zip(codes, month.standing.score, strict=True)}
    return {code: score for code, score in found.items() if not math.isnan(score)}
