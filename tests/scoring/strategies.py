"""Hypothesis strategies: checklist editions that use everything an edition may say, and facts to score by them.

All ledgers have the same fields, so that any rule fits any ledger. Values come from small sets, so that events are
reported twice, thresholds are hit exactly, and the same text turns up in several writings (full width, spaces).
Hypothesis chooses the sizes and a seed and shrinks those; the thousand small choices of a case come from the seed,
since drawing each of them through Hypothesis takes a hundred times longer than scoring the case.
"""

import calendar
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from hypothesis import strategies as st

from scoring.edition import Edition
from scoring.facts import Area, Report, Rows
from scoring.states import STATES
from tests.scoring.reference import Assessed, Finding

KINDS = ("讲座", "参观A", "演出 1")
TOPICS = ("清明", "端午", "国庆2")
LINES = ("edu", "city")
LEDGERS = ("acts", "places", "checks", "spots")

FIELDS = (
    {"code": "day", "title": "日期", "type": "date"},
    {"code": "until", "title": "截止", "type": "date"},
    {"code": "name", "title": "名称", "type": "text"},
    {"code": "kind", "title": "类别", "type": "choice", "choices": list(KINDS)},
    {"code": "topics", "title": "主题", "type": "choices", "choices": list(TOPICS)},
    {"code": "people", "title": "人数", "type": "whole"},
    {"code": "hours", "title": "时长", "type": "decimal"},
    {"code": "done", "title": "完成", "type": "yes_no"},
    {"code": "level", "title": "等级", "type": "grade"},
    {"code": "criterion", "title": "标准", "type": "text"},
)
FIELD_CODES = tuple(field["code"] for field in FIELDS)

SCORED = tuple(year * 12 + month - 1 for year, month in ((2024, 2), (2026, 1), (2026, 3), (2026, 5), (2026, 12)))
"""Periods to score: a leap February, a January, the end and the middle of a quarter, the end of a year."""

BACK = (0, 0, 0, 1, 1, 2, 3, 5, 11, 12, 14, -1)
"""How many months before the scored one things happen; -1 is the month after it."""


def chance(rng, one_in):
    """True one time in so many."""
    return rng.randrange(one_in) == 0


def maybe(rng, value, one_in=5):
    """The value, or a blank one time in so many."""
    return None if chance(rng, one_in) else value


def several(rng, make, least, most):
    return [make(rng) for _ in range(rng.randint(least, most))]


def written(rng, text):
    """One of the ways to write a text that are all the same text: full width, spaces about it or doubled within."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    return rng.choice((text, text, wide, f" {text}\u3000", text.replace(" ", " \u3000")))


def one_text(rng, *choices):
    return written(rng, rng.choice(choices))


def one_day(rng, t):
    """A day from fourteen months before period t to the month after it, often the first or last of a month."""
    year, month = divmod(t - rng.choice(BACK), 12)
    return date(year, month + 1, min(rng.choice((1, 9, 15, 31)), calendar.monthrange(year, month + 1)[1]))


# ---------------------------------------------------------------------------------------------------------------------
# Editions
# ---------------------------------------------------------------------------------------------------------------------


def window(rng, t):
    return rng.choice(
        (
            "month",
            "quarter",
            "quarter",
            "year",
            "year",
            f"rolling {rng.choice((1, 2, 3, 6, 12, 13))}",
            f"since {one_day(rng, t).isoformat()}",
        )
    )


def condition(rng, t):
    """One test of one field, of every kind that fits the field's type."""
    field, test, operand = rng.choice(
        (
            ("kind", "equals", one_text(rng, *KINDS)),
            ("kind", "one_of", [one_text(rng, *KINDS), one_text(rng, *KINDS)]),
            ("topics", "equals", one_text(rng, *TOPICS)),
            ("topics", "one_of", [one_text(rng, *TOPICS), one_text(rng, *TOPICS)]),
            ("topics", "contains", rng.choice(("国", "2", "２", "端午"))),
            ("name", "contains", rng.choice(("讲", "A", "Ａ", "1"))),
            ("name", "equals", one_text(rng, "讲堂", "A 1")),
            ("people", "at_least", rng.choice((1, 2, 3))),
            ("people", "equals", rng.choice((0, 2))),
            ("hours", "at_most", rng.choice((0.1, 0.5, 1))),
            ("hours", "one_of", [0.5, 1]),
            ("day", "at_least", one_day(rng, t)),
            ("day", "at_most", one_day(rng, t)),
            ("day", "equals", one_day(rng, t)),
            ("done", "equals", rng.choice((True, False))),
            ("level", "one_of", [one_text(rng, "A", "B"), one_text(rng, "C", "C#")]),
            (rng.choice(FIELD_CODES), "present", True),
            (rng.choice(FIELD_CODES), "absent", True),
        )
    )
    return {"field": field, test: operand}


