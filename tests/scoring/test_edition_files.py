"""Checklist files: a sound one becomes an edition, a malformed one names the file, the criterion and the key."""

import copy

import pytest
import yaml

from scoring.checklist_files import read_edition
from tests.scoring.small import LEDGERS, criterion, edition

FILE = "社区测评.yaml"


def content(**keys):
    """A sound checklist as plain data, with other keys."""
    plain = {
        "name": "small",
        "title": "小体系",
        "version": "1",
        "lines": [{"code": "edu", "title": "教育"}],
        "ledgers": copy.deepcopy(list(LEDGERS)),
        "sections": [{"code": "S1", "title": "项目一", "indicators": [{"code": "I1", "title": "指标一"}]}],
        "criteria": [criterion(), criterion(code="K2")],
    }
    return {**plain, **keys}


def read(data):
    return read_edition(yaml.safe_dump(data, allow_unicode=True), FILE)


def faults(data):
    """What is wrong with the checklist, as (criterion, key) pairs; every problem names the file and has a sentence."""
    found, problems = read(data)
    assert found is None
    assert all(problem.file == FILE and str(problem.fault) for problem in problems)
    return [(problem.criterion, problem.key) for problem in problems]


def with_criterion(rule=None, **keys):
    """The sound checklist with another second criterion."""
    second = criterion(**({"rule": rule} if rule else {}), code="K2", **keys)
    return content(criteria=[criterion(), second])


def test_a_sound_checklist_has_no_problem():
    found, problems = read(content())
    assert problems == ()
    assert [item.code for item in found.criteria] == ["K1", "K2"]


# Not even a checklist ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "42"])
def test_what_is_no_mapping_is_no_checklist(text):
    found, problems = read_edition(text, FILE)
    assert found is None
    assert [problem.file for problem in problems] == [FILE]


def test_broken_yaml_names_its_line():
    found, problems = read_edition("name: a\ntitle: [b\nversion: 1\n", FILE)
    assert found is None
    assert problems[0].fault.values["line"] == 3


def test_a_key_that_stands_twice_is_a_fault():
    found, problems = read_edition("name: a\nname: b\n", FILE)
    assert found is None
    assert "'name' stands twice" in str(problems[0])


def test_code_in_a_checklist_is_refused():
    found, problems = read_edition("name: !!python/object/apply:os.getcwd []\n", FILE)
    assert found is None
    assert len(problems) == 1


def test_a_problem_reads_as_file_criterion_key_and_sentence():
    _, problems = read(with_criterion(section="S9"))
    assert str(problems[0]) == f"{FILE} · K2 · section: there is no section S9"


