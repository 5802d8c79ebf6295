"""What the product and the reference say differently of one case; nothing where they agree."""

import math

import numpy as np
import pandas as pd

from scoring.assess import assess
from scoring.cells import Cells
from scoring.rollup import roll_up
from scoring.stake import stakes
from scoring.states import STATES
from tests.scoring import reference
from tests.scoring.smallest import described, smallest

AGREEMENT = 1e-9


def agree(product, expected):
    """Whether a number of the product (NaN: none) is the reference's (None: none), to 1e-9."""
    if expected is None or math.isnan(product):
        return expected is None and math.isnan(product)
    return abs(product - expected) <= AGREEMENT


def findings_differ(case):
    """States exactly, fractions, bonus, veto and reported of every community, product beside reference."""
    found = assess(case.edition, case.t, case.communities, case.reports)
    wanted = reference.assess(case.edition, case.t, case.communities, case.reports)
    differences = []

    def compare(place, product, expected, equal):
        if not equal:
            differences.append(f"{place}: the product says {product}, the reference {expected}")

    for c, community in enumerate(case.communities):
        compare(
            (community, "reported"),
            *(pair := (bool(found.reported[c]), wanted.reported[community])),
            pair[0] == pair[1],
        )
        for k, criterion in enumerate(case.edition.criteria):
            finding, place = wanted.findings[community, criterion.code], (community, criterion.code)
            state = STATES[found.state[c, k]]
            compare((*place, "state"), state, finding.state, state == finding.state)
            compare((*place, "fraction"), found.fraction[c, k], finding.a, agree(found.fraction[c, k], finding.a))
            own = found.self_fraction[c, k]
            compare((*place, "self"), own, finding.self_a, agree(own, finding.self_a))
            if criterion.verified_by is None:
                mark = bool(found.reason(c, k).values.get("month_unreported", False))
                compare((*place, "mark"), mark, finding.unreported_mark, mark == finding.unreported_mark)
        for b, item in enumerate(case.edition.bonuses):
            worth = wanted.bonus[community, item.code]
            compare((community, item.code), found.bonus[c, b], worth, agree(found.bonus[c, b], worth))
        for v, item in enumerate(case.edition.vetoes):
            flag = wanted.veto[community, item.code]
            compare((community, item.code), found.veto[c, v], flag, bool(found.veto[c, v]) == flag)
    return differences


def cells_of(assessed):
    """Findings of the reference as the product stores them."""
    edition, communities = assessed.edition, assessed.communities
    criteria = [criterion.code for criterion in edition.criteria]
    none = float("nan")

    def table(columns, value_of, dtype):
        values = [[value_of(community, column) for column in columns] for community in communities]
        return np.array(values, dtype).reshape(len(communities), len(columns))

    def fraction(community, code):
        a = assessed.findings[community, code].a
        return none if a is None else a

    return Cells(
        tuple(communities),
        table(criteria, lambda community, code: STATES.index(assessed.findings[community, code].state), np.int8),
        table(criteria, fraction, float),
        table(criteria, lambda community, code: none, float),
        table([item.code for item in edition.bonuses], lambda *place: assessed.bonus[place], float),
        table([item.code for item in edition.vetoes], lambda *place: assessed.veto[place], bool),
        np.array([assessed.reported[community] for community in communities]),
    )


def standings_differ(assessed, areas, cells=None):
    """Everything a roll-up says, and the points at stake, product beside reference; of the same findings or cells."""
    edition = assessed.edition
    standing = roll_up(edition, cells or cells_of(assessed), areas)
    wanted = reference.roll_up(assessed, areas)
    differences = []

    def number(place, product, expected):
        if not agree(product, expected):
            differences.append(f"{place}: the product says {product}, the reference {expected}")

    def value(place, product, expected):
        if product != expected:
            differences.append(f"{place}: the product says {product}, the reference {expected}")

    at_stake = stakes(standing)
    for c, community in enumerate(assessed.communities):
        row, score = standing.communities.loc[community], wanted.score[community]
        number((community, "score"), row["score"], score)
        number((community, "base"), row["base"], wanted.base[community])
        number((community, "bonus"), row["bonus"], wanted.bonus[community])
        number((community, "distance"), row["distance"], None if score is None else score - edition.pass_mark)
        value((community, "gates"), row["gates_missed"], wanted.gates_missed[community])
        value((community, "vetoes"), row["vetoes"], reference.vetoes_of(assessed, community))
        value((community, "band"), row["band"] or None, wanted.band[community])
        value((community, "rank"), None if row["rank"] is pd.NA else row["rank"], wanted.rank.get(community))
        value((community, "left out"), row["left_out"], "" if community in wanted.rank else "no_score")
        value((community, "reported"), row["reported"], assessed.reported[community])
        for section in edition.sections:
            rate = standing.sections.loc[community, section.code]
            number((community, section.code), rate, wanted.rates[community][section.code])
        for k, criterion in enumerate(edition.criteria):
            place, a = (community, criterion.code), wanted.fraction.get((community, criterion.code))
            value((*place, "counts"), bool(standing.in_denominator[c, k]), a is not None)
            number((*place, "points"), standing.points[c, k], 0.0 if a is None else criterion.points)
            number((*place, "earned"), standing.earned[c, k], (a or 0.0) * criterion.points)
            number((*place, "lost"), standing.lost[c, k], 0.0 if a is None else criterion.points * (1 - a))
            number((*place, "stake"), at_stake[c, k], reference.stake(assessed, areas, *place))
    for area in areas:
        if area.kind != "community":
            row, leaves = standing.areas_table.loc[area.code], reference.below_area(area, areas)
            number((area.code, "score"), row["score"], wanted.areas[area.code])
            value((area.code, "communities"), row["communities"], len(leaves))
            unreported = sum(not assessed.reported[leaf.code] for leaf in leaves)
            value((area.code, "not reported"), row["not_reported"], unreported)
            scoreless = sum(wanted.score[leaf.code] is None for leaf in leaves)
            value((area.code, "without score"), row["without_score"], scoreless)
    for line in edition.lines:
        number((line.code, "score"), standing.lines.loc[line.code, "score"], wanted.lines[line.code])
    return differences


def assert_no_difference(case, differences_of):
    """Fails with the smallest case in which the two still differ."""
    if differences_of(case):
        least = smallest(case, differences_of)
        raise AssertionError("\n".join([*differences_of(least), described(least)]))


def whole_way_differs(case):
    """What stands at the end of the way from facts to scores, product beside reference."""
    cells = assess(case.edition, case.t, case.communities, case.reports).cells()
    wanted = reference.assess(case.edition, case.t, case.communities, case.reports)
    return standings_differ(wanted, case.areas, cells)
