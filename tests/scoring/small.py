"""A small checklist and a few facts in few words, for cases worked out by hand.

Every finding asked for here is also asked of the reference, so that a hand-computed number stands against both.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from scoring.assess import assess
from scoring.consistency import complaints
from scoring.edition import Edition
from scoring.facts import Area, Report
from scoring.outcomes import Reason
from scoring.periods import first_day, month_number
from scoring.rollup import roll_up
from scoring.states import STATES
from tests.scoring import reference
from tests.scoring.comparing import assert_no_difference, cells_of, findings_differ, standings_differ
from tests.scoring.strategies import FIELDS, Case, as_rows

MARCH = "2026-03"

ACTS = {"code": "acts", "title": "活动", "keeps": "events", "fields": list(FIELDS)}
PLACES = {"code": "places", "title": "点位", "keeps": "state", "fields": list(FIELDS)}
CHECKS = {"code": "checks", "title": "督查", "keeps": "events", "kept_by": "office", "fields": list(FIELDS)}
SPOTS = {"code": "spots", "title": "现状", "keeps": "state", "kept_by": "office", "fields": list(FIELDS)}
LEDGERS = (ACTS, PLACES, CHECKS, SPOTS)

COUNT_ONE = {"kind": "count", "target": 1}


def criterion(rule=COUNT_ONE, code="K1", **keys):
    """A criterion of 10 points that looks at the places reported in the month, unless said otherwise."""
    plain = {
        "code": code,
        "section": "S1",
        "title": code,
        "standard": "",
        "points": 10,
        "lead": "edu",
        "window": "month",
        "from": "places",
        "rule": rule,
        "source": {"document": "虚构", "grade": "K", "points": "assigned"},
    }
    return {**plain, **keys}


def edition(*criteria, **keys):
    """A sound edition with these criteria (dictionaries) and other keys."""
    plain = {
        "name": "small",
        "title": "小体系",
        "version": "1",
        "lines": [{"code": "edu", "title": "教育"}, {"code": "city", "title": "城管"}],
        "ledgers": list(LEDGERS),
        "sections": [{"code": "S1", "title": "项目一"}],
        "criteria": list(criteria),
    }
    made = Edition.model_validate({**plain, **keys})
    assert complaints(made) == []
    return made


def day(text):
    return date.fromisoformat(text)


def report(month=MARCH, community="c1", kept_by="community", not_applicable=(), **ledgers):
    """One submission with lists of rows by ledger; an event without a day or name gets its own."""
    return Report(
        community,
        month_number(month),
        {
            code: as_rows([filled(code, row, n, month) for n, row in enumerate(rows, 1)])
            for code, rows in ledgers.items()
        },
        dict.fromkeys(not_applicable, "没有此项"),
        kept_by,
    )


def visit(month=MARCH, community="c1", **ledgers):
    """What the office found in one month."""
    return report(month, community, "office", **ledgers)


def filled(ledger, row, number, month):
    middle = first_day(month_number(month)).replace(day=15)
    return {"day": middle, "name": f"第{number}次", **row} if ledger in ("acts", "checks") else row


@dataclass(frozen=True)
class Judged:
    """What the product says of one criterion of one community."""

    state: str
    fraction: float
    own: float
    reason: Reason

    @property
    def values(self) -> dict[str, Any]:
        return self.reason.values


def judged_by(made, reports, month=MARCH, code="K1", community="c1"):
    """What the product says of a criterion under an edition, once the reference has said the same."""
    t = month_number(month)
    areas = [Area("D", "区", "district"), Area(community, community, "community", "D")]
    assert_no_difference(Case(made, t, [community], reports, areas), findings_differ)
    found = assess(made, t, [community], reports)
    k = [item.code for item in made.criteria].index(code)
    return Judged(
        STATES[found.state[0, k]], float(found.fraction[0, k]), float(found.self_fraction[0, k]), found.reason(0, k)
    )


def judged(rule, reports, month=MARCH, **keys):
    """What the product says of one rule, put to reports."""
    return judged_by(edition(criterion(rule, **keys)), reports, month)


def judged_rows(rule, rows, **keys):
    """What the product says of one rule, put to rows of the places reported in the month."""
    return judged(rule, [report(places=rows)], **keys)


def bonus_of(item, reports, month=MARCH):
    """What one bonus item adds for community c1."""
    made = edition(criterion(), bonuses=[{"code": "B1", "title": "加分", "from": "places", **item}])
    t = month_number(month)
    added = float(assess(made, t, ["c1"], reports).bonus[0, 0])
    assert abs(added - reference.assess(made, t, ["c1"], reports).bonus["c1", "B1"]) <= 1e-9
    return added


def as_finding(said):
    """A state, or a fraction: 0 is unmet, 1 met."""
    if isinstance(said, str):
        return reference.Finding(said, 1.0 if said == "met" else 0.0 if said in reference.HAS_FRACTION else None)
    return reference.by_fraction(float(said))


def under_one_street(*communities):
    """The plainest tree: all communities in one street of one district."""
    upper = [Area("D", "区", "district"), Area("T", "街道", "street", "D")]
    return [*upper, *(Area(code, code, "community", "T", order=n) for n, code in enumerate(communities))]


def found(made, said, bonus=None, veto=None, reported=None):
    """Findings as the reference holds them: by community, then by criterion, a state or a fraction."""
    findings = {(c, code): as_finding(one) for c, row in said.items() for code, one in row.items()}
    bonuses = {(c, item.code): (bonus or {}).get(c, 0.0) for c in said for item in made.bonuses}
    vetoes = {(c, item.code): c in (veto or ()) for c in said for item in made.vetoes}
    return reference.Assessed(
        made, list(said), findings, bonuses, vetoes, {c: (reported or {}).get(c, True) for c in said}
    )


def standing(made, said, areas=None, **others):
    """The product's standing of such findings, once the reference has said the same of everything in it."""
    assessed, areas = found(made, said, **others), areas or under_one_street(*said)
    assert standings_differ(assessed, areas) == []
    return roll_up(made, cells_of(assessed), areas)
