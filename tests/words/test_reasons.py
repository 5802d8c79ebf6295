"""Every reason of the scoring becomes a sentence in both languages."""

import ast
from pathlib import Path
from typing import Any

import pytest

from beicha.words.reasons import SENTENCES, sentence
from scoring.edition import Edition
from scoring.outcomes import Reason

ROOT = Path(__file__).resolve().parents[2]
EDITION = Edition.model_validate(
    {
        "name": "words",
        "title": "样例",
        "version": "1",
        "lines": [{"code": "office", "title": "创建办"}],
        "ledgers": [
            {
                "code": "lectures",
                "title": "道德讲堂",
                "keeps": "state",
                "fields": [{"code": "theme", "title": "主题"}, {"code": "people", "title": "人数", "type": "whole"}],
            }
        ],
        "sections": [{"code": "A", "title": "甲"}],
        "criteria": [],
    }
)
COUNT = {"rows": 3, "found": 3.0, "target": 5.0, "of": "rows", "blank": 0}
PART = {"title": "场地", "share": 0.4, "due": True, "fraction": 0.5, "reason": {"code": "no_rows", "values": {}}}
SAID: list[tuple[str, dict[str, Any], str]] = [
    ("count_short", COUNT, "要求 5，现有 3 条，还差 2。"),
    ("count_reached", COUNT | {"found": 5.0}, "现有 5 条，已达到要求的 5。"),
    ("count_short", COUNT | {"of": "distinct theme"}, "要求 5，现有 3 种不同的“主题”，还差 2。"),
    ("count_short", COUNT | {"of": "people", "blank": 1}, "要求 5，现有 “人数”合计 3，还差 2。其中 1 条未填，不计。"),
    ("all_yes", {"rows": 2, "no": 0, "blank": 0, "field": "theme"}, "“主题”2 条全部为“是”。"),
    ("answered_no", {"rows": 2, "no": 1, "blank": 0, "field": "theme"}, "“主题”2 条中有 1 条不是“是”。"),
    ("grade_full", {"rows": 2, "mean": 1.0, "blank": 0, "field": "theme"}, "“主题”2 条全部满分。"),
    ("grade_mean", {"rows": 2, "mean": 0.66, "blank": 0, "field": "theme"}, "“主题”2 条平均得分率 66%。"),
    ("score_full", {"rows": 2, "mean": 1.0, "blank": 0, "field": "people"}, "“人数”2 条全部满分。"),
    ("score_mean", {"rows": 2, "mean": 0.5, "blank": 0, "field": "people"}, "“人数”2 条平均得分率 50%。"),
    (
        "frequency_reached",
        {"rows": 3, "reached": 3, "due": 3, "times": 1, "every": "month"},
        "要求每月至少 1 次，应查的 3 个月全部达到。",
    ),
    (
        "frequency_short",
        {"rows": 3, "reached": 2, "due": 4, "times": 2, "every": "quarter"},
        "要求每季度至少 2 次，应查 4 个季度，只有 2 个季度达到。",
    ),
    (
        "covers_all",
        {"rows": 3, "satisfied": 3, "due": 3, "absent": [], "blank": 0, "field": "theme"},
        "应有的 3 项全部齐全。",
    ),
    (
        "covers_short",
        {"rows": 3, "satisfied": 1, "due": 3, "absent": ["清明", "端午"], "blank": 0, "field": "theme"},
        "应有 3 项，现有 1 项，缺：清明、端午。",
    ),
    ("each_all", {"rows": 3, "meeting": 3, "fields": ["theme"]}, "3 条全部符合要求。"),
    (
        "each_short",
        {"rows": 3, "meeting": 1, "fields": ["theme", "people"]},
        "3 条中有 2 条不符合要求（看：主题、人数）。",
    ),
    ("share_reached", {"share": 0.5, "target": 0.3, "part": 1, "whole": 2, "blank": 0}, "占比 50%，已达到要求的 30%。"),
    (
        "share_short",
        {"share": 0.25, "target": 0.5, "part": 1, "whole": 4, "blank": 0},
        "4 中占 1，占比 25%，要求 50%。",
    ),
    ("whole_zero", {"whole": 0.0, "blank": 0}, "总数为 0，无法计算占比。"),
    ("no_defects", {"rows": 0, "found": 0.0, "free": 0, "each": 1, "blank": 0}, "没有发现问题。"),
    ("no_defects", {"rows": 1, "found": 1.0, "free": 2, "each": 1, "blank": 0}, "发现问题 1 处，不超过 2 处不扣分。"),
    ("defects_found", {"rows": 3, "found": 3.0, "free": 0, "each": 0.5, "blank": 0}, "发现问题 3 处，每处扣 0.5 分。"),
    (
        "defects_found",
        {"rows": 3, "found": 3.0, "free": 1, "each": 0.5, "blank": 0},
        "发现问题 3 处，超过 1 处后每处扣 0.5 分。",
    ),
    ("parts_met", {"parts": [PART | {"fraction": 1.0}]}, "1 个部分全部达标。"),
    ("parts_short", {"parts": [PART]}, "场地（占 40%，达到 50%）：没有填报符合本标准的记录。"),
    ("parts_short", {"parts": [PART | {"title": ""}]}, "第 1 部分（占 40%，达到 50%）：没有填报符合本标准的记录。"),
    ("no_rows", {}, "没有填报符合本标准的记录。"),
    ("not_reported", {}, "本月未报，也没有以前月份的记录可计。"),
    ("no_visit", {}, "测评期内没有督查走访。"),
    ("declared", {"reason": "无住宅小区"}, "已申报不适用：无住宅小区"),
    ("declared", {"reason": ""}, "已申报不适用。"),
    ("not_due_month", {"months": [3, 6]}, "只在 3、6 月测评。"),
    ("not_due_yet", {}, "尚无到期内容。"),
    ("verified", {"mean": 0.66, "rows": 3, "self": 1.0}, "核验得分率 66%（督查 3 次），自评 100%。"),
    ("verified", {"mean": 0.66, "rows": 3, "self": None}, "核验得分率 66%（督查 3 次）。"),
]


@pytest.mark.parametrize(("code", "values", "said"), SAID)
def test_a_reason_is_said_in_chinese(code: str, values: dict[str, Any], said: str) -> None:
    assert sentence(Reason(code, values | {"ledgers": ["lectures"]}), EDITION, "zh_CN") == said


@pytest.mark.parametrize(("code", "values", "_"), SAID)
def test_and_in_english(code: str, values: dict[str, Any], _: str) -> None:
    said = sentence(Reason(code, values | {"ledgers": ["lectures"]}), EDITION, "en")
    assert said[0].isupper() or said[0].isdigit() or said[0] in "“场p"
    assert "{" not in said


def test_records_of_earlier_months_are_said_to_be_so() -> None:
    reason = Reason("each_all", {"rows": 1, "meeting": 1, "fields": [], "month_unreported": True})
    assert sentence(reason, EDITION, "zh_CN") == "1 条全部符合要求。本月未报，按以前月份的记录计。"


def test_every_code_that_scoring_gives_has_its_sentence() -> None:
    given = {
        constant.value
        for path in (ROOT / "scoring").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Reason"
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    assert given <= set(SENTENCES)
    assert {code for code, _, _ in SAID} == set(SENTENCES)
