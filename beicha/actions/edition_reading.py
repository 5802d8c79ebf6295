"""The workbook of an edition, read: the edition in it, or every problem with its sheet, row and column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from beicha.intake import problems as intake_problems
from beicha.intake.book import Refusal
from beicha.intake.edition_book import EditionContent, Path, Place, read_edition_book
from beicha.intake.problems import Problem, refused
from beicha.store.files import NamedFile
from beicha.words.edition_book import BASICS, RENAMES, TABLES
from beicha.words.language import Language, later, say
from scoring.checklist_files import edition_of, path_of
from scoring.edition import Edition
from scoring.faults import Fault
from scoring.self_check import failed_examples

MOST_TOLD = 300
"""So many problems are told at once."""


@dataclass(frozen=True)
class DraftProblem:
    """Something wrong in the workbook of an edition: where, what, and what to do, to be said in any language.

    Of a file that is no workbook at all, ``what`` is the intake's problem, which has its own advice.
    """

    place: Place
    what: Fault | Problem
    advice: str = ""

    def sentence(self, language: Language) -> str:
        """What is wrong."""
        if isinstance(self.what, Problem):
            return intake_problems.sentence(self.what, language)
        return say(language, self.what.text, **self.what.values)

    def way_out(self, language: Language) -> str:
        """What to do about it."""
        if isinstance(self.what, Problem):
            return intake_problems.advice(self.what, language)
        return say(language, self.advice)


def read_workbook(file: NamedFile) -> tuple[Edition | None, tuple[DraftProblem, ...]]:
    """The edition in the workbook, or None and every problem found; one whose examples do not hold is none."""
    found = read_edition_book(file.content)
    if isinstance(found, Refusal):
        return None, (DraftProblem(Place(""), refused(found, file.name)),)
    edition, faults = edition_of(found.content)
    told = {item.place: item.fault for item in reversed(found.faults)}
    problems = [DraftProblem(place, fault, _advice(place, fault)) for place, fault in reversed(told.items())]
    problems += _unsaid(found, faults, told)
    if edition is not None and not problems:
        problems += _failed(found, edition)
    problems.sort(key=_order)
    return (None if problems else edition), tuple(problems[:MOST_TOLD])


def _order(problem: DraftProblem) -> tuple[int, int]:
    """Where a problem stands among the others: as the workbook is read."""
    sheets = (BASICS, *(table.sheet for table in TABLES), RENAMES)
    place = problem.place
    return sheets.index(place.sheet) if place.sheet in sheets else -1, place.row or 0


def _unsaid(
    found: EditionContent, faults: Iterable[tuple[Path, Fault]], told: Mapping[Place, Fault]
) -> list[DraftProblem]:
    """What the schema says of cells and sheets of which nothing was said yet."""
    silent = {place.sheet for place in told if place.row is None}
    blamed = [at for at, place in found.places.items() if place in told]
    problems = []
    for path, fault in faults:
        place = found.place(path)
        follows = any(at[: len(path)] == path for at in blamed)
        if place not in told and place.sheet not in silent and not follows:
            problems.append(DraftProblem(place, fault, _advice(place, fault)))
        if len(problems) >= MOST_TOLD:
            break
    return problems


def _failed(found: EditionContent, edition: Edition) -> list[DraftProblem]:
    text = later("Change the example where the rule was changed on purpose, or the rule where the example is right.")
    failed = failed_examples(edition, "")
    places = [found.place(path_of(edition, item.criterion, item.key, item.fault)) for item in failed]
    return [DraftProblem(place, item.fault, text) for place, item in zip(places, failed, strict=True)]


ADVICE: Mapping[str, str] = {
    "flow": later("Write it as the sheet 写法说明 shows, with brackets, colons and commas of the Latin keyboard."),
    "goal": later("Write a number that the rule can ask for."),
    "word": later("Choose a word of the list that the cell offers."),
    "number": later("Write a number, or leave the cell blank where none is needed."),
    "window": later("Write 本月, 本季度, 本年, 近12个月 or 自2024-01-01起."),
    "months": later("Write the months with 、 between, such as 3、6、9、12."),
}
"""What to do about a cell of each form."""


def _advice(place: Place, fault: Fault) -> str:
    if place.row is None or not place.heading or place.heading == place.found:
        return later("Fetch the workbook anew and copy your changes into it, sheets and headings as they are.")
    if fault.text.startswith("this cell is needed") or (fault.text == "this key is needed" and not place.found):
        return later("Fill in this cell.")
    return ADVICE.get(place.form) or later("Correct this cell.")


def draft_problem_table(problems: Iterable[DraftProblem], language: Language) -> pd.DataFrame:
    """One row per problem. Columns: sheet, row (<NA>: the sheet), column, heading, found, what, advice."""
    rows = [
        [
            problem.place.sheet,
            problem.place.row,
            problem.place.column,
            problem.place.heading,
            problem.place.found,
            problem.sentence(language),
            problem.way_out(language),
        ]
        for problem in problems
    ]
    columns = ["sheet", "row", "column", "heading", "found", "what", "advice"]
    return pd.DataFrame(rows, columns=columns).astype({"row": "Int64"})
