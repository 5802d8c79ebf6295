"""Known facts: a community, a month and rows of its ledgers, with values of every kind that an edition has.

Hypothesis chooses the sizes and a seed and shrinks those; the many small choices of a report come from the seed,
since drawing each of them through Hypothesis takes far longer than reading the file.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from scoring.checklist_files import read_edition
from scoring.edition import Edition
from scoring.facts import Area
from scoring.ledgers import Ledger, LedgerField
from scoring.periods import month_number

CHECKLISTS = Path(__file__).resolve().parents[2] / "data" / "checklists"
EDITIONS = ("community-archive", "minors-system")

KNOWN = (
    Area("D1", "云溪区", "district"),
    Area("S1", "西街道", "street", "D1"),
    Area("S2", "东城街道", "street", "D1"),
    Area("C01", "桂花社区", "community", "S1"),
    Area("C02", "荷塘社区", "community", "S1"),
    Area("C03", "松柏社区", "community", "S2"),
    Area("C04", "第一社区", "community", "S2"),
    Area("C05", "云溪里社区", "community", "S2"),
)
"""Two of the names hold what stands in other names or in lines of a form: 云溪 and 第一."""

COMMUNITIES = tuple(area for area in KNOWN if area.kind == "community")
MONTHS = tuple(map(month_number, ("2025-01", "2025-10", "2026-03", "2026-07", "2026-12")))

TEXTS = {
    "theme": ("孝老爱亲传家风", "诚信就在身边", "“身边好人”故事会", "学习雷锋·奉献他人", "总分总：讲好一个故事"),
    "name": ("清明祭英烈", "文明交通劝导", "第3期科普讲座", "经典诵读（第二场）", "1+1结对帮扶", "人人动手 洁净家园"),
    "title": ("社区开展义务植树", "2026年新春送福", "“最美家庭”揭晓", "转发：文明养犬倡议书"),
    "place": ("道德讲堂", "3号楼前广场", "桂花苑东门", "社区1", "公共服务7", "北门（靠河）", "人民路12-3号", "会议室"),
    "point": ("东门宣传栏", "3号楼前", "公交站台2", "人民路与解放路交叉口", "小区主入口（南）", "第5网格"),
    "lecturer": ("李讲师", "王老师、陈老师", "退休教师 赵某", "欧阳老师"),
    "contact": ("刘干事 1358997****", "8800-1234", "周主任"),
    "problem": ("1、杂物堆放；2、飞线充电", "(1)地面破损;(2)路灯不亮;5.缺保洁", "无", "请市文明办协调解决", "车辆乱停"),
    "criterion": ("JT-01", "WN-03", "GY-02"),
    "note": ("已归档", "雨天改在室内", "与学校联办", "见附件", "N/A", "NULL", "资料齐全，图片3张", "2026"),
}
OTHER_TEXTS = ("社区志愿服务队", "青松文艺队", "张三", "李四、王五", "共建单位：供电所", "第二网格")

BACK = (0, 0, 0, 0, 0, 0, 1, 2, 5, 14)
"""How many months before the reported one things happen."""

Item = dict[str, Any]
"""The values of one row by the field's code; a blank is None."""


@dataclass(frozen=True)
class Facts:
    """What a file should say: per ledger its rows, each of a community (all of one unless the office reports)."""

    edition: Edition
    community: Area
    month: int
    rows: dict[str, list[tuple[Area, Item]]]

    def ledger(self, code: str) -> Ledger:
        return next(ledger for ledger in self.edition.ledgers if ledger.code == code)


@cache
def edition_of(name: str) -> Edition:
    found, problems = read_edition((CHECKLISTS / f"{name}.yaml").read_text("utf-8"), name)
    assert found is not None, problems
    return found


def facts_of(seed: int, ledgers: int = 2, most_rows: int = 6, edition: str | None = None) -> Facts:
    """The report of one community that the seed stands for."""
    rng = Random(seed)
    chosen = edition_of(edition or rng.choice(EDITIONS))
    own = [ledger for ledger in chosen.ledgers if ledger.kept_by == "community"]
    community, month = rng.choice(COMMUNITIES), rng.choice(MONTHS)
    rows = {
        ledger.code: [(community, item) for item in items_of(rng, ledger, month, rng.randint(1, most_rows))]
        for ledger in rng.sample(own, ledgers)
    }
    return Facts(chosen, community, month, rows)


def office_facts_of(seed: int, most_rows: int = 8) -> Facts:
    """A month of inspections of several communities."""
    rng = Random(seed)
    chosen = edition_of(rng.choice(EDITIONS))
    month = rng.choice(MONTHS)
    ledger = next(ledger for ledger in chosen.ledgers if ledger.kept_by == "office")
    items = items_of(rng, ledger, month, rng.randint(2, most_rows))
    return Facts(chosen, COMMUNITIES[0], month, {ledger.code: [(rng.choice(COMMUNITIES), item) for item in items]})


def seeds() -> st.SearchStrategy[int]:
    return st.integers(0, 2**32 - 1)


def items_of(rng: Random, ledger: Ledger, month: int, count: int) -> list[Item]:
    """Rows of a ledger; those of a state name a thing once, and the key of a row is never blank."""
    items = [{field.code: _value(rng, field, month, ledger) for field in ledger.fields} for _ in range(count)]
    if ledger.code in ("facilities", "minors_papers", "minors_places"):
        choices = rng.sample(ledger.field("item").choices, count)
        items = [item | {"item": choice} for item, choice in zip(items, choices, strict=True)]
    return items


def _value(rng: Random, field: LedgerField, month: int, ledger: Ledger) -> Any:
    is_key = field.code in ledger.key_fields or field.code in ("point", "item")
    if not is_key and rng.random() < (0.05 if field.required else 0.2):
        return None
    if field.type == "date":
        return a_day(rng, month - rng.choice(BACK))
    if field.type == "whole":
        return rng.choice((0, 1, 3, 12, 45, 70, 100, 120, 670, 14_000))
    if field.type == "decimal":
        return rng.choice((0, 0.1, 0.5, 1, 1.5, 2, 2.5, 3.25, 40, 100, 1_200.5))
    if field.type == "yes_no":
        return rng.random() < 0.6
    if field.type == "grade":
        return rng.choice(field.scale)
    if field.type == "choice":
        return rng.choice(field.choices)
    if field.type == "choices":
        return rng.sample(field.choices, rng.randint(1, min(4, len(field.choices))))
    return rng.choice(TEXTS.get(field.code, OTHER_TEXTS))


def a_day(rng: Random, month: int) -> date:
    """A day of the month, often the first, the twelfth or the last."""
    year, number = divmod(month, 12)
    last = calendar.monthrange(year, number + 1)[1]
    return date(year, number + 1, rng.choice((1, 5, 10, 12, rng.randint(1, last), last)))