# Shapes: keys, types, values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"points": 0}, ("K2", "points")),
        ({"points": -1}, ("K2", "points")),
        ({"points": "many"}, ("K2", "points")),
        ({"window": "half"}, ("K2", "window")),
        ({"window": "rolling 0"}, ("K2", "window")),
        ({"window": "since 2026-02-30"}, ("K2", "window")),
        ({"due": [13]}, ("K2", "due[1]")),
        ({"due": [1, 0]}, ("K2", "due[2]")),
        ({"weight": 3}, ("K2", "weight")),
        ({"source": {"document": "x", "grade": "Z", "points": "public"}}, ("K2", "source.grade")),
        ({"where": [{"field": "done"}]}, ("K2", "where[1]")),
        ({"where": [{"field": "done", "equals": True, "present": True}]}, ("K2", "where[1]")),
        ({"where": [{"field": "done", "present": False}]}, ("K2", "where[1]")),
        ({"verified_by": {"ledger": "checks"}}, ("K2", "verified_by")),
        ({"verified_by": {"ledger": "checks", "grade": "level", "score": "hours"}}, ("K2", "verified_by")),
    ],
)
def test_a_wrong_value_names_the_criterion_and_the_key(keys, place):
    assert faults(with_criterion(**keys)) == [place]


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ({"kind": "count", "target": 0}, "target"),
        ({"kind": "count", "target": 3, "of": "distinct"}, ""),
        ({"kind": "count"}, "target"),
        ({"kind": "count", "target": 3, "credit": "generous"}, "credit"),
        ({"kind": "count", "target": 3, "credit": {"ladder": {}}}, "credit"),
        ({"kind": "count", "target": 3, "credit": {"ladder": {0.5: 0.9, 1: 0.5}}}, "credit"),
        ({"kind": "count", "target": 3, "credit": {"ladder": {0.5: 0.9, 1: 1.5}}}, "credit"),
        ({"kind": "frequency", "times": 0, "every": "month"}, "times"),
        ({"kind": "frequency", "times": 1, "every": "week"}, "every"),
        ({"kind": "covers", "field": "topics", "values": []}, "values"),
        ({"kind": "covers", "field": "topics", "values": [{"value": "清明", "due": 13}]}, "due"),
        ({"kind": "each", "has": []}, "has"),
        ({"kind": "share", "target": 0.5}, ""),
        ({"kind": "share", "target": 1.5, "part_field": "people"}, "target"),
        ({"kind": "share", "target": 1, "part_field": "people", "of": "distinct name"}, ""),
        ({"kind": "share", "target": 1, "part_field": "people", "part": [{"field": "done", "equals": True}]}, ""),
        ({"kind": "defects", "each": 0}, "each"),
        ({"kind": "defects", "each": 1, "free": -1}, "free"),
        ({"kind": "mean_score"}, ""),
        ({"kind": "mean_score", "score": "hours", "deduction": "people"}, ""),
        ({"kind": "mean_score", "score": "hours", "full": 0}, "full"),
        ({"kind": "parts", "parts": []}, "parts"),
        ({"kind": "parts", "parts": [{"share": 0.4, "rule": {"kind": "count", "target": 1}}]}, ""),
        ({"kind": "guess"}, ""),
        ({"target": 1}, ""),
        ("count", ""),
    ],
)
def test_a_wrong_rule_names_the_criterion_and_the_key(rule, key):
    places = faults(with_criterion(rule))
    assert {code for code, _ in places} == {"K2"}
    assert all(place.startswith("rule") for _, place in places)
    assert key in places[0][1]


def test_a_criterion_without_a_code_is_named_by_its_place():
    broken = criterion()
    del broken["code"]
    assert faults(content(criteria=[criterion(), broken])) == [("criteria[2]", "code")]


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"name": "Kein Name"}, ("", "name")),
        ({"pass_mark": "high"}, ("", "pass_mark")),
        ({"not_applicable": "ignore"}, ("", "not_applicable")),
        ({"not_inspected": "full"}, ("", "not_inspected")),
        ({"weighted_by": "people"}, ("", "weighted_by")),
        ({"lines": []}, ("", "lines")),
        ({"shares": 1}, ("", "shares")),
        ({"sections": [{"code": "S1", "title": "一", "gate": 101}]}, ("", "sections[1].gate")),
        ({"sections": [{"code": "S1", "title": "一", "share": 0}]}, ("", "sections[1].share")),
        ({"cycle_weights": [1, 0]}, ("", "cycle_weights[2]")),
    ],
)
def test_a_wrong_key_of_the_edition_itself_is_named(keys, place):
    assert faults(content(**keys))[0] == place


def ledger(**keys):
    return {"code": "acts", "title": "活动", "keeps": "events", "fields": LEDGERS[0]["fields"], **keys}


@pytest.mark.parametrize(
    "wrong",
    [
        ledger(keeps="both"),
        ledger(code="Acts"),
        ledger(key=["nowhere"]),
        ledger(date="name"),
        ledger(fields=[{"code": "name", "title": "名称"}]),
        ledger(fields=[*LEDGERS[0]["fields"], {"code": "name", "title": "又名"}]),
        ledger(fields=[*LEDGERS[0]["fields"], {"code": "rows", "title": "行"}]),
        ledger(fields=[*LEDGERS[0]["fields"], {"code": "way", "title": "方式", "type": "choice"}]),
        ledger(fields=[*LEDGERS[0]["fields"], {"code": "way", "title": "方式", "choices": ["甲"]}]),
        ledger(fields=[*LEDGERS[0]["fields"], {"code": "way", "title": "方式", "grades": ["甲"]}]),
        ledger(fields=[*LEDGERS[0]["fields"], {"code": "way", "title": "方式", "usual": [1, 2]}]),
    ],
)
def test_a_wrong_ledger_is_named_by_its_place(wrong):
    places = faults(content(ledgers=[LEDGERS[1], wrong]))
    assert all(code == "" and key.startswith("ledgers[2]") for code, key in places)


