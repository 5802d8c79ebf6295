"""A faulty checklist is refused with file, criterion, key and what is wrong, every fault once and in plain words."""

from copy import deepcopy

import pytest
import yaml

from scoring.checklist_files import read_edition

SMALL = yaml.safe_load(
    """
name: small
title: 小例
version: 一
lines: [{code: publicity, title: 宣传办}]
sections: [{code: S, title: 讲堂}]
ledgers:
  - code: talks
    title: 讲堂
    keeps: events
    fields:
      - {code: date, title: 日期, type: date}
      - {code: name, title: 主题}
      - {code: people, title: 人数, type: whole}
      - {code: kind, title: 类型, type: choice, choices: [甲, 乙]}
criteria:
  - code: S-1
    section: S
    title: 三场
    standard: 三场。
    points: 5
    lead: publicity
    from: talks
    rule: {kind: count, target: 3}
    source: {document: 自定, grade: K, points: assigned}
"""
)


def read(content: object):
    return read_edition(yaml.safe_dump(content, allow_unicode=True), "small.yaml")


def faults(change) -> list[str]:
    """The problems of the small checklist once it was changed, without the file's name."""
    content = deepcopy(SMALL)
    change(content, content["criteria"][0])
    return [str(problem).removeprefix("small.yaml · ") for problem in read(content)[1]]


def with_rule(**rule: object) -> list[str]:
    return faults(lambda content, criterion: criterion.update(rule=rule))


def with_key(**keys: object) -> list[str]:
    return faults(lambda content, criterion: criterion.update(keys))


def with_edition(**keys: object) -> list[str]:
    return faults(lambda content, criterion: content.update(keys))


def test_a_sound_checklist_has_no_problem():
    edition, problems = read(SMALL)
    assert edition is not None and problems == ()


def test_an_unknown_key_is_named_with_the_nearest_known_one():
    assert with_key(titel="三场") == ["S-1 · titel: this key is not known; did you mean title?"]
    assert with_rule(kind="count", target=3, targt=3) == [
        "S-1 · rule.targt: this key is not known; did you mean target?"
    ]
    assert with_key(zzz=1) == ["S-1 · zzz: this key is not known"]


def test_an_unknown_rule_kind_is_named_with_all_known_ones():
    [fault] = with_rule(kind="cuont", target=3)
    assert fault.startswith("S-1 · rule: there is no rule kind cuont here; known are yes_no, grade, count,")
    assert with_rule(target=3) == ["S-1 · rule: a rule names its kind"]


def test_a_part_may_not_be_made_of_parts():
    [fault] = with_rule(kind="parts", parts=[{"share": 1, "rule": {"kind": "parts", "parts": []}}])
    assert fault.startswith("S-1 · rule.parts[1].rule: there is no rule kind parts here")


def test_a_missing_key_is_named():
    assert with_rule(kind="count") == ["S-1 · rule.target: this key is needed"]
    assert faults(lambda content, criterion: criterion.pop("code")) == ["criteria[1] · code: this key is needed"]


@pytest.mark.parametrize(("points", "found"), [(0.5, []), (0, ["S-1 · points: this must be more than 0"])])
def test_points_are_more_than_zero(points, found):
    assert with_key(points=points) == found


@pytest.mark.parametrize(("gate", "found"), [(100, []), (100.5, ["sections[1].gate: this must be 100 or less"])])
def test_a_gate_is_at_most_a_hundred(gate, found):
    assert with_edition(sections=[{"code": "S", "title": "讲堂", "gate": gate}]) == found


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("points", "五", "this must be a number"),
        ("code", 1, "this must be text; a number or date in quotes"),
        ("optional", "也许", "this must be true or false"),
        ("due", 3, "this must be a list"),
        ("rule", "count", "this must be a mapping of keys"),
        ("window", "week", "a window is month, quarter, year, rolling N or since YYYY-MM-DD"),
        ("lead", "宣传办", "a code is written in small Latin letters, digits and _, a letter first"),
    ],
)
def test_a_value_of_the_wrong_sort_is_named(key, value, sentence):
    assert [fault.split(": ", 1)[1] for fault in with_key(**{key: value})] == [sentence]


@pytest.mark.parametrize(
    ("credit", "key", "sentence"),
    [
        ("stepwise", "rule.credit", "this must be 'linear' or 'strict', or a ladder"),
        ({"ladder": {0.5: 1, 1: 0.5}}, "rule.credit", "thresholds and coefficients must rise together"),
        ({"ladder": {0.5: 2}}, "rule.credit.ladder.0.5", "this must be 1 or less"),
    ],
)
def test_a_credit_that_is_none_gives_one_problem(credit, key, sentence):
    assert with_rule(kind="count", target=3, credit=credit) == [f"S-1 · {key}: {sentence}"]


def test_a_condition_makes_exactly_one_test():
    [fault] = with_key(where=[{"field": "name", "equals": "甲", "present": True}])
    assert fault.startswith("S-1 · where[1]: exactly one of equals,") and fault.endswith("found equals, present")
    assert with_key(where=[{"field": "name", "equals": {"甲": 1}}]) == [
        "S-1 · where[1].equals: this must be a single value"
    ]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"section": "T"}, "section: there is no section T"),
        ({"lead": "nobody"}, "lead: there is no line nobody"),
        ({"from": "walks"}, "from: there is no ledger walks"),
        ({"rule": {"kind": "yes_no", "field": "people"}}, "rule.field: field people is of type whole, not yes_no"),
        ({"rule": {"kind": "count", "of": "seats", "target": 1}}, "rule.of: ledger talks has no field seats"),
        ({"where": [{"field": "kind", "equals": "丙"}]}, "where: 丙 is none of the values of field kind"),
        ({"where": [{"field": "people", "equals": "甲"}]}, "where: 甲 is no value of a field of type whole"),
        ({"where": [{"field": "people", "contains": "甲"}]}, "where: contains does not fit a field of type whole"),
    ],
)
def test_names_that_lead_nowhere_are_named(keys, found):
    assert with_key(**keys) == [f"S-1 · {found}"]


def test_a_bonus_of_a_line_that_is_not_there_is_refused():
    bonus = {"code": "B", "title": "加分", "from": "talks", "points": 1, "lead": "nobody"}
    assert with_edition(bonuses=[bonus]) == ["B · lead: there is no line nobody"]


def test_every_fault_is_told_in_one_go():
    assert len(with_key(titel="三场", points=0, window="week")) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [1\nb: 2", "small.yaml: this is not YAML from line 2 on: did not find expected ',' or ']'"),
        ("a: 1\na: 2", "small.yaml: this is not YAML from line 1 on: key 'a' stands twice"),
        ("- a", "small.yaml: a checklist is a mapping of keys"),
        ("", "small.yaml: a checklist is a mapping of keys"),
    ],
)
def test_a_text_that_is_no_checklist_is_told(text, sentence):
    edition, problems = read_edition(text, "small.yaml")
    assert edition is None and [str(problem) for problem in problems] == [sentence]
