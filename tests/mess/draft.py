"""A workbook before it is written: tables whose cells know what should be read from them. Habits change it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from beicha.words.workbook import NO, YES
from scoring.facts import Area
from scoring.ledgers import Ledger, LedgerField
from scoring.periods import period_text
from tests.mess.facts import Facts

ORDINAL, COMMUNITY = "#ordinal", "#community"
"""The keys of columns that are no fields; a further column has a key of its own that starts with #."""


@dataclass(frozen=True)
class Cell:
    """What is written, and what should be read.

    One of ``codes`` must stand at the cell as a problem that says how it was read; those of ``may`` can.
    Where nobody can be sure of the value, ``doubtful`` is set: then any reading is right that a warning or an error at
    the cell tells.
    """

    wrote: Any
    want: Any = None
    look: str = ""
    codes: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass
class Column:
    """A column by its key (the field's code, or a key with #) and its heading, from the top level down."""

    key: str
    heading: list[str]
    field: LedgerField | None = None
    hidden: bool = False


@dataclass
class Line:
    """A row below the headings. A line that is no item must not be read as one."""

    cells: dict[str, Cell]
    is_item: bool = True
    first: str = ""
    """A text for the first column, whichever that is."""
    is_wide: bool = False
    community: Area | None = None
    hidden: bool = False
    row: int = 0


@dataclass
class Table:
    """The rows of one ledger; ``spans`` are merged cells: column, first and last line."""

    ledger: Ledger
    columns: list[Column]
    lines: list[Line]
    above: list[list[Any]] = field(default_factory=list)
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    merges_headings: bool = True
    merges_titles: bool = False
    sheet: str = ""
    heading_row: int = 0
    letters: dict[str, str] = field(default_factory=dict)

    @property
    def items(self) -> list[Line]:
        return [line for line in self.lines if line.is_item]

    def fields_of_ledger(self) -> list[Column]:
        """A column for every field, also for those whose column is gone."""
        return [Column(field.code, [], field) for field in self.ledger.fields]

    def fields(self, *types: str) -> Iterator[Column]:
        return (column for column in self.columns if column.field and column.field.type in types)


@dataclass
class Page:
    """A sheet with its tables, one below the other or ``beside`` it, ``gap`` rows or columns apart.

    ``left`` and ``top`` are blank columns and rows before them.
    """

    name: str
    tables: list[Table]
    hidden: bool = False
    left: int = 0
    top: int = 0
    gap: int = 2
    beside: bool = False


@dataclass
class Draft:
    """The whole file. ``cover`` are rows of its first sheet; ``others`` are further sheets that hold no ledger."""

    facts: Facts
    pages: list[Page]
    cover: list[list[Any]] | None
    cover_name: str = "封面"
    others: list[tuple[str, list[list[Any]], bool]] = field(default_factory=list)
    stem: str = "台账"
    kind: str = "xlsx"
    epoch_1904: bool = False
    chinese_format: int | None = None
    given: bool = False
    """Whether the user chooses community and month beside the file."""

    @property
    def tables(self) -> list[Table]:
        return [table for page in self.pages for table in page.tables]


def plain_draft(facts: Facts) -> Draft:
    """The file as the template would have it: a cover, a sheet for each ledger, titles as headings."""
    is_office = any(facts.ledger(code).kept_by == "office" for code in facts.rows)
    cover = [["创建档案月度上报"], [], ["社区", facts.community.name], ["月份", period_text(facts.month)]]
    if is_office:
        del cover[2]
    pages = [Page(facts.ledger(code).title, [_table(facts, code)]) for code in facts.rows]
    return Draft(facts, pages, cover)


def _table(facts: Facts, code: str) -> Table:
    ledger = facts.ledger(code)
    columns = [Column(field.code, [field.title], field) for field in ledger.fields]
    if ledger.kept_by == "office":
        columns.insert(1, Column(COMMUNITY, ["社区"]))
    lines = []
    for community, item in facts.rows[code]:
        cells = {field.code: plain_cell(field, item[field.code]) for field in ledger.fields}
        cells[COMMUNITY] = Cell(community.name)
        lines.append(Line(cells, community=community))
    return Table(ledger, columns, lines)


def plain_cell(field: LedgerField, value: Any) -> Cell:
    """The value as the template asks for it."""
    if value is None:
        return Cell(None)
    if field.type == "yes_no":
        return Cell(YES if value else NO, value)
    if field.type == "choices":
        return Cell("、".join(value), value)
    return Cell(value, value, "yyyy-mm-dd" if isinstance(value, date) else "")
