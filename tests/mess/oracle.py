"""What must hold of a messy file: every row is there with its values, or a problem names the row or the cell."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from beicha.intake.catalogue import UNREADABLE
from beicha.intake.problems import Problem
from beicha.intake.reading import Reading, read_workbook
from scoring.texts import normal
from tests.mess.draft import COMMUNITY, Cell, Column, Draft, Line, Table
from tests.mess.facts import KNOWN
from tests.mess.workbook import file_name, written

_OF_A_COLUMN = frozenset(
    ("column_missing", "column_absent", "column_unclear", "two_columns", "column_unknown", "column_without_heading")
)
_OF_A_SHEET = frozenset(
    ("ledger_without_heading", "ledger_unclear", "ledger_not_kept", "community_column_missing", "sheet_unrecognised")
)
_OF_A_NAME = frozenset(("community_unknown", "community_ambiguous"))
"""Said once for a name, in a title or in the first of the rows with it."""
_OF_A_FILE = UNREADABLE | {"nothing_recognised"}
_OF_THE_REPORT = frozenset(("month_missing", "month_unreadable", "month_differs"))
ORDINARY = frozenset(
    ("required_blank", "number_unusual", "number_not_whole", "date_after_month", "merged_filled", "duplicate_event")
) | {"text_not_applicable"}
"""What may be said of any cell, since the facts themselves hold such values."""


@dataclass
class Verdict:
    """What became of one file: ``wrong`` values in silence, ``lost`` rows, rows ``made_up``, and what was ``said``
    without a reason. ``named`` are values that were refused with a problem at their place."""

    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    made_up: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        """Whether the promise was kept: nothing wrong in silence, nothing lost, nothing made up."""
        return not (self.wrong or self.lost or self.made_up)

    @property
    def is_whole(self) -> bool:
        """Whether every value came out and nothing keeps the file from being stored."""
        return self.is_kept and not self.named and not self.errors


def read(draft: Draft) -> Reading:
    """What the intake makes of the draft."""
    facts = draft.facts
    chosen = {"month": facts.month, "community": facts.community.code} if draft.given else {}
    return read_workbook(file_name(draft), written(draft), facts.edition, KNOWN, **chosen)


def verdict(draft: Draft, reading: Reading) -> Verdict:
    """Compares the known facts with what was read."""
    found = Verdict(errors=sorted({problem.code for problem in reading.errors}))
    places = _places(reading)
    wanted = {(table.ledger.code, table.sheet, line.row) for table in draft.tables for line in table.items}
    _judge_reports(draft, reading, found)
    for table in draft.tables:
        for line in table.items:
            _judge_line(table, line, places, reading, found)
    for place in places:
        if place not in wanted and not _said_of(reading.problems, place[1], place[2]):
            found.made_up.append(f"{place}: {places[place][1]}")
    return found


_Places = dict[tuple[str, str, int], tuple[str, dict[str, Any]]]


def _places(reading: Reading) -> _Places:
    """The rows that were read by ledger, sheet and number: the community they were taken for, and their values."""
    return {
        (ledger, rows.sheet[at], rows.row[at]): (report.community, {key: rows.values[key][at] for key in rows.values})
        for report in reading.reports
        for ledger, rows in report.ledgers.items()
        for at in range(len(rows.row))
    }


def _judge_reports(draft: Draft, reading: Reading, found: Verdict) -> None:
    told = any(problem.code in _OF_THE_REPORT for problem in reading.errors)
    for report in reading.reports:
        if report.month != draft.facts.month and not told:
            found.wrong.append(f"month {report.month} for {draft.facts.month}")
    rows = Counter(
        (report.community, ledger) for report in reading.reports for ledger, rows in report.ledgers.items() if rows.row
    )
    found.wrong += [f"{place} stands in two reports" for place, count in rows.items() if count > 1]


def _judge_line(table: Table, line: Line, places: _Places, reading: Reading, found: Verdict) -> None:
    name = f"{table.sheet}!{line.row}"
    read_so = places.get((table.ledger.code, table.sheet, line.row))
    if read_so is None:
        named = [problem.code for problem in reading.problems if _names_line(problem, table, line)]
        named = named or _unread_columns(table, line, reading)
        (found.named if named else found.lost).append(f"{name}: {named or _written(line)}")
        return
    community, values = read_so
    expected = line.community.code if line.community else community
    told = [problem for problem in reading.errors if problem.code.startswith("community_")]
    if community != expected and not told:
        found.wrong.append(f"{name}: taken for {community or 'nobody'} instead of {expected}")
    for column in table.fields_of_ledger():
        _judge_cell(table, line, column, values[column.key], reading, found)


def _unread_columns(table: Table, line: Line, reading: Reading) -> list[str]:
    """The problems of the columns where those name every value of a row, which then has nothing left to be read."""
    filled = [column for column in table.fields_of_ledger() if line.cells[column.key].want is not None]
    named = [[p.code for p in reading.problems if _names_column(p, table, column)] for column in filled]
    return [code for codes in named for code in codes] if all(named) else []


def _judge_cell(table: Table, line: Line, column: Column, value: Any, reading: Reading, found: Verdict) -> None:
    cell = line.cells[column.key]
    assert column.field is not None
    place = f"{table.sheet}!{table.letters.get(column.key, '?')}{line.row}"
    here = [problem for problem in reading.problems if _names_cell(problem, table, line, column.key)]
    codes = {problem.code for problem in here}
    if same(value, cell.want):
        if cell.codes and not codes & {*cell.codes}:
            found.said.append(f"{place}: {cell.wrote!r} read as {value!r} without {cell.codes}")
        surplus = codes - ORDINARY - {*cell.codes, *cell.may}
        if surplus and not cell.doubtful:
            found.said.append(f"{place}: {cell.wrote!r} read as {value!r} with {sorted(surplus)}")
        return
    is_named = bool(here) or any(_names_column(problem, table, column) for problem in reading.problems)
    is_told = cell.doubtful and any(
        same_text(problem.values.get("read"), value) for problem in here if problem.code not in ORDINARY
    )
    if (value is None and is_named) or is_told:
        found.named.append(f"{place}: {cell.wrote!r} {sorted(codes)}")
    else:
        found.wrong.append(f"{place}: {cell.wrote!r} read as {value!r} instead of {cell.want!r} {sorted(codes)}")


def same(value: Any, want: Any) -> bool:
    """Whether a value is the known one: texts in their normal form, lists as sets, True not as 1."""
    if isinstance(value, str) and isinstance(want, str):
        return normal(value) == normal(want)
    if isinstance(value, list) and isinstance(want, list):
        return sorted(value) == sorted(want)
    return (type(value) is type(want) and value == want) or (_is_number(value) and _is_number(want) and value == want)


def same_text(told: Any, value: Any) -> bool:
    """Whether a problem tells the value that was read."""
    if isinstance(told, tuple):
        return [*told] == (value if isinstance(value, list) else [value])
    return told is not None and str(told) == str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _names_line(problem: Problem, table: Table, line: Line) -> bool:
    if problem.code in _OF_A_FILE:
        return True
    if problem.sheet != table.sheet:
        return False
    if problem.code in _OF_A_NAME:
        community = line.cells.get(COMMUNITY)
        if problem.row is not None and problem.row < table.heading_row:
            return True
        return community is not None and problem.found == str(community.wrote).strip()
    return problem.row == line.row or problem.code in _OF_A_SHEET


def _names_cell(problem: Problem, table: Table, line: Line, key: str) -> bool:
    at_row = problem.sheet == table.sheet and problem.row == line.row
    return at_row and problem.column in ("", table.letters.get(key, ""))


def _names_column(problem: Problem, table: Table, column: Column) -> bool:
    assert column.field is not None
    if problem.code not in _OF_A_COLUMN or problem.sheet != table.sheet:
        return False
    letter = table.letters.get(column.key)
    return problem.heading == column.field.title or (letter is not None and problem.column == letter)


def _said_of(problems: tuple[Problem, ...], sheet: str, row: int) -> bool:
    return any(problem.sheet == sheet and problem.row == row and problem.level != "note" for problem in problems)


def _written(line: Line) -> list[Any]:
    return [cell.wrote for cell in line.cells.values() if isinstance(cell, Cell) and cell.wrote is not None]
