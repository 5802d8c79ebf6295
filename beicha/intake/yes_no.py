"""Yes or no, as clerks write it: √ and ×, 是 and 否, 达标, ☑是□否, 是（已整改）."""

import re
from typing import Any

from beicha.intake.cells import Cell, narrow, shown
from beicha.intake.ticks import ticked_words
from beicha.words.workbook import NO, YES

_YES = (
    *("是", "有", "v", "达标", "已达标", "合格", "符合", "通过", "具备", "齐全", "完好", "对", "是的", "真", "正确"),
    *("已", "完成", "已完成", "已整改", "已销号", "y", "yes", "t", "true", "ok", "1"),
    *("√", "✓", "✔", "☑", "✅", "■", "🗹", "勾", "打勾", "对勾", "√√"),
)
_NO = (
    *(
        "否",
        "无",
        "不达标",
        "未达标",
        "不合格",
        "不符合",
        "不通过",
        "不具备",
        "不齐全",
        "缺",
        "错",
        "不对",
        "不是",
        "假",
    ),
    *("未", "没有", "没", "未完成", "未整改", "未销号", "n", "no", "f", "false", "0"),
    *("×", "✗", "✘", "✕", "✖", "❌", "x", "叉", "打叉", "××"),
)
_ANSWERS = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
_BRACKETS = re.compile(r"[(\[【“\"'](.+)[)\]】”\"']")
_WITH_REMARK = re.compile(r"([^(,;:\[【]+)(?:[(\[【].*[)\]】]|[,;:].*)", re.S)
_FIRST_CHINESE = "\u4e00"
"""Signs come before it: √× answers nothing."""
_DONE = re.compile(r"(已|未)(?![知定详填明查]|统计)[\u4e00-\u9fff]{1,4}")


def read_yes_no(value: Any) -> Cell:
    """A cell as yes or no: words, ticks, 1 and 0, a form such as ☑是□否; a warning where it says more than that."""
    if isinstance(value, bool):
        return Cell(value)
    if isinstance(value, (int, float)):
        return Cell(bool(value)) if value in (0, 1) else _no_answer()
    text = narrow(shown(value)).casefold().rstrip("。.;!")
    inner = _BRACKETS.fullmatch(text)
    text = (inner[1] if inner else text).removeprefix("打") or text
    answer = _ANSWERS.get(text)
    if answer is None:
        answer = _ticked(text)
    return _worded(text) if answer is None else Cell(answer)


def _ticked(text: str) -> bool | None:
    """The one ticked answer of a form with both, or with one that is ticked; None where it is not clear."""
    ticked = ticked_words(text)
    is_clear = ticked is not None and len(ticked) == 1 and ticked[0][:1] >= _FIRST_CHINESE
    return _ANSWERS.get(ticked[0]) if ticked and is_clear else None


def _worded(text: str) -> Cell:
    """An answer with a remark, 是(已整改); something done or not done, 已公示; a box that nobody ticked."""
    if text in ("□", "☐"):
        return _told(False)
    match = _WITH_REMARK.fullmatch(text)
    answer = _ANSWERS.get(match[1]) if match else None
    if answer is not None:
        return _told(answer)
    done = _DONE.fullmatch(text)
    return _told(done[1] == "已") if done else _no_answer()


def _told(answer: bool) -> Cell:
    return Cell(answer, "yes_no_worded", {"read": YES if answer else NO})


def _no_answer() -> Cell:
    return Cell(None, "yes_no_unreadable")