# Fit: every name is known, every field has a type that the rule can read ---------------------------------------------


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ({"section": "S9"}, "section"),
        ({"indicator": "I9"}, "indicator"),
        ({"lead": "nobody"}, "lead"),
        ({"supporting": ["edu", "nobody"]}, "supporting"),
        ({"from": "nowhere"}, "from"),
        ({"from": None}, "from"),
        ({"where": [{"field": "nowhere", "present": True}]}, "where"),
        ({"where": [{"field": "name", "at_least": 3}]}, "where"),
        ({"where": [{"field": "people", "contains": "3"}]}, "where"),
        ({"where": [{"field": "day", "at_least": 3}]}, "where"),
        ({"where": [{"field": "people", "equals": "three"}]}, "where"),
        ({"where": [{"field": "people", "equals": True}]}, "where"),
        ({"where": [{"field": "kind", "one_of": ["讲座", "聚餐"]}]}, "where"),
        ({"where": [{"field": "level", "equals": "D"}]}, "where"),
        ({"rule": {"kind": "yes_no", "field": "people"}}, "rule.field"),
        ({"rule": {"kind": "grade", "field": "nowhere"}}, "rule.field"),
        ({"rule": {"kind": "grade", "field": "level", "ladder": {"A": 1, "B": 0.5}}}, "rule.ladder"),
        ({"rule": {"kind": "count", "target": 1, "of": "name"}}, "rule.of"),
        ({"rule": {"kind": "count", "target": 1, "of": "distinct nowhere"}}, "rule.of"),
        ({"rule": {"kind": "defects", "each": 1, "of": "done"}}, "rule.of"),
        ({"rule": {"kind": "covers", "field": "people", "values": [{"value": "3"}]}}, "rule.field"),
        ({"rule": {"kind": "covers", "field": "topics", "values": [{"value": "春分"}]}}, "rule.values"),
        ({"rule": {"kind": "each", "has": [{"field": "done", "equals": "yes"}]}}, "rule.has"),
        ({"rule": {"kind": "share", "target": 1, "part": [{"field": "nowhere", "absent": True}]}}, "rule.part"),
        ({"rule": {"kind": "share", "target": 1, "part_field": "name"}}, "rule.part_field"),
        ({"rule": {"kind": "mean_score", "score": "level"}}, "rule.score"),
        ({"rule": {"kind": "mean_score", "deduction": "level"}}, "rule.deduction"),
        ({"verified_by": {"ledger": "nowhere", "grade": "level"}}, "verified_by.ledger"),
        ({"verified_by": {"ledger": "checks", "grade": "people"}}, "verified_by.grade"),
        ({"verified_by": {"ledger": "checks", "score": "level"}}, "verified_by.score"),
        ({"verified_by": {"ledger": "checks", "grade": "level", "criterion": "people"}}, "verified_by.criterion"),
    ],
)
def test_what_does_not_fit_names_the_criterion_and_the_key(keys, key):
    assert faults(with_criterion(**keys)) == [("K2", key)]


def test_a_fault_in_a_part_names_the_part():
    parts = [
        {"share": 0.5, "rule": {"kind": "count", "target": 1}},
        {"share": 0.25, "rule": {"kind": "yes_no", "field": "people"}},
        {"share": 0.25, "from": "nowhere", "rule": {"kind": "count", "target": 1}},
    ]
    places = faults(with_criterion({"kind": "parts", "parts": parts}))
    assert places == [("K2", "rule.parts[2].rule.field"), ("K2", "rule.parts[3].from")]


def test_a_frequency_needs_dates():
    undated = {"code": "signs", "title": "标牌", "keeps": "state", "fields": [{"code": "name", "title": "名称"}]}
    rule = {"kind": "frequency", "times": 1, "every": "month"}
    data = content(ledgers=[*LEDGERS, undated], criteria=[criterion(rule, **{"from": "signs"})])
    assert faults(data) == [("K1", "rule.every")]


def test_dated_needs_dates():
    undated = {"code": "signs", "title": "标牌", "keeps": "state", "fields": [{"code": "name", "title": "名称"}]}
    data = content(ledgers=[*LEDGERS, undated], criteria=[criterion(**{"from": "signs", "dated": True})])
    assert faults(data) == [("K1", "dated")]