def conditions(rng, t, least=0):
    return several(rng, lambda rng: condition(rng, t), least, rng.choice((least, 1, 2)))


def added_up(rng):
    distinct = ("distinct name", "distinct topics", "distinct kind", "distinct day", "distinct people", "distinct done")
    return rng.choice(("rows", "people", "hours", rng.choice(distinct)))


def credit(rng):
    ladders = ({0.5: 0.5, 1: 1.0}, {0.25: 0.33, 0.5: 0.66, 1: 1.0}, {0: 0.2, 2: 0.9}, {1: 0.0, 1.5: 1.0})
    return rng.choice(("linear", "linear", "strict", {"ladder": rng.choice(ladders)}))


def yes_no(rng, t):
    return {"field": "done"}


def grade(rng, t):
    ladder = {"A": 1, "B": 0.8, "Ｃ": 0.5, "C#": 0.1}
    return {"field": "level", **rng.choice(({}, {"ladder": ladder}))}


def count(rng, t):
    return {"of": added_up(rng), "target": rng.choice((0.5, 1, 2, 3, 5)), "credit": credit(rng)}


def frequency(rng, t):
    return {"times": rng.choice((1, 1, 2, 3)), "every": rng.choice(("month", "quarter", "half", "year"))}


def covers(rng, t):
    field = rng.choice(("topics", "topics", "kind"))
    values = rng.sample(TOPICS if field == "topics" else KINDS, rng.randint(1, 3))
    due = [maybe(rng, rng.choice((1, 2, 3, 6, 12)), 2) for _ in values]
    wanted = [
        {"value": written(rng, value), "at_least": rng.choice((1, 1, 2)), "due": month}
        for value, month in zip(values, due, strict=True)
    ]
    return {"field": field, "values": wanted}


def each(rng, t):
    return {"has": conditions(rng, t, least=1)}


def share(rng, t):
    part = rng.choice(({"part": conditions(rng, t, least=1)}, {"part_field": rng.choice(("people", "hours"))}))
    of = rng.choice(("rows", "people", "hours"))
    return {"of": of, "target": rng.choice((0.25, 0.5, 0.8, 1)), "credit": credit(rng), **part}


def defects(rng, t):
    return {"of": added_up(rng), "each": rng.choice((0.1, 0.5, 1)), "free": rng.choice((0, 0, 1, 1.5))}


def mean_score(rng, t):
    return {rng.choice(("score", "deduction")): rng.choice(("hours", "people")), "full": rng.choice((1, 2, 5))}


SIMPLE = {rule.__name__: rule for rule in (yes_no, grade, count, frequency, covers, each, share, defects, mean_score)}


def simple_rule(rng, t, kinds=tuple(SIMPLE)):
    kind = rng.choice(kinds)
    return {"kind": kind, **SIMPLE[kind](rng, t)}


def rule(rng, t):
    """Any rule; one in four has two or three parts, some with a ledger of their own."""
    if not chance(rng, 4):
        return simple_rule(rng, t)
    parts = [
        {
            "share": share,
            "from": rng.choice((None, rng.choice(LEDGERS))),
            "where": conditions(rng, t),
            "rule": simple_rule(rng, t),
        }
        for share in rng.choice(((0.3, 0.7), (0.5, 0.25, 0.25), (1.0,)))
    ]
    return {"kind": "parts", "parts": parts}


def ledger(rng, code):
    """A ledger of events or of state, kept by either, with this or that key and dated by one field or another."""
    keeps = rng.choice(("events", "state"))
    keys = ([], [], ["name"], ["day", "name", "kind"], ["name", "people"])
    return {
        "code": code,
        "title": code,
        "keeps": keeps,
        "kept_by": rng.choice(("community", "community", "community", "office")),
        "fields": list(FIELDS),
        "date": rng.choice((None, None, None, "until")),
        "key": rng.choice(keys) if keeps == "events" else [],
    }


