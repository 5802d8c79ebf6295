"""What reading a workbook gives: reports, problems, and an account of every sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from beicha.intake.book import Sheet
from beicha.intake.catalogue import UNREADABLE
from beicha.intake.problems import Problem
from scoring.facts import Rows

_MOST_SPANS = 8


@dataclass(frozen=True)
class FoundReport:
    """One community's report of one month as found in a file.

    ``community`` is the code where the name is known, else the name as written ("" where there is none). ``month``
    is a count of months, None where the file does not say. ``originals``: ledger → field → the text of each row's
    cell where the value does not show it, "" elsewhere; only fields that have such a cell are there. ``declares``
    tells whether the file has the sheet 不适用申报 for it, be it empty.
    """

    community: str
    community_name: str
    month: int | None
    kept_by: Literal["community", "office"]
    ledgers: dict[str, Rows]
    not_applicable: dict[str, str] = field(default_factory=dict)
    originals: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    declares: bool = False


@dataclass(frozen=True)
class SheetRead:
    """What became of one table of a sheet, or of a sheet without one.

    ``ledger`` is the code of a ledger, or the name of the sheet of visits or declarations (words.workbook), else None.
    ``ignored`` are the rows that do not count, as Excel counts them, with a code of ``catalogue.IGNORED``;
    ``extra_columns`` the headings of columns that were not read.
    """

    sheet: str
    ledger: str | None
    heading_row: int | None
    rows_read: int
    ignored: tuple[tuple[int, str], ...] = ()
    extra_columns: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class FailingColumn:
    """A column in which cells may be put right, under the heading its clerk wrote.

    ``field`` is the code of the ledger's field, "" where the column is none (as that of the communities); ``choices``
    what may stand in it, empty where anything may; ``personal`` where all of it is a person's own.
    """

    column: str
    heading: str
    field: str = ""
    type: str = "text"
    choices: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class FailingRow:
    """A row that needs a look, as Excel counts it: how grave that is, and a text for each column as it stands."""

    row: int
    level: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class FailingTable:
    """The rows of one table that need a look; ``left_out`` counts those beyond the limits of a file."""

    sheet: str
    ledger: str
    title: str
    columns: tuple[FailingColumn, ...]
    rows: tuple[FailingRow, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Correction:
    """A cell that a person put right: what stood in it and what counts instead; "" where it lies in no table."""

    sheet: str
    row: int
    column: str
    found: str
    text: str
    heading: str = ""
    ledger: str = ""
    field: str = ""


@dataclass(frozen=True)
class Reading:
    """All that one file gave. Reports are there even where errors keep them from being stored.

    ``rests_on_name`` tells whether nothing but the file's name could say whose report it is, or of which month.
    """

    file: str
    sha256: str
    reports: tuple[FoundReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheets: tuple[SheetRead, ...] = ()
    failing: tuple[FailingTable, ...] = ()
    corrections: tuple[Correction, ...] = ()
    rests_on_name: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the file from being stored."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that a person should look at."""
        return self._of("warning")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What a person may like to know."""
        return self._of("note")

    @property
    def readable(self) -> bool:
        """Whether the file could be opened as a workbook at all."""
        return not any(problem.code in UNREADABLE for problem in self.problems)

    def _of(self, level: str) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == level)


def is_filled(row: Iterable[object]) -> bool:
    """Whether a person sees anything in the row."""
    return any(cell is not None and cell != "" and bool(str(cell).strip()) for cell in row)


def listed(sheet: Sheet, why: str, first: int = 0, end: int | None = None) -> list[tuple[int, str]]:
    """The filled rows from ``first`` to before ``end``, counted from 0, as rows that do not count for this reason."""
    until = len(sheet.rows) if end is None else end
    return [(at + 1, why) for at in range(first, until) if is_filled(sheet.rows[at])]


def unread(sheet: Sheet, why: str = "unread", first: int = 0, end: int | None = None) -> SheetRead:
    """The account of rows that are not read at all."""
    return SheetRead(sheet.name, None, None, 0, tuple(listed(sheet, why, first, end)), (), sheet.hidden)


def no_rows(fields: Mapping[str, object] | tuple[str, ...]) -> Rows:
    """The rows of an empty ledger with these fields."""
    return Rows([], [], {code: [] for code in fields})


def spans(numbers: Sequence[int]) -> tuple[str, ...]:
    """Rising numbers as short texts, runs drawn together: 3, 5–9; the rest is cut off with an ellipsis."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return (*texts[:_MOST_SPANS], "…") if len(texts) > _MOST_SPANS else tuple(texts)
