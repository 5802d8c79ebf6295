"""What changed between two editions is told criterion by criterion."""

from typing import Any

from beicha.actions.views.checklist import changes
from scoring.edition import Edition


def criterion(code: str, **other: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "code": code,
        "section": "A",
        "title": f"标准 {code}",
        "standard": "每月一次",
        "points": 2,
        "lead": "office",
        "from": "events",
        "rule": {"kind": "count", "target": 1},
        "source": {"document": "样例", "grade": "I", "points": "assigned"},
    }
    return plain | other


def edition(*criteria: dict[str, Any], renames: dict[str, str] | None = None) -> Edition:
    ledger = {"code": "events", "title": "活动", "keeps": "state", "fields": [{"code": "name", "title": "名称"}]}
    return Edition.model_validate(
        {
            "name": "e",
            "title": "样例",
            "version": "1",
            "lines": [{"code": "office", "title": "创建办"}, {"code": "culture", "title": "文化站"}],
            "ledgers": [ledger],
            "sections": [{"code": "A", "title": "甲"}],
            "criteria": list(criteria),
            "renames": {"criteria": renames or {}},
        }
    )


def test_the_same_edition_has_no_changes() -> None:
    assert changes(edition(criterion("A-1")), edition(criterion("A-1"))).none


def test_added_and_dropped_criteria_are_listed() -> None:
    found = changes(edition(criterion("A-1"), criterion("A-2")), edition(criterion("A-1"), criterion("A-3")))
    assert [item.code for item in found.added] == ["A-3"]
    assert [item.code for item in found.dropped] == ["A-2"]


def test_a_criterion_worth_something_else_is_repointed() -> None:
    (found,) = changes(edition(criterion("A-1")), edition(criterion("A-1", points=2.5))).repointed
    assert (found.before, found.after) == (2, 2.5)


def test_a_renamed_criterion_is_the_same_one() -> None:
    found = changes(edition(criterion("A-1")), edition(criterion("B-9", title="标准 A-1"), renames={"A-1": "B-9"}))
    assert (found.added, found.dropped) == ((), ())
    assert [(item.code, item.former_code, item.what) for item in found.changed] == [("B-9", "A-1", ())]


def test_a_new_rule_and_other_lines_are_told_apart() -> None:
    after = edition(criterion("A-1", rule={"kind": "count", "target": 2}), criterion("A-2", supporting=["culture"]))
    found = changes(edition(criterion("A-1"), criterion("A-2")), after)
    assert [(item.code, item.what) for item in found.changed] == [("A-1", ("rule",)), ("A-2", ("lines",))]


def test_what_decides_the_points_is_named_singly() -> None:
    other: dict[str, Any] = {
        "window": "month", "due": [3], "where": [{"field": "name", "present": True}], "dated": False,
        "optional": True, "method": "实地考察", "examples": [{"title": "无", "state": "missing"}],
    }  # fmt: skip
    (found,) = changes(edition(criterion("A-1")), edition(criterion("A-1", **other))).changed
    assert found.what == ("where", "window", "due", "optional", "method", "examples")
    assert (found.was.window, found.now.window) == ("year", "month")


def test_renames_that_stood_before_are_done_already() -> None:
    before = edition(criterion("A-1"), criterion("B-9"), renames={"A-1": "B-9"})
    assert changes(before, edition(criterion("A-1"), criterion("B-9"), renames={"A-1": "B-9"})).none


def test_two_codes_that_change_places_are_not_taken_twice() -> None:
    before = edition(criterion("A-1"), criterion("A-2", points=5))
    after = edition(criterion("A-1", points=5), criterion("A-2"), renames={"A-1": "A-2", "A-2": "A-1"})
    found = changes(before, after)
    assert (found.added, found.dropped, found.repointed) == ((), (), ())
    assert {(item.former_code, item.code) for item in found.changed} == {("A-1", "A-2"), ("A-2", "A-1")}


def test_what_changed_besides_the_criteria_is_listed() -> None:
    before = edition(criterion("A-1"))
    bonus = {"code": "J-1", "title": "加分", "from": "events", "points": 1}
    content = before.model_dump(by_alias=True) | {
        "version": "2",
        "pass_mark": 90,
        "not_applicable": "mean_of_others",
        "sections": [{"code": "A", "title": "甲", "gate": 80}, {"code": "B", "title": "乙"}],
        "lines": [{"code": "office", "title": "文明办"}],
        "bonuses": [bonus],
    }
    content["ledgers"] = [dict(content["ledgers"][0], fields=[*content["ledgers"][0]["fields"], FIELD])]
    after = Edition.model_validate(content)
    found = [(item.what, item.of) for item in changes(before, after).settings]
    assert found == [
        ("version", ""), ("pass_mark", ""), ("not_applicable", ""), ("line.title", "文明办"), ("line", "文化站"),
        ("section.gate", "甲"), ("section", "乙"), ("ledger.fields", "活动"), ("bonus", "加分"),
    ]  # fmt: skip
    content["bonuses"] = [bonus | {"cap": 5}]
    (changed,) = changes(after, Edition.model_validate(content)).settings
    assert (changed.what, changed.before.cap, changed.after.cap) == ("bonus", None, 5)


FIELD = {"code": "day", "title": "日期", "type": "date"}
