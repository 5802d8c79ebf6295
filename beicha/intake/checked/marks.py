"""What is to be marked in a workbook, as plain values: texts by sheet, row and column, and a list of all problems."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from beicha.intake.answers import Fix
from beicha.intake.book import position
from beicha.intake.catalogue import UNREADABLE, Level
from beicha.intake.problems import Problem, advice, place, sentence
from beicha.intake.reports import SheetRead
from beicha.words.language import Language, later, say

MOST_PROBLEMS = 2_000
"""So many problems are marked in one workbook; nobody mends more at a time."""

SIGNS: dict[Level, str] = {"error": "✖", "warning": "▲", "note": "·"}
LEVELS: dict[Level, str] = {"error": later("error"), "warning": later("warning"), "note": later("for information")}
_GRAVE: tuple[Level, ...] = ("error", "warning", "note")
_LONGEST_ROW = 1_000


@dataclass(frozen=True)
class CellMark:
    """A cell to be tinted, and the comment it gets; row and column are counted from 1."""

    row: int
    column: int
    level: Level
    text: str


@dataclass(frozen=True)
class RowMark:
    """What the column 校验结果 says in a row, counted from 1."""

    row: int
    level: Level
    text: str


@dataclass(frozen=True)
class SheetMarks:
    """The marks of one sheet. ``headings`` are the first and last rows of headings of each table, counted from 1.

    ``typed`` are cells that were put right after the file was sent: row, column, and what they say now. ``pictured``
    are those that say nothing but hold a picture: row, column, and what stands for it where the picture is not kept.
    """

    sheet: str
    headings: tuple[tuple[int, int], ...]
    cells: tuple[CellMark, ...]
    rows: tuple[RowMark, ...]
    typed: tuple[tuple[int, int, str], ...] = ()
    pictured: tuple[tuple[int, int, str | float], ...] = ()


@dataclass(frozen=True)
class Line:
    """One problem in the list: the texts of its columns, and the cell it leads to ("" where there is none)."""

    level: Level
    texts: tuple[str, ...]
    sheet: str
    cell: str


@dataclass(frozen=True)
class Marks:
    """All marks of one workbook: ``intro`` stands above the list; ``fresh`` is added where a new workbook is made."""

    file: str
    sheets: tuple[SheetMarks, ...]
    intro: tuple[str, ...]
    fresh: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def is_worth_marking(problems: Iterable[Problem]) -> bool:
    """Whether a file with these problems could be read, and has something to be marked in it."""
    found = list(problems)
    return any(one.level != "note" for one in found) and not any(one.code in UNREADABLE for one in found)


def marks_of(
    file: str,
    problems: Sequence[Problem],
    sheets: Iterable[SheetRead],
    language: Language,
    fixes: Sequence[Fix] = (),
) -> Marks:
    """The marks for the problems that a file has with these fixes; ``sheets`` tell where its tables are."""
    found = sorted(problems, key=lambda problem: _GRAVE.index(problem.level))
    shown = found[:MOST_PROBLEMS]
    tables: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for account in sheets:
        if account.heading_row is not None:
            tables[account.sheet].append(_heading_rows(account, account.heading_row))
    places = [*tables, *(problem.sheet for problem in shown), *(fix.sheet for fix in fixes)]
    names = dict.fromkeys(name for name in places if name)
    marked = tuple(
        replace(_sheet(name, tuple(tables[name]), shown, language, fixes), pictured=tuple(_pictured(name, problems)))
        for name in names
    )
    lines = tuple(_line(problem, language) for problem in shown)
    fresh = say(
        language,
        "The file sent was no .xlsx, so its values were put into a new workbook. Its looks and pictures are not kept; "
        "how many pictures a row had is written into it.",
    )
    return Marks(file, marked, tuple(_intro(file, found, language)), fresh, _headings(language), lines)


def _pictured(name: str, problems: Iterable[Problem]) -> Iterator[tuple[int, int, str | float]]:
    for problem in problems:
        if (problem.code, problem.sheet) == ("pictures_counted", name) and problem.row is not None:
            yield problem.row, position(problem.column) + 1, problem.values["written"]


def _heading_rows(account: SheetRead, last: int) -> tuple[int, int]:
    rows = {row for row, why in account.ignored if why == "heading"}
    first = last
    while first - 1 in rows:
        first -= 1
    return first, last


def _sheet(
    name: str,
    headings: tuple[tuple[int, int], ...],
    problems: Sequence[Problem],
    language: Language,
    fixes: Sequence[Fix],
) -> SheetMarks:
    here = [found for found in problems if found.sheet == name and found.row is not None and found.level != "note"]
    cells: dict[tuple[int, int], list[Problem]] = defaultdict(list)
    rows: dict[int, list[Problem]] = defaultdict(list)
    for problem in here:
        assert problem.row is not None, "those without a row were left out"
        if problem.column:
            cells[problem.row, position(problem.column) + 1].append(problem)
        rows[problem.row].append(problem)
    return SheetMarks(
        name,
        headings,
        tuple(CellMark(*at, found[0].level, _comment(found, language)) for at, found in cells.items()),
        tuple(RowMark(row, found[0].level, _told(found, language)) for row, found in rows.items()),
        tuple((fix.row, position(fix.column) + 1, fix.text) for fix in fixes if fix.sheet == name),
    )


def _comment(problems: Sequence[Problem], language: Language) -> str:
    parts = []
    for problem in problems:
        parts.append(f"{SIGNS[problem.level]} {sentence(problem, language)}")
        if what := advice(problem, language):
            parts.append(f"→ {what}")
    return "\n".join(parts)


def _told(problems: Sequence[Problem], language: Language) -> str:
    parts = []
    for problem in problems:
        text = sentence(problem, language)
        if problem.column:
            text = say(language, "Column {column}: {sentence}", column=problem.column, sentence=text)
        parts.append(f"{SIGNS[problem.level]} {text}")
    told = "\n".join(dict.fromkeys(parts))
    return told if len(told) <= _LONGEST_ROW else told[: _LONGEST_ROW - 1] + "…"


def _intro(file: str, problems: Sequence[Problem], language: Language) -> Iterator[str]:
    counts = {level: sum(problem.level == level for problem in problems) for level in _GRAVE}
    yield say(
        language,
        "{file}: {errors} errors, {warnings} warnings",
        file=file,
        errors=counts["error"],
        warnings=counts["warning"],
    )
    yield say(language, "Red cells are errors and must be mended; yellow ones are warnings. A place leads to its cell.")
    yield say(
        language,
        "Mend them here, save and send the workbook again. This sheet and the columns 校验结果 are not read.",
    )
    if len(problems) > MOST_PROBLEMS:
        yield say(language, "Only the first {n} problems are listed and marked.", n=MOST_PROBLEMS)


def _headings(language: Language) -> tuple[str, ...]:
    return (
        say(language, "Level"),
        say(language, "Place"),
        say(language, "Heading"),
        say(language, "Found"),
        say(language, "Problem"),
        say(language, "What to do"),
    )


def _line(problem: Problem, language: Language) -> Line:
    where = place(problem, language).removeprefix(problem.file).removeprefix(" · ")
    level = f"{SIGNS[problem.level]} {say(language, LEVELS[problem.level])}"
    texts = (level, where, problem.heading, problem.found, sentence(problem, language), advice(problem, language))
    cell = "" if not problem.sheet else f"{problem.column or 'A'}{problem.row or 1}"
    return Line(problem.level, texts, problem.sheet, cell)


def to_bytes(marks: Marks) -> bytes:
    """The marks as bytes, to be sent to the reading process."""
    return json.dumps(asdict(marks), ensure_ascii=False).encode("utf-8", "surrogatepass")


def from_bytes(content: bytes) -> Marks:
    """The marks that ``to_bytes`` wrote."""
    values: dict[str, Any] = json.loads(content.decode("utf-8", "surrogatepass"))
    sheets = tuple(
        SheetMarks(
            sheet["sheet"],
            tuple((first, last) for first, last in sheet["headings"]),
            tuple(CellMark(**mark) for mark in sheet["cells"]),
            tuple(RowMark(**mark) for mark in sheet["rows"]),
            tuple((row, column, text) for row, column, text in sheet["typed"]),
            tuple((row, column, value) for row, column, value in sheet["pictured"]),
        )
        for sheet in values["sheets"]
    )
    lines = tuple(Line(**{**line, "texts": tuple(line["texts"])}) for line in values["lines"])
    lists = {key: tuple(values[key]) for key in ("intro", "headings")}
    return Marks(**{**values, **lists, "sheets": sheets, "lines": lines})
