"""The rows that need a look, as they stand in the file: what a person may put right without opening it again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from beicha.intake.answers import Fix
from beicha.intake.book import Sheet, letter, position
from beicha.intake.cells import shown
from beicha.intake.problems import Problem
from beicha.intake.reports import Correction, FailingColumn, FailingRow, FailingTable, SheetRead
from beicha.intake.tables import Table
from beicha.words.masking import is_personal, keeps_children
from beicha.words.workbook import NO, YES
from scoring.ledgers import LedgerField

MOST_ROWS = 200
"""So many rows with errors, and so many with warnings alone, are kept of one file; the others are counted."""
MOST_TEXT = 200_000
"""So many characters are kept in all."""


@dataclass(frozen=True)
class Layout:
    """A table whose cells may be put right: its rows from ``first`` to ``end`` - 1, counted from 0, and its columns."""

    sheet: Sheet
    ledger: str
    title: str
    first: int
    end: int
    columns: tuple[FailingColumn, ...]
    is_about_children: bool = False

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters of its columns."""
        return frozenset(known.column for known in self.columns)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where its columns stand in a row."""
        return tuple(position(known.column) for known in self.columns)

    def texts(self, row: int) -> tuple[str, ...]:
        """What stands in its columns, the row as Excel shows it."""
        cells = self.sheet.rows[row - 1]
        return tuple([shown(cells[place]) for place in self.places])

    def holds(self, row: int, column: str) -> bool:
        """Whether a cell of its sheet, the row as Excel shows it, lies in the table."""
        return self.first < row <= self.end and column in self.letters


def layout_of_table(sheet: Sheet, table: Table) -> Layout:
    """The layout of a ledger's table, under the headings that its clerk wrote."""
    fields: dict[int, LedgerField | None] = {at: table.ledger.field(code) for code, at in table.columns.items()}
    for beside in (table.community, table.street):
        if beside is not None:
            fields.setdefault(beside, None)
    columns = tuple(
        replace(_column(at, table.headings[at], field), personal=field is not None and is_personal(table.ledger, field))
        for at, field in sorted(fields.items())
    )
    of_children = keeps_children(table.ledger)
    return Layout(sheet, table.ledger.code, table.ledger.title, table.first, table.end, columns, of_children)


def layout_of_list(sheet: Sheet, account: SheetRead) -> Layout:
    """The layout of a sheet that is no ledger, such as that of visits: every column with a heading."""
    assert account.ledger is not None and account.heading_row is not None, "a list that was read has headings"
    headings = [shown(cell) for cell in sheet.rows[account.heading_row - 1]]
    columns = tuple(_column(at, text, None) for at, text in enumerate(headings) if text)
    return Layout(sheet, account.ledger, account.ledger, account.heading_row, len(sheet.rows), columns)


def _column(at: int, heading: str, field: LedgerField | None) -> FailingColumn:
    if field is None:
        return FailingColumn(letter(at), heading)
    choices = (YES, NO) if field.type == "yes_no" else (*field.choices, *field.scale)
    return FailingColumn(letter(at), heading, field.code, field.type, choices)


def failing_tables(layouts: Sequence[Layout], problems: Iterable[Problem]) -> tuple[FailingTable, ...]:
    """The rows in which a cell is in error or warned of, table by table, within the limits of one file."""
    levels = _levels(layouts, problems)
    kept = _within_limits(layouts, levels)
    wanted: dict[int, list[int]] = defaultdict(list)
    for number, row in sorted(levels):
        wanted[number].append(row)
    return tuple(_table(layouts[number], [kept.get((number, row)) for row in rows]) for number, rows in wanted.items())


def _table(layout: Layout, rows: Sequence[FailingRow | None]) -> FailingTable:
    """The table with the rows that were kept."""
    kept = tuple(row for row in rows if row is not None)
    return FailingTable(layout.sheet.name, layout.ledger, layout.title, layout.columns, kept, len(rows) - len(kept))


def _levels(layouts: Sequence[Layout], problems: Iterable[Problem]) -> dict[tuple[int, int], str]:
    """How grave it is, by the number of the table and the row."""
    on_sheet: dict[str, list[int]] = defaultdict(list)
    for number, layout in enumerate(layouts):
        on_sheet[layout.sheet.name].append(number)
    levels: dict[tuple[int, int], str] = {}
    for problem in problems:
        if problem.level == "note" or problem.row is None:
            continue
        for number in on_sheet[problem.sheet]:
            if layouts[number].holds(problem.row, problem.column):
                place = number, problem.row
                levels[place] = "error" if "error" in (problem.level, levels.get(place)) else "warning"
    return levels


def _within_limits(layouts: Sequence[Layout], levels: dict[tuple[int, int], str]) -> dict[tuple[int, int], FailingRow]:
    """The rows by the number of their table and their own, those with errors first, until the limits are reached."""
    kept: dict[tuple[int, int], FailingRow] = {}
    length = 0
    for level in ("error", "warning"):
        for number, row in [place for place, known in levels.items() if known == level][:MOST_ROWS]:
            texts = layouts[number].texts(row)
            length += sum(map(len, texts))
            if length <= MOST_TEXT:
                kept[number, row] = FailingRow(row, level, texts)
    return kept


def placed(corrections: Iterable[tuple[Fix, str]], layouts: Sequence[Layout]) -> tuple[Correction, ...]:
    """The cells that were put right, each with its heading and its field where it lies in a table."""
    found = []
    for fix, before in corrections:
        bare = Correction(fix.sheet, fix.row, fix.column, before, fix.text)
        on_sheet = (known for known in layouts if known.sheet.name == fix.sheet)
        layout = next((known for known in on_sheet if known.holds(fix.row, fix.column)), None)
        found.append(bare if layout is None else _placed(bare, layout))
    return tuple(found)


def _placed(bare: Correction, layout: Layout) -> Correction:
    column = next(known for known in layout.columns if known.column == bare.column)
    return replace(bare, heading=column.heading, ledger=layout.ledger, field=column.field)
