"""Words that stand where a value should: 不适用, N/A, 不详. None of them is a blank, and none a zero."""

import re
import unicodedata

_NOT_APPLICABLE = frozenset(("n/a", "na", "n.a.", "n.a", "不适用", "不涉及", "不适用本社区", "本社区不涉及"))
_NOT_KNOWN = frozenset(
    (
        *(
            "不详",
            "未知",
            "不清楚",
            "不明",
            "待定",
            "待查",
            "待补",
            "待补充",
            "待统计",
            "待核实",
            "待填",
            "未统计",
            "未填",
        ),
        *("暂无", "暂缺", "暂未统计", "统计中", "?", "??", "???", "tbd", "null", "none", "nan"),
    )
)
_HINT = re.compile("[不未待暂统]|^[^\u4e00-\u9fff]*$")
"""A cheap first look: each word holds one of these, or nothing Chinese."""
_LONGEST = 12


def says_no_value(text: str) -> str:
    """The code of the problem where a text says that there is no value to give; "" for every other text."""
    if len(text) > _LONGEST or not (_HINT.search(text) or not unicodedata.is_normalized("NFKC", text)):
        return ""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).casefold().strip("()[]。")
    if plain in _NOT_APPLICABLE:
        return "cell_not_applicable"
    return "cell_not_known" if plain in _NOT_KNOWN else ""
