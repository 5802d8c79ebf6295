"""Ticks, choices and grades: √ and ×, one of a list, several of a list, A to C#."""

import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process

from beicha.intake.cells import Cell, narrow, shown
from scoring.ledgers import LedgerField

_YES = (
    *("是", "有", "√", "✓", "✔", "☑", "✅", "■", "v", "达标", "已达标", "合格", "符合", "通过", "具备", "齐全", "完好"),
    *("已", "完成", "已完成", "已整改", "已销号", "对", "是的", "y", "yes", "t", "true", "1"),
)
_NO = (
    *(
        "否",
        "无",
        "×",
        "✗",
        "✘",
        "✕",
        "✖",
        "❌",
        "x",
        "□",
        "☐",
        "不达标",
        "未达标",
        "不合格",
        "不符合",
        "不通过",
        "不具备",
    ),
    *("不齐全", "缺", "未", "未完成", "未整改", "未销号", "错", "不对", "不是", "没有", "n", "no", "f", "false", "0"),
)
_ANSWERS = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
_WORD = "(是|否|有|无|达标|不达标|合格|不合格)"
_BOX_BEFORE = re.compile(rf"(?:([√✓✔☑■])|[□☐○])?{_WORD}")
_BOX_BEHIND = re.compile(rf"{_WORD}(?:([√✓✔☑■])|[□☐○])?")
_SEPARATORS = re.compile(r"[、,，;；/|\n\r]+")
_GRADE_ENDINGS = "级等档类"
_DIVIDERS = re.compile(r"[/、,]")


def read_yes_no(value: Any) -> Cell:
    """A cell as yes or no: words, ticks, 1 and 0, a form such as ☑是□否; an error for anything else."""
    if isinstance(value, bool):
        return Cell(value)
    if isinstance(value, (int, float)):
        return Cell(bool(value)) if value in (0, 1) else Cell(None, "yes_no_unreadable")
    text = narrow(shown(value)).casefold().rstrip("。.;")
    answer = _ANSWERS.get(text)
    if answer is None:
        answer = _ticked(text)
    return Cell(None, "yes_no_unreadable") if answer is None else Cell(answer)


def _ticked(text: str) -> bool | None:
    """The one ticked answer of a form with both, the box before or behind its word; None where it is not clear."""
    text = _DIVIDERS.sub("", text)
    starts_with_box = not _BOX_BEHIND.match(text)
    found = list((_BOX_BEFORE if starts_with_box else _BOX_BEHIND).finditer(text))
    if not found or "".join(match[0] for match in found) != text:
        return None
    words = [match.groups() if starts_with_box else match.groups()[::-1] for match in found]
    ticked = [_ANSWERS[word] for box, word in words if box]
    return ticked[0] if len(ticked) == 1 else None


class ChoiceReader:
    """Reads the cells of a column that holds one of a list of choices."""

    def __init__(self, field: LedgerField) -> None:
        self._choices = field.choices
        self._by_key = {_key(choice): choice for choice in field.choices}

    def __call__(self, value: Any) -> Cell:
        """The choice as the edition writes it; an error that lists the choices for anything else."""
        found = self._by_key.get(_key(shown(value)))
        return Cell(found) if found is not None else _unknown("choice_unknown", self._choices, [shown(value)])


class ChoicesReader:
    """Reads the cells of a column that holds several of a list of choices."""

    def __init__(self, field: LedgerField) -> None:
        self._choices = field.choices
        self._by_key = {_key(choice): choice for choice in field.choices}
        divided = sorted((choice for choice in field.choices if _SEPARATORS.search(choice)), key=len, reverse=True)
        self._divided = re.compile("|".join(map(re.escape, divided))) if divided else None

    def __call__(self, value: Any) -> Cell:
        """The choices in the order they stand in the cell, each once; an error where one is not known."""
        pieces = self._pieces(shown(value))
        unknown = [piece for piece in pieces if _key(piece) not in self._by_key]
        if unknown:
            return _unknown("choice_unknown", self._choices, unknown)
        return Cell(list(dict.fromkeys(self._by_key[_key(piece)] for piece in pieces)))

    def _pieces(self, text: str) -> list[str]:
        if _key(text) in self._by_key:
            return [text]
        whole: list[str] = []
        if self._divided:
            whole = self._divided.findall(text)
            text = self._divided.sub("、", text)
        return whole + [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]


class GradeReader:
    """Reads the cells of a column of grades."""

    def __init__(self, field: LedgerField) -> None:
        self._scale = field.scale
        self._by_key = {_key(grade): grade for grade in field.scale}

    def __call__(self, value: Any) -> Cell:
        """The grade as the edition writes it, also from C＃ or B级; an error that lists them for anything else."""
        key = _key(shown(value))
        found = self._by_key.get(key) or self._by_key.get(key.rstrip(_GRADE_ENDINGS))
        return Cell(found) if found is not None else _unknown("grade_unknown", self._scale, [shown(value)])


def _key(text: str) -> str:
    return narrow(text).casefold()


_NEAR_ENOUGH = 60


def _unknown(code: str, choices: Sequence[str], found: list[str]) -> Cell:
    like = process.extractOne(found[0], choices, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    near = () if like is None else (like[0],)
    return Cell(None, code, {"choices": near + tuple(choice for choice in choices if choice not in near)})