def test_observations_need_grades_with_coefficients():
    fields = [
        {"code": "criterion", "title": "标准", "type": "text"},
        {"code": "verdict", "title": "结论", "type": "grade", "grades": ["优", "A"]},
    ]
    seen = {"code": "seen", "title": "督查", "keeps": "state", "kept_by": "office", "fields": fields}
    verified = criterion(verified_by={"ledger": "seen", "grade": "verdict"})
    assert faults(content(ledgers=[*LEDGERS, seen], criteria=[verified])) == [("K1", "verified_by.grade")]


def test_a_grade_in_two_ways_of_writing_is_a_fault():
    ladder = {"A": 1, "Ａ": 1, "B": 0.66, "C": 0.33, "C#": 0}
    assert faults(with_criterion({"kind": "grade", "field": "level", "ladder": ladder})) == [("K2", "rule.ladder")]


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"criteria": [criterion(), criterion()]}, ("K1", "criteria")),
        ({"ledgers": [*LEDGERS, LEDGERS[0]]}, ("", "ledgers")),
        ({"sections": [{"code": "S1", "title": "一"}] * 2}, ("", "sections")),
        ({"lines": [{"code": "edu", "title": "教育"}] * 2}, ("", "lines")),
    ],
)
def test_a_code_that_stands_twice_is_a_fault(keys, place):
    assert faults(content(**keys)) == [place]


@pytest.mark.parametrize(("shares", "sound"), [((30, 70), True), ((None, None), True), ((30, None), False)])
def test_shares_are_given_for_every_section_or_for_none(shares, sound):
    sections = [{"code": f"S{n}", "title": "项目", "share": share} for n, share in enumerate(shares, 1)]
    found, problems = read(content(sections=sections))
    assert (found is not None) == sound
    assert [problem.key for problem in problems] == ([] if sound else ["sections"])


@pytest.mark.parametrize(("marks", "sound"), [((85, 60), True), ((60, 85), False), ((85, 85), False), ((), True)])
def test_bands_stand_from_the_highest_to_the_lowest(marks, sound):
    found, _ = read(content(bands=[{"at_least": mark, "name": str(mark)} for mark in marks]))
    assert (found is not None) == sound


def extra(**keys):
    return {"code": "B1", "title": "加分", "from": "acts", **keys}


@pytest.mark.parametrize(
    ("bonus", "key"),
    [
        (extra(), ""),
        (extra(points=1, field="people"), ""),
        (extra(points=1, floor=2, cap=1), ""),
        (extra(field="name"), "field"),
        (extra(points=1, **{"from": "nowhere"}), "from"),
        (extra(points=1, where=[{"field": "nowhere", "present": True}]), "where"),
        (extra(points=1, group={"by": ["nowhere"], "at_least": 2, "factor": 2}), "group.by"),
        (extra(points=1, group={"by": [], "at_least": 2, "factor": 2}), "group.by"),
    ],
)
def test_a_wrong_bonus_is_named(bonus, key):
    assert faults(content(bonuses=[bonus])) == [("B1", key)]


def test_a_wrong_veto_is_named():
    veto = {"code": "V1", "title": "否决", "from": "acts", "where": [{"field": "nowhere", "present": True}]}
    assert faults(content(vetoes=[veto])) == [("V1", "where")]


def test_a_bonus_with_the_code_of_a_criterion_is_a_fault():
    assert ("K1", "criteria") in faults(content(bonuses=[extra(points=1, code="K1")]))


def test_every_problem_is_told_at_once():
    data = content(criteria=[criterion(section="S9", lead="nobody"), criterion(code="K2", **{"from": "nowhere"})])
    assert faults(data) == [("K1", "section"), ("K1", "lead"), ("K2", "from")]


# Digests -------------------------------------------------------------------------------------------------------------


def test_the_same_content_has_the_same_digest_however_it_is_laid_out():
    data = content()
    block, flow = (yaml.safe_dump(data, default_flow_style=style, allow_unicode=True) for style in (False, True))
    upside_down = yaml.safe_dump(dict(reversed(data.items())), sort_keys=False)
    assert len({read_edition(text, FILE)[0].digest for text in (block, flow, upside_down)}) == 1


def test_any_other_content_has_another_digest():
    one = edition(criterion())
    others = (edition(criterion(points=11)), edition(criterion(title="又")), edition(criterion(), pass_mark=90))
    assert len({one.digest, *(other.digest for other in others)}) == 4