def verification(rng):
    by = rng.choice(({"grade": "level"}, {"score": "hours", "full": 2}))
    return {"ledger": rng.choice(LEDGERS), **by} if chance(rng, 4) else None


def criterion(rng, t, number, sections):
    return {
        "code": f"K{number}",
        "section": rng.choice(sections),
        "title": f"标准{number}",
        "standard": "",
        "points": rng.choice((1, 2, 2.5, 10)),
        "lead": rng.choice(LINES),
        "window": window(rng, t),
        "dated": chance(rng, 4),
        "optional": rng.choice((True, False)),
        "due": rng.choice(((),) * 8 + ((3,), (1, 2, 5, 12))),
        "from": rng.choice(LEDGERS),
        "where": conditions(rng, t) if chance(rng, 2) else [],
        "rule": rule(rng, t),
        "verified_by": verification(rng),
        "source": {"document": "虚构", "grade": "K", "points": "assigned"},
    }


def bonus(rng, t, number):
    groups = ({"by": ["kind"], "at_least": 2, "factor": 2}, {"by": ["name", "done"], "at_least": 2, "factor": 0.5})
    return {
        "code": f"B{number}",
        "title": "加分",
        "from": rng.choice(LEDGERS),
        "where": conditions(rng, t) if chance(rng, 3) else [],
        "window": window(rng, t),
        "dated": chance(rng, 4),
        "group": rng.choice((None, *groups)),
        "floor": rng.choice((None, -3)),
        "cap": rng.choice((None, 4)),
        **rng.choice(({"points": 1.5}, {"points": -2}, {"field": "people"}, {"field": "hours"})),
    }


def veto(rng, t):
    where = conditions(rng, t, least=1)
    return {"code": "V1", "title": "否决", "from": rng.choice(LEDGERS), "where": where, "window": window(rng, t)}


def section(rng, number, shared):
    return {
        "code": f"S{number}",
        "title": f"项目{number}",
        "share": rng.choice((20, 30, 50)) if shared else None,
        "gate": rng.choice((None, None, 50, 85)),
    }


def edition(rng, t, criteria):
    """A sound edition with so many criteria, to be scored at period t."""
    shared = rng.choice((True, False))
    drawn_sections = [section(rng, number, shared) for number in range(1, rng.randint(1, 3) + 1)]
    codes = [one["code"] for one in drawn_sections]
    return Edition.model_validate(
        {
            "name": "drawn",
            "title": "虚构体系",
            "version": "2026",
            "not_applicable": rng.choice(("exclude", "mean_of_others")),
            "not_inspected": rng.choice(("exclude", "zero")),
            "weighted_by": rng.choice((None, "weight")),
            "bonus_floor": rng.choice((None, -2)),
            "bonus_cap": rng.choice((None, 3)),
            "lines": [{"code": code, "title": code} for code in LINES],
            "ledgers": [ledger(rng, code) for code in LEDGERS],
            "sections": drawn_sections,
            "criteria": [criterion(rng, t, number, codes) for number in range(1, criteria + 1)],
            "bonuses": [bonus(rng, t, number) for number in range(rng.randint(0, 2))],
            "vetoes": [veto(rng, t) for _ in range(rng.randint(0, 1))],
        }
    )


# ---------------------------------------------------------------------------------------------------------------------
# Facts
# ---------------------------------------------------------------------------------------------------------------------


def one_row(rng, t):
    """One row with a value, a blank or another writing in every field; the day and the name are never blank."""
    return {
        "day": one_day(rng, t),
        "until": maybe(rng, one_day(rng, t)),
        "name": one_text(rng, "讲堂", "A 1", "B"),
        "kind": maybe(rng, one_text(rng, *KINDS)),
        "topics": maybe(rng, [written(rng, topic) for topic in rng.sample(TOPICS, rng.randint(1, 3))]),
        "people": maybe(rng, rng.choice((0, 1, 2, 3, 5))),
        "hours": maybe(rng, rng.choice((0.0, 0.1, 0.2, 0.5, 0.7, 1.0, 2.5))),
        "done": maybe(rng, rng.choice((True, True, False)), 8),
        "level": maybe(rng, one_text(rng, "A", "B", "C", "C#"), 8),
        "criterion": maybe(rng, one_text(rng, "K1", "K2", "K3")),
    }


