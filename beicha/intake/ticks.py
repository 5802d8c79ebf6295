"""Boxes and ticks in one cell: ☑是□否, 打√, ●有○无, ■志愿服务 □宣讲."""

import re

TICKS = "√✓✔☑✅■●◉🗹"
BOXES = "□☐○◯"
_MARK = f"([{TICKS}{BOXES}])"
_BEFORE = re.compile(rf"{_MARK}([^{TICKS}{BOXES}]+)")
_BEHIND = re.compile(rf"([^{TICKS}{BOXES}]+){_MARK}")
_AROUND = "/、,;| "


def ticked_words(text: str) -> list[str] | None:
    """The ticked of the words with a box, the box before or behind each; None where the text is no such form.

    The text has gone through NFKC. A word without a box counts as not ticked, as in √是 否.
    """
    if not any(sign in text for sign in TICKS + BOXES):
        return None
    text = text.strip(_AROUND)
    pattern = _BEFORE if text[:1] in TICKS + BOXES else _BEHIND
    found = list(pattern.finditer(text))
    if not found or "".join(match[0] for match in found) != text:
        return None
    pairs = [match.groups() if pattern is _BEFORE else match.groups()[::-1] for match in found]
    return [word.strip(_AROUND) for mark, word in pairs if mark in TICKS]
