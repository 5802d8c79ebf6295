"""Units behind numbers, 45人 or 2.5小时, and which of them the heading of a column asks for."""

import re

_FAMILIES = {
    "people": ("人次", "人员", "人", "名", "位"),
    "sessions": ("场次", "场", "期", "节课", "节", "堂课", "堂"),
    "hours": ("个小时", "小时", "个钟头", "钟头", "学时", "h", "hr", "hrs"),
    "minutes": ("分钟", "min", "mins"),
    "days": ("天",),
    "money": ("元整", "块钱", "元"),
    "things": (
        *(
            "块",
            "处",
            "幅",
            "条",
            "座",
            "版",
            "份",
            "张",
            "面",
            "件",
            "篇",
            "套",
            "本",
            "册",
            "盏",
            "辆",
            "台",
            "户",
            "家",
        ),
        *("栋", "幢", "页", "字", "只", "把", "箱", "株", "棵", "盆", "桶", "袋", "栏", "站", "所"),
    ),
    "": (
        *(
            "个",
            "次",
            "条次",
            "分",
            "项",
            "例",
            "起",
            "组",
            "支",
            "队",
            "类",
            "种",
            "级",
            "批",
            "遍",
            "趟",
            "周",
            "年",
            "月",
        ),
        *(
            "个月",
            "课时",
            "课",
            "岁",
            "星",
            "度",
            "°c",
            "米",
            "m",
            "cm",
            "km",
            "㎡",
            "m2",
            "m3",
            "立方米",
            "平方米",
            "公里",
            "斤",
            "公斤",
        ),
        *(
            "kg",
            "千克",
            "吨",
            "篇次",
            "点",
            "宗",
            "人份",
            "对",
            "米长",
            "平米",
            "笔",
            "顿",
            "单",
            "封",
            "部",
            "列",
            "行",
        ),
    ),
}
FAMILY = {unit: family for family, units in _FAMILIES.items() for unit in units}
"""Every unit that says nothing but what is counted; "" for those that fit any column."""

_WANTED = (
    ("people", re.compile(r"人数|人次|人员|\(人\)|^人$")),
    ("minutes", re.compile(r"分钟")),
    ("hours", re.compile(r"时长|时数|小时|工时|学时")),
    ("sessions", re.compile(r"场次|场数|期数|\([场期节]\)")),
    ("money", re.compile(r"金额|经费|\(元\)")),
    ("things", re.compile(r"[块处幅张份篇面版座]数|\([块处幅张份篇面条版座]\)")),
)
_IN_HOURS = {"hours": 1.0, "minutes": 1 / 60}


def wanted_family(title: str) -> str:
    """What a column with this heading counts: people, hours …; "" where the heading does not tell."""
    plain = title.replace("（", "(").replace("）", ")").replace(" ", "")
    return next((family for family, words in _WANTED if words.search(plain)), "")


def fits(unit: str, wanted: str) -> bool:
    """Whether a number with this unit may stand in a column that counts the wanted family."""
    family = FAMILY.get(unit, "")
    return not family or not wanted or family == wanted


def converted(number: float, unit: str, wanted: str) -> float | None:
    """The number in the wanted unit of time; None where it is not to be converted."""
    family = FAMILY.get(unit, "")
    if family == wanted or family not in _IN_HOURS or wanted not in _IN_HOURS:
        return None
    return number * _IN_HOURS[family] / _IN_HOURS[wanted]
