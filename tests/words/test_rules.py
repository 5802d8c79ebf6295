"""The edition in words: every rule kind can be read."""

from typing import Any

import pytest

from beicha.words.rules import rule_words, window_words
from scoring.edition import Edition

FIELDS = [
    {"code": "day", "title": "日期", "type": "date"},
    {"code": "name", "title": "名称"},
    {"code": "people", "title": "人数", "type": "whole"},
    {"code": "signed", "title": "签到表", "type": "yes_no"},
    {"code": "kind", "title": "类型", "type": "choice", "choices": ["清明", "端午"]},
    {"code": "grade", "title": "等级", "type": "grade"},
]


def said(rule: dict[str, Any], language: Any = "zh_CN", **more: Any) -> list[str]:
    criterion = {
        "code": "A-1", "section": "A", "title": "甲", "standard": "乙", "points": 1, "lead": "office", "from": "events",
        "rule": rule, "source": {"document": "文件", "grade": "A", "points": "assigned"}, **more,
    }  # fmt: skip
    edition = Edition.model_validate(
        {
            "name": "words",
            "title": "样例",
            "version": "1",
            "lines": [{"code": "office", "title": "创建办"}],
            "ledgers": [{"code": "events", "title": "活动", "keeps": "events", "fields": FIELDS}],
            "sections": [{"code": "A", "title": "甲"}],
            "criteria": [criterion],
        }
    )
    return rule_words(edition, edition.criteria[0], language)


RULES = [
    ({"kind": "yes_no", "field": "signed"}, "“签到表”全部为“是”得满分，否则不得分。"),
    ({"kind": "grade", "field": "grade"}, "按“等级”取平均（A 1、B 0.66、C 0.33、C# 0）。"),
    ({"kind": "count", "target": 4}, "记录条数达到 4。不足按比例得分。"),
    ({"kind": "count", "of": "distinct kind", "target": 2, "credit": "strict"}, "不同“类型”的个数达到 2。不足不得分。"),
    (
        {"kind": "count", "of": "people", "target": 50, "credit": {"ladder": {0.5: 0.4, 1.0: 1.0}}},
        "“人数”合计达到 50。按完成比例分档计分：达到 100% 得 1、达到 50% 得 0.4。",
    ),
    ({"kind": "frequency", "times": 2, "every": "quarter"}, "每季度至少 2 次，按应完成期数取平均。"),
    (
        {"kind": "covers", "field": "kind", "values": [{"value": "清明", "due": 4}, {"value": "端午", "at_least": 2}]},
        "“类型”应覆盖：清明（4 月起）、端午（2 次）；按覆盖比例得分。",
    ),
    (
        {"kind": "each", "has": [{"field": "signed", "equals": True}, {"field": "people", "at_least": 10}]},
        "按“签到表”为“是”、“人数”不低于 10的记录所占比例得分。",
    ),
    (
        {"kind": "share", "part": [{"field": "kind", "one_of": ["清明"]}], "target": 0.3},
        "“类型”为清明之一的部分占记录条数的 30% 以上。不足按比例得分。",
    ),
    (
        {"kind": "share", "of": "people", "part_field": "people", "target": 1},
        "“人数”合计占“人数”合计的 100% 以上。不足按比例得分。",
    ),
    ({"kind": "defects", "each": 0.5}, "按记录条数，每个扣 0.5 分，扣完为止。"),
    ({"kind": "defects", "of": "people", "each": 0.5, "free": 2}, "按“人数”合计，超过 2 后每个扣 0.5 分，扣完为止。"),
    ({"kind": "mean_score", "score": "people", "full": 100}, "“人数”的平均值除以 100。"),
    ({"kind": "mean_score", "deduction": "people"}, "1 减去“人数”后的平均值，除以 1。"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "words"), RULES)
def test_a_rule_is_said_in_chinese(rule: dict[str, Any], words: str) -> None:
    assert said(rule, window="month") == [f"看“活动”（当月）：{words}"]


@pytest.mark.parametrize(("rule", "_"), RULES)
def test_and_in_english(rule: dict[str, Any], _: str) -> None:
    (words,) = said(rule, "en", window="rolling 12")
    assert words.startswith("“活动”, the last 12 months: ")
    assert "{" not in words


def test_conditions_say_which_records_are_looked_at() -> None:
    (words,) = said(
        {"kind": "count", "target": 1}, where=[{"field": "name", "contains": "讲"}, {"field": "day", "present": True}]
    )
    assert words.startswith("看“活动”（本年度至今）中“名称”含“讲”、“日期”已填的记录：")


def test_parts_verification_months_and_leave_each_have_their_sentence() -> None:
    part = {"rule": {"kind": "count", "target": 1}}
    rule = {"kind": "parts", "parts": [{"share": 0.4, "title": "场地", **part}, {"share": 0.6, **part}]}
    words = said(
        rule, verified_by={"ledger": "events", "criterion": "name", "grade": "grade"}, due=[3, 6], optional=True
    )
    starts = [
        "场地，占 40%：看",
        "第 2 部分，占 60%：看",
        "“活动”中有核验记录",
        "只在 3、6 月测评。",
        "社区可以申报不适用。",
    ]
    assert len(words) == len(starts)
    assert all(sentence.startswith(start) for sentence, start in zip(words, starts, strict=True))


@pytest.mark.parametrize(
    ("window", "words"),
    [("quarter", "本季度至今"), ("rolling 6", "近 6 个月"), ("since 2025-07-01", "2025-07-01 以来")],
)
def test_windows_are_said(window: str, words: str) -> None:
    assert window_words(window, "zh_CN") == words