def fitting(row, ledger, undated):
    """The row as a row of this ledger: nothing blank in the key; an undated row loses a day that is no key."""
    filled = dict(row)
    if undated and "day" not in ledger.key_fields:
        filled["day"] = None
    for code in ledger.key_fields:
        if filled[code] is None:
            filled[code] = {"until": row["day"], "kind": KINDS[0], "people": 1}[code]
    return filled


def as_rows(rows, sheet="台账", fields=FIELD_CODES):
    """A list of rows as the columns of one ledger; the first row stands in row 2 of its sheet."""
    return Rows(
        [sheet] * len(rows),
        list(range(2, len(rows) + 2)),
        {code: [row.get(code) for row in rows] for code in fields},
    )


def as_dicts(rows):
    """The rows of a ledger one by one, as dictionaries from field code to value."""
    return [{code: column[i] for code, column in rows.values.items()} for i in range(len(rows))]


def filled_ledger(rng, ledger, pool, most):
    """Rows of the pool as rows of this ledger; sometimes a column that is in no key is not there at all."""
    rows = [fitting(rng.choice(pool), ledger, chance(rng, 6)) for _ in range(rng.randint(0, most))]
    lacking = rng.choice(("hours", "topics", "until")) if chance(rng, 6) else None
    kept = [code for code in FIELD_CODES if code != lacking or code in (*ledger.key_fields, ledger.date_field)]
    return as_rows(rows, fields=kept)


def report(rng, edition, community, month, kept_by, pool, most):
    there = {
        ledger.code: filled_ledger(rng, ledger, pool, most)
        for ledger in edition.ledgers
        if ledger.kept_by == kept_by and not chance(rng, 5)
    }
    declared = [c.code for c in edition.criteria if chance(rng, 10)] if kept_by == "community" else []
    return Report(community, month, there, dict.fromkeys(declared, "没有此项"), kept_by)


def reports(rng, edition, t, communities, pool, most):
    """Submissions and visits in some of the months up to the month after t; the scored month more often than not."""
    drawn = []
    for community in communities:
        for kept_by in ("community", "office"):
            backs = {rng.choice(BACK) for _ in range(rng.randint(0, 6))}
            for back in sorted(backs, key=lambda back: rng.random()):
                drawn.append(report(rng, edition, community, t - back, kept_by, pool, most))
    return drawn


def tree(rng, communities):
    """A district, two streets, a zone in the first, and communities in two classes; sometimes a second district."""
    home = rng.choice(("D", "D", "D", "E"))
    upper = [
        Area("D", "区", "district"),
        Area("T1", "一街", "street", "D"),
        Area("T2", "二街", "street", home, order=1),
        Area("Z", "管区", "zone", "T1"),
    ]
    if home == "E":
        upper.append(Area("E", "县", "district", order=1))
    leaves = [
        Area(
            code,
            code,
            "community",
            rng.choice(("T1", "T2", "Z")),
            rank_class=rng.choice(("A", "A", "B")),
            order=number,
            weight=rng.choice((1.0, 2.0, 0.5)),
        )
        for number, code in enumerate(communities)
    ]
    return rng.sample(upper + leaves, len(upper + leaves))


@dataclass(frozen=True)
class Case:
    """Everything a score needs: an edition, a period, communities, facts and the tree of areas."""

    edition: Edition
    t: int
    communities: list
    reports: list
    areas: list


def case(seed, communities, criteria, rows):
    """The case that a seed stands for, with so many communities, criteria and at most so many rows in a ledger."""
    rng = Random(seed)
    t = rng.choice(SCORED)
    drawn = edition(rng, t, criteria)
    names = [f"c{number}" for number in range(1, communities + 1)]
    pool = several(rng, lambda rng: one_row(rng, t), 1, 12)
    return Case(drawn, t, names, reports(rng, drawn, t, names, pool, rows), tree(rng, names))


