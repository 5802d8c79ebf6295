"""What falls due in a month, as people read it."""

from beicha.words.language import Language, later, say
from beicha.words.reasons import EVERY

KINDS = {
    "season": later("looked at this month"),
    "value": later("due from this month on"),
    "unit": later("closes with this month"),
}
EVENTS = {
    "report": later("Reports of {period} are due"),
    "close": later("{period} closes for communities"),
    "task": later("{n} tasks are to be put right"),
}


def kind_text(kind: str, language: Language) -> str:
    """Why an item is there."""
    return say(language, KINDS[kind])


def what_text(kind: str, what: str, language: Language) -> str:
    """The value, or how often: 每月 4 次."""
    if kind != "unit":
        return what
    every, _, times = what.partition(" × ")
    return f"{say(language, EVERY[every][0])} × {times}"


def event_text(event: str, period: str, number: int, language: Language) -> str:
    """What a date is."""
    if event == "task":
        return say(language, EVENTS["task"], n=number)
    return say(language, EVENTS[event], period=period)
