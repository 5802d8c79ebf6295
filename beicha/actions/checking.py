"""What is wrong with files, as the upload page tells it, and nothing stored: for the command line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from beicha.actions.draft_reading import with_clashes
from beicha.actions.drafts import DraftFile
from beicha.actions.grants import Grant
from beicha.actions.outcome_texts import problem_line
from beicha.actions.scoring_files import check_files
from beicha.actions.submissions import NamedFile, read
from beicha.intake.catalogue import Level
from beicha.intake.problems import Problem, describe
from beicha.intake.reading import Reading
from beicha.intake.reports import SheetRead
from beicha.store import Store
from beicha.words.language import Language, say
from scoring.edition import Edition
from scoring.periods import month_number

LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class CheckedFile:
    """One file, its problems, the gravest first, and an account of its sheets.

    ``readable`` is False where it could not be opened at all.
    """

    name: str
    sha256: str
    readable: bool
    problems: tuple[Problem, ...]
    sheets: tuple[SheetRead, ...]

    def count(self, level: Level) -> int:
        """How many problems of a level it has."""
        return sum(problem.level == level for problem in self.problems)


def check_under(
    edition: Edition, files: Sequence[NamedFile], community: str | None = None, period: str | None = None
) -> tuple[CheckedFile, ...]:
    """The files read under an edition, without any store: names of communities are taken as they are written."""
    sent = [(file.name, file.content) for file in files]
    readings = check_files(sent, edition, None if period is None else month_number(period), community)
    return tuple(_checked(reading.file, reading) for reading in with_clashes(readings))


def check_in_office(
    grant: Grant, store: Store, files: Sequence[NamedFile], community: str | None = None, period: str | None = None
) -> tuple[CheckedFile, ...]:
    """The files read under the edition and the areas that the office has in force in their months."""
    draft = read(grant, store, files, community, period)
    return tuple(_checked(file.name, file) for file in draft.files)


def checked_lines(checked: Iterable[CheckedFile], language: Language) -> list[str]:
    """A line with the counts for each file, and below it one for each of its problems."""
    lines = []
    for file in checked:
        errors, warnings, notes = (file.count(level) for level in LEVELS)
        counts = say(
            language,
            "{errors} errors, {warnings} warnings, {notes} notes",
            errors=errors,
            warnings=warnings,
            notes=notes,
        )
        lines.append(f"{file.name}  {counts}")
        lines += [f"  {_SIGNS[problem.level]} {problem_line(problem, language)}" for problem in file.problems]
    return lines


_SIGNS: dict[Level, str] = {"error": "✖", "warning": "▲", "note": "·"}


def checked_values(checked: Iterable[CheckedFile], language: Language) -> list[dict[str, Any]]:
    """Each file as plain values for JSON: file, readable, errors, warnings, notes (counts), problems."""
    return [
        {
            "file": file.name,
            "readable": file.readable,
            "errors": file.count("error"),
            "warnings": file.count("warning"),
            "notes": file.count("note"),
            "problems": [describe(problem, language) for problem in file.problems],
        }
        for file in checked
    ]


def _checked(name: str, read: Reading | DraftFile) -> CheckedFile:
    problems = tuple(sorted(read.problems, key=lambda problem: LEVELS.index(problem.level)))
    return CheckedFile(name, read.sha256, read.readable, problems, read.sheets)
