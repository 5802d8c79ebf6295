"""The problems of files as a list to be worked through: those of one kind together, each with its place in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from beicha.intake.problems import Problem, advice, sentence
from beicha.words.language import Language, later, say

_FIXED = ("source", "what")
"""Values that are words of the program, which a group's title can keep."""
_ANYTHING = "…"


@dataclass(frozen=True)
class ProblemLine:
    """One problem: where it is, what is wrong, and what to do about it."""

    place: str
    what: str
    advice: str


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one kind, under a sentence that fits all of them."""

    code: str
    title: str
    lines: tuple[ProblemLine, ...]


def grouped(problems: Iterable[Problem], language: Language) -> tuple[ProblemGroup, ...]:
    """The problems by kind, in the order in which the kinds are met."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    files = {problem.file for found in by_code.values() for problem in found}
    return tuple(_group(code, found, len(files) > 1, language) for code, found in by_code.items())


def _group(code: str, problems: Sequence[Problem], several_files: bool, language: Language) -> ProblemGroup:
    lines = tuple(
        ProblemLine(
            where(problem, language, with_file=several_files), sentence(problem, language), advice(problem, language)
        )
        for problem in problems
    )
    same = len({line.what for line in lines}) == 1
    return ProblemGroup(code, lines[0].what if same else sentence(_any(problems[0]), language), lines)


def _any(problem: Problem) -> Problem:
    """The problem with everything left open that differs between two of its kind."""
    values = {key: value if key in _FIXED else _ANYTHING for key, value in problem.values.items()}
    return replace(problem, found=_ANYTHING, heading=_ANYTHING, row=None, values=values)


def where(problem: Problem, language: Language, *, with_file: bool) -> str:
    """The place of a problem: sheet, row as Excel shows it, column with its heading; the file where asked."""
    parts = [problem.file if with_file else "", problem.sheet]
    if problem.row is not None:
        parts.append(say(language, later("row {row}"), row=problem.row))
    if problem.column and problem.heading:
        parts.append(say(language, later("column {column}: {heading}"), column=problem.column, heading=problem.heading))
    elif problem.column:
        parts.append(say(language, later("column {column}"), column=problem.column))
    return " · ".join(part for part in parts if part)
