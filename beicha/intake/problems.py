"""Problems in a person's file, as values: a stable code, where it is, and what was found there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from beicha.intake.book import Refusal
from beicha.intake.catalogue import CATALOGUE, INSIDE, SOURCES, Level
from beicha.words.language import Language, later, say
from beicha.words.masking import masked_all, masked_text

LONGEST = 80
"""A found text is shown up to this many characters."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file that a person should know or mend.

    ``row`` counts as Excel shows it, ``column`` is the letter; None and "" where the problem is not in one place.
    ``values`` fills the other places of the sentence.
    """

    code: str
    level: Level
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""
    found: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class Problems:
    """Collects the problems of one file in the order in which they are met."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.all: list[Problem] = []

    def add(
        self,
        code: str,
        sheet: str = "",
        row: int | None = None,
        *,
        column: str = "",
        heading: str = "",
        found: object = "",
        **values: Any,
    ) -> None:
        """Notes a problem of the catalogue; raises KeyError for a code that is not there.

        What is a person's own in the texts is hidden here already, so that no list or log of problems tells it.
        """
        text = masked_text(found if isinstance(found, str) else str(found))
        shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        level = CATALOGUE[code].level
        heading, values = masked_text(heading), masked_all(values)
        self.all.append(Problem(code, level, self.file, sheet, row, column, heading, shown, values))


def refused(refusal: Refusal, file: str) -> Problem:
    """The problem that a refusal is for the file of that name."""
    return Problem(refusal.code, CATALOGUE[refusal.code].level, file, values=refusal.values)


def sentence(problem: Problem, language: Language) -> str:
    """What is wrong, in the language, without the place."""
    return _filled(CATALOGUE[problem.code].sentence, problem, language)


def advice(problem: Problem, language: Language) -> str:
    """What to do about it, in the language; empty where nothing needs to be done."""
    text = CATALOGUE[problem.code].advice
    return _filled(text, problem, language) if text else ""


def place(problem: Problem, language: Language) -> str:
    """Where it is: file, sheet, row, column, as far as they are known."""
    parts = [problem.file, problem.sheet]
    if problem.row is not None:
        parts.append(say(language, later("row {row}"), row=problem.row))
    if problem.column:
        parts.append(say(language, later("column {column}"), column=problem.column))
    return " · ".join(part for part in parts if part)


def describe(problem: Problem, language: Language) -> dict[str, Any]:
    """The problem as plain values for JSON: code, level, file, sheet, row, column, heading, found, sentence, advice."""
    return {
        "code": problem.code,
        "level": problem.level,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "heading": problem.heading,
        "found": problem.found,
        "sentence": sentence(problem, language),
        "advice": advice(problem, language),
    }


def _filled(text: str, problem: Problem, language: Language) -> str:
    values = {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "heading": problem.heading,
        "found": problem.found,
    }
    return say(
        language, text, **(values | {key: _shown(key, value, language) for key, value in problem.values.items()})
    )


def _shown(key: str, value: Any, language: Language) -> Any:
    if key == "source":
        return say(language, SOURCES[value])
    if key == "what":
        return say(language, INSIDE[value])
    if isinstance(value, (list, tuple)):
        return say(language, later(", ")).join(map(str, value)) or "–"
    return value
