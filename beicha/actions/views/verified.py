"""Self-report beside verification: what communities say of themselves, and what the office found there."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from beicha.actions.views.months import Month
from beicha.actions.views.streets import street_of

FEW = 3
"""With fewer verified criteria a community's lead says little."""


@dataclass(frozen=True)
class Verified:
    """Where self-report and verification meet in a month.

    ``criteria``: one row per community and verified criterion; code (the community's), name, street, street_name,
    criterion, title, points, self and found (fractions), self_points, found_points, lead (self − found, in points).
    ``communities``: one row per community with a verified criterion, the furthest ahead first; code, name, street,
    street_name, verified (count), self_points, found_points, lead (points), mean (mean difference of the fractions, in
    percentage points), few (whether there are fewer than FEW).
    """

    criteria: pd.DataFrame
    communities: pd.DataFrame


def verified_of(month: Month, street: str = "", line: str = "") -> Verified:
    """The part of a month that was verified, in a street and of a line, or of all in view.

    Only criteria count that an observation verified, of communities that reported the month: who said nothing is no
    modest one.
    """
    rows = [row for number in month.members(street or None) for row in _of_community(month, int(number), line)]
    columns = [
        "code", "name", "street", "street_name", "criterion", "title", "points", "self", "found", "self_points",
        "found_points", "lead",
    ]  # fmt: skip
    criteria = pd.DataFrame(rows, columns=columns)
    return Verified(criteria, _by_community(criteria))


def _of_community(month: Month, number: int, line: str) -> list[list[object]]:
    cells, areas = month.standing.cells, month.standing.tree.areas
    if not cells.reported[number]:
        return []
    code = cells.communities[number]
    street = street_of(areas, code)
    place = [code, areas[code].name, street.code if street else "", street.name if street else ""]
    found = []
    for at in np.flatnonzero(~np.isnan(cells.self_fraction[number]) & ~np.isnan(cells.fraction[number])):
        criterion = month.edition.criteria[at]
        if line in ("", criterion.lead):
            own, seen = float(cells.self_fraction[number, at]), float(cells.fraction[number, at])
            points = float(criterion.points)
            numbers = [points, own, seen, own * points, seen * points, (own - seen) * points]
            found.append([*place, criterion.code, criterion.title, *numbers])
    return found


def _by_community(criteria: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for code, group in criteria.groupby("code", sort=False):
        first, mean = group.iloc[0], 100.0 * float((group["self"] - group["found"]).mean())
        sums = [float(group[column].sum()) for column in ("self_points", "found_points", "lead")]
        place = [code, first["name"], first["street"], first["street_name"]]
        rows.append([*place, len(group), *sums, mean, len(group) < FEW])
    columns = [
        "code",
        "name",
        "street",
        "street_name",
        "verified",
        "self_points",
        "found_points",
        "lead",
        "mean",
        "few",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["lead", "mean"], ascending=False, kind="stable", ignore_index=True)
