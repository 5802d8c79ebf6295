"""Warnings as people read them: what kind each is, and its sentence."""

from collections.abc import Mapping
from typing import Any

from beicha.words.language import Language, later, say
from beicha.words.numbers import percent
from beicha.words.reasons import EVERY

KINDS = {
    "closing": later("Closes soon"),
    "lost": later("Lost for good"),
    "falling": later("Keeps falling"),
    "drifting": later("Self-report runs ahead"),
    "piling": later("Tasks pile up"),
}


def kind_text(kind: str, language: Language) -> str:
    """What kind of warning it is."""
    return say(language, KINDS[kind])


def alert_text(kind: str, values: Mapping[str, Any], points: str, several: int, language: Language) -> str:
    """The sentence of a warning: what is wrong, and what it costs. ``several`` communities that it is about."""
    if kind == "closing":
        return _closing(values, points, several, language)
    if kind == "lost":
        return _lost(values, points, several, language)
    if kind == "falling":
        rates = " → ".join(percent(rate) for rate in values["rates"])
        return say(language, "The rate fell month after month: {rates}.", rates=rates)
    if kind == "drifting":
        text = later("Self-report is {mean} ahead of verification on average, {newest} in the last verified month.")
        return say(language, text, mean=percent(values["mean"]), newest=percent(values["newest"]))
    return _piling(values, language)


def _closing(values: Mapping[str, Any], points: str, several: int, language: Language) -> str:
    day, n = values["due"].isoformat(), values["lacking"]
    if several > 1:
        text = later("{communities} communities lack {n} records together by {day}, or {points} points go.")
        return say(language, text, communities=several, n=n, day=day, points=points)
    return say(language, "{n} more records by {day}, or {points} points go.", n=n, day=day, points=points)


def _lost(values: Mapping[str, Any], points: str, several: int, language: Language) -> str:
    every, units = EVERY[values["every"]]
    if several > 1:
        text = later(
            "{communities} communities fell short of {times} {every}. {points} points together cannot be won back."
        )
        said = say(language, every)
        return say(language, text, communities=several, times=values["times"], every=said, points=points)
    text = later("{times} needed {every}: {short} of {closed} fell short. {points} points cannot be won back.")
    closed, short = say(language, units, n=values["closed"]), say(language, units, n=values["short"])
    said = say(language, every)
    return say(language, text, times=values["times"], every=said, short=short, closed=closed, points=points)


def _piling(values: Mapping[str, Any], language: Language) -> str:
    said = []
    if values["rises"]:
        counts = " → ".join(str(count) for count in values["open"])
        said.append(say(language, "More and more open tasks: {counts} (every 30 days).", counts=counts))
    if values["late"] > values["closed"]:
        text = later("{late} are overdue, only {closed} were closed in the last 30 days.")
        said.append(say(language, text, late=values["late"], closed=values["closed"]))
    return ("" if language == "zh_CN" else " ").join(said)
