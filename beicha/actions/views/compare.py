"""Two scores beside each other: two months, two communities, or a community and the others around it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

from beicha.actions.views.months import Month
from beicha.actions.views.verified import verified_of
from scoring.differences import Profile, profile_of, split
from scoring.edition import Edition
from scoring.outcomes import Reason
from scoring.rules import TOLERANCE
from scoring.states import STATES

Group = Literal["street", "class", "district"]
GROUPS: tuple[Group, ...] = ("street", "class", "district")
Reasons = Mapping[str, Reason]

_BOTH_SIDES = ("state", "rate", "earned", "points", "why")
COLUMNS = [
    "criterion", "title", "section", "line", "kind", "contribution",
    *(f"{name}_{side}" for name in _BOTH_SIDES for side in ("then", "now")), "side",
]  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: where and when, its score and bonus, and of how many communities.

    ``code`` is that of a community, '' of several together. ``name`` is '' where all in view are meant, or the others
    of a ``group``.
    """

    name: str
    group: Group | None
    period: str
    code: str
    edition: Edition
    score: float
    bonus: float
    communities: int


@dataclass(frozen=True)
class Comparison:
    """The difference of two scores, and where it comes from.

    ``criteria``: one row per criterion that adds to it or stands differently, what was gained first, what was lost
    last; criterion (code), title, section, line, kind (``scoring.differences.Split``), contribution, then on both sides
    (_then, _now): state ('' of several), rate (fraction, NaN where it does not count), earned, points (NaN: not there),
    why (a Reason or None); side ("then" or "now": where the row leads to).
    ``reweighted`` is what the changed denominators come to, ``bonus`` the difference of the bonuses; with the
    contributions they add up to ``total``. ``line`` names the line it is cut to.
    """

    then: Side
    now: Side
    criteria: pd.DataFrame
    reweighted: float
    bonus: float
    total: float
    line: str

    @property
    def same_edition(self) -> bool:
        """Whether both were scored under the same edition."""
        return self.then.edition.digest == self.now.edition.digest

    @property
    def contributions(self) -> float:
        """What the criteria add up to."""
        return float(self.criteria["contribution"].sum(skipna=False))


@dataclass(frozen=True)
class Place:
    """What is compared of a month: a community, or several communities, by index, with their name and reasons."""

    month: Month
    members: np.ndarray
    name: str
    code: str = ""
    reasons: Reasons = field(default_factory=dict)
    group: Group | None = None


def community_in(month: Month, code: str, reasons: Reasons) -> Place:
    """A community of a month; raises KeyError where it is not in view."""
    codes = month.standing.cells.communities
    if code not in codes:
        raise KeyError(code)
    known = month.standing.tree.areas
    name = known[code].name if code in known else code
    return Place(month, np.array([codes.index(code)]), name, code, reasons)


def area_in(month: Month, street: str) -> Place:
    """A street of a month, or all communities in view where it is none."""
    known = {area.code: area.name for area in (*month.children("street"), *month.parts())}
    whole = [area.name for area in month.children("district")]
    name = known.get(street, whole[0] if len(whole) == 1 else "")
    return Place(month, month.members(street if street in known else None), name)


def compare(then: Place, now: Place, line: str = "", renamed: Mapping[str, str] | None = None) -> Comparison:
    """The difference from one place to another, of all lines or one; ``renamed`` maps the first's codes of criteria."""
    was, is_ = (profile_of(place.month.standing, place.members, line) for place in (then, now))
    found = split(was, is_, renamed)
    sides = _looks(then, was), _looks(now, is_)
    rows = [_row(one, *sides) for one in found.criteria.to_dict("records") if one["kind"] != "outside"]
    frame = pd.DataFrame([row for row in rows if _matters(row)], columns=COLUMNS)
    frame = frame.sort_values("contribution", ascending=False, kind="stable", ignore_index=True)
    edition = now.month.edition
    return Comparison(
        _side(then, was),
        _side(now, is_),
        frame,
        found.reweighted,
        found.bonus,
        found.total,
        edition.line_title(line) if line else now.month.only,
    )


def _side(place: Place, profile: Profile) -> Side:
    count = len(place.members)
    where = place.name, place.group, place.month.period, place.code
    return Side(*where, profile.edition, profile.score, profile.bonus, count)


Look = Callable[[int], dict[str, Any]]
"""From the index of a criterion to what one side says of it; -1 is a criterion that it lacks."""


def _looks(place: Place, profile: Profile) -> tuple[Edition, Look]:
    edition, standing = profile.edition, place.month.standing

    def look(k: int) -> dict[str, Any]:
        if k < 0:
            return dict.fromkeys(("rate", "earned", "points"), float("nan")) | {"state": "", "why": None}
        criterion = edition.criteria[k]
        rate = float(profile.fraction[k])
        state = STATES[standing.cells.state[place.members[0], k]] if place.code else ""
        why = place.reasons.get(criterion.code)
        return {"state": state, "rate": rate, "earned": rate * criterion.points, "points": criterion.points, "why": why}

    return edition, look