def plain_case(seed, criteria, rows, kinds):
    """A case in which nearly every row counts: one community that reported, long windows, rules of these kinds."""
    rng = Random(seed)
    drawn = case(seed, 1, criteria, rows)
    data = drawn.edition.model_dump(by_alias=True)
    for ledger in data["ledgers"]:
        ledger["kept_by"] = "community"
    for criterion in data["criteria"]:
        where = criterion["where"] if chance(rng, 3) else []
        changes = {"window": "since 2020-01-01", "dated": False, "due": [], "optional": False, "verified_by": None}
        criterion |= changes | {"where": where, "rule": simple_rule(rng, drawn.t, kinds)}
    plain = Edition.model_validate({**data, "bonuses": [], "vetoes": []})
    pool = several(rng, lambda rng: one_row(rng, drawn.t), 4, 12)
    backs = (0, rng.choice((1, 2, 5)))
    facts = [report(rng, plain, "c1", drawn.t - back, "community", pool, rows) for back in backs]
    return Case(plain, drawn.t, ["c1"], facts, drawn.areas)


def plain_cases(kinds, criteria=6, rows=6):
    """Cases of one community in which nearly every row counts, under rules of these kinds."""
    sizes = (st.integers(0, 2**40), st.integers(2, criteria), st.integers(2, rows))
    return st.builds(plain_case, *sizes, st.just(tuple(kinds)))


def crowded_case(seed, communities, criteria, rows):
    """A case with so many rows and different values that counting takes other paths: several thousand a ledger."""
    rng = Random(seed)
    few = case(seed, communities, criteria, 2)
    pool = several(rng, lambda rng: one_row(rng, few.t), 600, 600)
    for row in pool:
        row |= {"name": written(rng, f"活动 {rng.randrange(300)}"), "people": maybe(rng, rng.randrange(40))}
        row["hours"] = maybe(rng, rng.randrange(100) / 10)
    facts = [
        replace(
            submitted,
            ledgers={
                code: as_rows(
                    [fitting(rng.choice(pool), few.edition.ledger(code), chance(rng, 9)) for _ in range(rows)]
                )
                for code in submitted.ledgers
            },
        )
        for submitted in reports(rng, few.edition, few.t, few.communities, [one_row(rng, few.t)], 1)
    ]
    return replace(few, reports=facts)


def cases(communities=4, criteria=6, rows=6):
    """Cases with every feature of the text in reach."""
    return st.builds(
        case,
        st.integers(0, 2**40),
        st.integers(1, communities),
        st.integers(1, criteria),
        st.integers(2, rows),
    )


# ---------------------------------------------------------------------------------------------------------------------
# Findings without facts
# ---------------------------------------------------------------------------------------------------------------------


def one_finding(rng, state):
    """A finding of this state, with a fraction that fits it."""
    partial = rng.choice((0.1, 0.25, 0.5, 0.66, 0.9))
    fractions = {"met": 1.0, "partial": partial, "unmet": 0.0, "missing": 0.0, "not_reported": 0.0}
    return Finding(state, fractions.get(state))


def found(seed, communities, criteria):
    """What was found of some communities, in states that come as they may: an edition, findings and a tree."""
    rng = Random(seed)
    drawn = edition(rng, rng.choice(SCORED), criteria)
    names = [f"c{number}" for number in range(1, communities + 1)]
    common = rng.choices(STATES, k=3)
    states = {
        criterion.code: rng.choice((STATES, common, ("not_applicable", "not_reported"))) for criterion in drawn.criteria
    }
    findings = {
        (name, criterion.code): one_finding(rng, rng.choice(states[criterion.code]))
        for name in names
        for criterion in drawn.criteria
    }
    bonus = {(name, item.code): rng.choice((0.0, 0.0, 1.5, -2.0, 4.0)) for name in names for item in drawn.bonuses}
    flags = {(name, item.code): chance(rng, 3) for name in names for item in drawn.vetoes}
    reported = {name: not chance(rng, 3) for name in names}
    return Assessed(drawn, names, findings, bonus, flags, reported), tree(rng, names)


def findings(communities=7, criteria=6):
    """Findings of several communities in every mix of states, and the tree they stand in."""
    return st.builds(found, st.integers(0, 2**40), st.integers(1, communities), st.integers(1, criteria))
