"""Bonuses and penalties of the editions, from the office's rows to points: doubling, halving, floors and caps."""

from datetime import date

import pytest

from scoring.assess import assess
from scoring.facts import Report, Rows
from scoring.periods import month_number
from tests.checklists.editions import named

JUNE = month_number("2026-06")
CLEAN = {"result": "干净点位"}
NAMED = {"result": "点名问题"}


def added(name: str, ledger: str, rows: list[dict], month: int = JUNE) -> dict[str, float]:
    """What each bonus item of the edition adds for these rows of a ledger; items that add nothing are left out."""
    edition = named(name)
    fields = [field.code for field in edition.ledger(ledger).fields]
    dated = [
        {edition.ledger(ledger).date_field: date(2026, 6, 15), "place": f"{n}号楼"} | row for n, row in enumerate(rows)
    ]
    values = {field: [row.get(field) for row in dated] for field in fields}
    reports = [
        Report(
            "A",
            month,
            {ledger: Rows(["表"] * len(rows), list(range(2, len(rows) + 2)), values)},
            kept_by=edition.ledger(ledger).kept_by,
        )
    ]
    points = assess(edition, month, ["A"], reports).bonus[0]
    return {bonus.code: round(float(p), 9) for bonus, p in zip(edition.bonuses, points, strict=True) if p}


def total(points: dict[str, float]) -> float:
    return sum(points.values())


def street(*rows: dict) -> dict[str, float]:
    return added("street-monthly", "street_inspections", [{"visit": "第6期", **row} for row in rows])


def test_two_clean_points_in_a_visit_count_singly():
    assert street(*[{**CLEAN, "level": "市"}] * 2) == {"JF-4": 4}


def test_three_clean_points_in_a_visit_count_double():
    assert street(*[{**CLEAN, "level": "市"}] * 3) == {"JF-4": 12}
    assert street(*[{**CLEAN, "level": "区"}] * 3) == {"JF-5": 6}


def test_three_clean_points_in_two_visits_count_singly():
    assert street(*[{**CLEAN, "level": "区", "visit": visit} for visit in ("甲", "甲", "乙")]) == {"JF-5": 3}


@pytest.mark.parametrize(("level", "fixed", "left"), [("市", False, -2), ("市", True, -1), ("市", None, -2)])
def test_a_city_problem_fixed_on_the_spot_costs_half(level, fixed, left):
    assert total(street({**NAMED, "level": level, "fixed_on_spot": fixed})) == left


@pytest.mark.parametrize("level", ["区", "街道"])
@pytest.mark.parametrize(("fixed", "left"), [(False, -1), (True, -0.5), (None, -1)])
def test_a_district_or_street_problem_fixed_on_the_spot_costs_half(level, fixed, left):
    assert total(street({**NAMED, "level": level, "fixed_on_spot": fixed})) == left


def test_a_repeated_problem_costs_each_time():
    rows = [{**NAMED, "level": "市", "place": "东门", "date": date(2026, 6, day)} for day in (3, 17)]
    assert total(street(*rows)) == -4


def test_the_same_problem_reported_twice_costs_once():
    assert total(street(*[{**NAMED, "level": "市", "place": "东门"}] * 2)) == -2


@pytest.mark.parametrize(
    ("kind", "points"), [("市级表彰", 5), ("区级书面表扬", 3), ("街道书面表扬", 3), ("领导口头表扬", 3)]
)
def test_praise_adds_by_its_kind(kind, points):
    assert total(added("street-monthly", "recognitions", [{"title": "邻里互助", "kind": kind}])) == points


def test_only_overdue_cases_and_rejected_materials_cost():
    cases = [{"case_number": "甲", "overdue": True}, {"case_number": "乙", "overdue": False}]
    assert total(added("street-monthly", "digital_cases", cases)) == -2
    materials = [{"title": "甲", "level": "市"}, {"title": "乙", "level": "区"}]
    assert total(added("street-monthly", "online_materials", materials)) == -3


def test_three_problems_on_a_day_cost_double_in_the_archive_edition():
    problems = [{"subject": "楼道", "problem": "堆物"}] * 3
    assert added("community-archive", "inspections", problems[:2]) == {"KF-1": -0.4}
    assert added("community-archive", "inspections", problems) == {"KF-1": -1.2}


def test_penalties_end_at_the_floor_and_bonuses_at_the_cap():
    assert added("community-archive", "inspections", [{"subject": "楼道", "problem": "堆物"}] * 9) == {"KF-1": -3}
    items = [{"title": f"第{n}篇", "kind": "原创信息", "level": "市级"} for n in range(5)]
    assert added("community-archive", "online", items) == {"JF-1": 2}
    assert added("community-archive", "online", items[:3]) == {"JF-1": 1.5}


def test_a_highlight_adds_what_the_office_wrote():
    assert added("community-archive", "inspections", [{"subject": "其他", "extra": 0.5}]) == {"JF-2": 0.5}


@pytest.mark.parametrize(
    ("name", "ledger", "row"),
    [
        ("community-archive", "inspections", {"subject": "一票否决事项"}),
        ("minors-system", "inspections", {"subject": "一票否决事项"}),
        ("street-monthly", "street_inspections", {"result": "一票否决事项", "visit": "第6期", "level": "市"}),
    ],
)
def test_a_veto_is_raised_by_a_row_and_changes_no_number(name, ledger, row):
    edition = named(name)
    values = {
        field.code: [({"date": date(2026, 6, 15), "place": "东门"} | row).get(field.code)]
        for field in edition.ledger(ledger).fields
    }
    report = Report("A", JUNE, {ledger: Rows(["表"], [2], values)}, kept_by="office")
    assessment = assess(edition, JUNE, ["A", "B"], [report])
    assert assessment.veto.tolist() == [[True], [False]]
    assert not assessment.bonus.any()
