"""The rows of a draft that need a look, with what is wrong in each cell, and what a person typed as fixes of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from beicha.actions.drafts import Draft, DraftFile
from beicha.intake.answers import LONGEST, NO_ANSWERS, Answers, Place
from beicha.intake.answers import Fix as Fix
from beicha.intake.problems import Problem, advice, sentence
from beicha.intake.reports import Correction, FailingColumn, FailingRow, FailingTable
from beicha.words.language import Language, later, say
from beicha.words.masking import masked_name, masked_text

ONE_OF = ("choice", "grade", "yes_no")
"""The types of field whose cells hold one of a list."""

Typed = Mapping[tuple[int, int], str]
"""What was typed, by the number of the row and of the column in a table, both counted from 0."""


@dataclass(frozen=True)
class MendColumn:
    """A column as it is shown: its letter and heading, what may stand in it, and whether that is one of a list."""

    letter: str
    heading: str
    choices: tuple[str, ...]
    is_one_of: bool


@dataclass(frozen=True)
class MendCell:
    """A cell with a problem, by its column's number: how grave it is, what is wrong, what to do, a likely value."""

    column: int
    level: str
    what: str
    advice: str
    likely: str


@dataclass(frozen=True)
class MendRow:
    """A row, as Excel counts it, with the text of every cell and the cells that need a look."""

    row: int
    texts: tuple[str, ...]
    cells: tuple[MendCell, ...]


@dataclass(frozen=True)
class MendTable:
    """The rows of one table that need a look; ``left_out`` counts those that are not shown."""

    sha256: str
    file: str
    sheet: str
    title: str
    columns: tuple[MendColumn, ...]
    rows: tuple[MendRow, ...]
    left_out: int = 0

    def fixes(self, typed: Typed) -> tuple[Fix, ...]:
        """The cells that say something else than before. What is typed beside the shown rows and columns is nothing."""
        return tuple(
            Fix(self.sha256, self.sheet, row.row, column.letter, text)
            for at, row in enumerate(self.rows)
            for number, column in enumerate(self.columns)
            if (text := typed.get((at, number), row.texts[number]).strip()[:LONGEST]) != row.texts[number]
        )


def mend_tables(draft: Draft, level: str, language: Language, *, mine: bool) -> tuple[MendTable, ...]:
    """The tables with rows that have an error, or a warning and no error, as ``level`` says.

    What is a person's own is hidden, but for the cells to be mended where the reader handed the file in (``mine``).
    """
    return tuple(
        _table(file, table, level, language, mine=mine)
        for file in draft.files
        for table in file.failing
        if any(row.level == level for row in table.rows) or (level == "error" and table.left_out)
    )


def _table(file: DraftFile, table: FailingTable, level: str, language: Language, *, mine: bool) -> MendTable:
    at = {column.column: number for number, column in enumerate(table.columns)}
    found: dict[int, list[MendCell]] = defaultdict(list)
    for problem in _grave_first(file.problems):
        if problem.sheet == table.sheet and problem.row is not None and problem.column in at:
            found[problem.row].append(_cell(problem, at[problem.column], language))
    columns = tuple(
        MendColumn(column.column, column.heading, column.choices, column.type in ONE_OF) for column in table.columns
    )
    hidden = [_hidden_in(column) for column in table.columns]
    rows = tuple(_row(row, _once(found[row.row]), hidden, mine=mine) for row in table.rows if row.level == level)
    left_out = table.left_out if level == "error" else 0
    return MendTable(file.sha256, file.name, table.sheet, table.title, columns, rows, left_out)


def _hidden_in(column: FailingColumn) -> Callable[[str], str]:
    """How the texts of a column are hidden."""
    return masked_name if column.personal else masked_text


def _row(
    row: FailingRow, cells: tuple[MendCell, ...], hidden: Sequence[Callable[[str], str]], *, mine: bool
) -> MendRow:
    open_ = {cell.column for cell in cells} if mine else set()
    texts = (text if at in open_ else hidden[at](text) for at, text in enumerate(row.cells))
    return MendRow(row.row, tuple(texts), cells)


def _grave_first(problems: Iterable[Problem]) -> list[Problem]:
    return sorted((problem for problem in problems if problem.level != "note"), key=lambda problem: problem.level)


def _cell(problem: Problem, column: int, language: Language) -> MendCell:
    likely = str(problem.values["near"]) if problem.code == "choice_nearly" else ""
    return MendCell(column, problem.level, sentence(problem, language), advice(problem, language), likely)


def _once(cells: Sequence[MendCell]) -> tuple[MendCell, ...]:
    """One entry a cell, its gravest, in the order of the columns."""
    by_column = {cell.column: cell for cell in reversed(cells)}
    return tuple(by_column[column] for column in sorted(by_column))


class Corrected(Protocol):
    """A cell that was put right, in a draft or in a submission."""

    @property
    def sheet(self) -> str:
        """The sheet."""

    @property
    def row(self) -> int:
        """The row as Excel shows it."""

    @property
    def column(self) -> str:
        """The column's letter."""

    @property
    def heading(self) -> str:
        """The column's heading, "" where the cell lies in no table."""

    @property
    def found(self) -> str:
        """What stood there."""

    @property
    def text(self) -> str:
        """What counts instead."""


def correction_text(cell: Corrected, language: Language) -> str:
    """Where a cell was put right, what stood there and what counts instead, in one line, nobody's own in it."""
    text = later("{sheet}, row {row}, column {column} {heading}: was “{found}”, now “{text}”")
    values = {"sheet": cell.sheet, "row": cell.row, "column": cell.column, "heading": cell.heading}
    return say(language, text, **values, found=masked_text(cell.found), text=masked_text(cell.text))


def typed_in(fixes: Iterable[Fix]) -> Answers:
    """The fixes as answers to a draft."""
    return NO_ANSWERS.fixing(fixes)


def corrections(draft: Draft) -> tuple[tuple[Place, Correction], ...]:
    """Every cell that was put right: its place, and what stood there."""
    return tuple(
        ((file.sha256, found.sheet, found.row, found.column), found)
        for file in draft.files
        for found in file.corrections
    )