def _row(one: Mapping[Any, Any], then: tuple[Edition, Look], now: tuple[Edition, Look]) -> dict[str, Any]:
    side = "now" if one["now"] >= 0 else "then"
    edition = (now if side == "now" else then)[0]
    criterion = edition.criteria[one[side]]
    row = {
        "criterion": criterion.code,
        "title": criterion.title,
        "section": edition.section(criterion.section).title,
        "line": edition.line_title(criterion.lead),
        "kind": one["kind"],
        "contribution": one["contribution"],
        "side": side,
    }
    for name, (_, look) in (("then", then), ("now", now)):
        row |= {f"{key}_{name}": value for key, value in look(one[name]).items()}
    return row


def _matters(row: Mapping[str, Any]) -> bool:
    """Whether the criterion adds to the difference, or stands differently, or counts on one side alone."""
    return not abs(row["contribution"]) <= TOLERANCE or row["kind"] != "both" or row["state_then"] != row["state_now"]


def others_of(month: Month, code: str) -> dict[Group, np.ndarray]:
    """The other communities of the street, of the class and of the district, by index, as far as all of them are seen.

    A group of which not everyone is seen is left out, as no mean of a part may go by its name; so is an empty one.
    """
    standing, table = month.standing, month.standing.communities
    number = standing.cells.communities.index(code)
    street, whole = standing.tree.ancestor(number, "street"), _whole_around(month, number)
    found: dict[Group, np.ndarray] = {"street": standing.tree.below(street)} if street else {}
    if whole is not None:
        alike = table["rank_class"].to_numpy() == table["rank_class"].iloc[number]
        found |= {"class": whole[alike[whole]], "district": whole}
    others = {name: members[members != number] for name, members in found.items()}
    return {name: members for name, members in others.items() if len(members)}


def _whole_around(month: Month, number: int) -> np.ndarray | None:
    """The district around a community, or all there are in a tree without one; None where not all of it is seen."""
    district = month.standing.tree.ancestor(number, "district")
    if district:
        return month.standing.tree.below(district)
    return month.members(None) if month.of_whole is None else None


def beside_others(month: Month, code: str, line: str = "") -> pd.DataFrame:
    """A community's criteria beside the others' means, in the edition's order, of all lines or one.

    Columns: criterion, title, line, state, points, rate and lost (of the community; NaN where it does not count), and
    for each of the GROUPS that is seen GROUP_rate and GROUP_lost: the means over those for whom it counts.
    """
    standing, edition = month.standing, month.edition
    number = standing.cells.communities.index(code)
    rate = np.where(standing.in_denominator, standing.weighing.fraction, np.nan)
    points = np.array([criterion.points for criterion in edition.criteria])
    columns: dict[str, Any] = {
        "criterion": [criterion.code for criterion in edition.criteria],
        "title": [criterion.title for criterion in edition.criteria],
        "line": [edition.line_title(criterion.lead) for criterion in edition.criteria],
        "state": [STATES[state] for state in standing.cells.state[number]],
        "points": points,
        "rate": rate[number],
        "lost": points * (1.0 - rate[number]),
    }
    for name, members in others_of(month, code).items():
        mean = _means(rate[members])
        columns |= {f"{name}_rate": mean, f"{name}_lost": points * (1.0 - mean)}
    led = [line in ("", criterion.lead) for criterion in edition.criteria]
    return pd.DataFrame(columns)[led].reset_index(drop=True)


def _means(rates: np.ndarray) -> np.ndarray:
    """The mean of each column over the numbers that are there, NaN where there are none."""
    there = ~np.isnan(rates)
    counts = there.sum(axis=0)
    return np.where(counts > 0, np.nan_to_num(rates).sum(axis=0) / np.maximum(counts, 1), np.nan)


def verified_over(months: Sequence[Month], code: str, line: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Self-report beside verification of one community over its months, those without a verified criterion left out.

    By month: period, verified (count), points, self_points, found_points, lead, own and seen (fractions of the points
    that were verified). By criterion: period, criterion, title, points, self, found (fractions), self_points,
    found_points, lead.
    """
    found = [verified_of(month, "", line).criteria.assign(period=month.period) for month in months]
    columns = ["period", "criterion", "title", "points", "self", "found", "self_points", "found_points", "lead"]
    own = [frame[frame["code"] == code][columns] for frame in found if len(frame)]
    criteria = pd.concat(own, ignore_index=True) if own else pd.DataFrame(columns=columns)
    sums = ["points", "self_points", "found_points", "lead"]
    by_month = criteria.groupby("period", as_index=False).agg(
        verified=("criterion", "count"), **{name: (name, "sum") for name in sums}
    )
    by_month["own"] = by_month["self_points"] / by_month["points"]
    by_month["seen"] = by_month["found_points"] / by_month["points"]
    return by_month, criteria
