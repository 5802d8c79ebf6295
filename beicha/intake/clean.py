"""From a table of a sheet to the typed rows of its ledger, with a problem for everything that was not plain."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from beicha.intake.above import listed_above
from beicha.intake.book import Sheet, letter
from beicha.intake.cells import shown
from beicha.intake.columns import Column, read_column
from beicha.intake.communities import Communities
from beicha.intake.furniture import Furniture, titles_again, why_without_fields
from beicha.intake.headlines import needed_fields, say_headings
from beicha.intake.merged import fill_merged
from beicha.intake.pictures import count_pictures
from beicha.intake.problems import Problems
from beicha.intake.tables import Table
from beicha.intake.vocabulary import Vocabulary
from beicha.words.masking import masked_cell
from scoring.ledgers import Ledger


class Band(NamedTuple):
    """A line between the rows of a table: the row as Excel counts it, the column's letter, and what it says."""

    row: int
    column: str
    text: str


class Words(NamedTuple):
    """What the words of a workbook may mean: headings, and names of communities."""

    vocabulary: Vocabulary
    communities: Communities


@dataclass(frozen=True)
class CleanTable:
    """The rows of one table; all lists have one entry a row.

    ``originals`` holds only the fields in which a cell said something else than the value, "" elsewhere in them.
    ``communities`` and ``streets`` hold what their columns say, None where there is no such column. ``ignored``
    are the rows that do not count, with the reason as a code of the catalogue; ``titles`` the texts above the
    headings and ``bands`` the lines between the rows. Rows count as Excel shows them.
    """

    ledger: Ledger
    sheet: str
    rows: list[int]
    values: dict[str, list[Any]]
    originals: dict[str, list[str]]
    communities: list[str] | None
    community_letter: str
    ignored: tuple[tuple[int, str], ...]
    extra: tuple[str, ...]
    heading_row: int
    month: int | None = None
    streets: list[str] | None = None
    street_letter: str = ""
    titles: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()


def clean_table(sheet: Sheet, table: Table, words: Words, month: int | None, problems: Problems) -> CleanTable:
    """Reads the table below its headings; ``month`` is the reported one as a count, or None."""
    extra = say_headings(sheet, table, words.vocabulary, problems)
    fill_merged(sheet, table, problems)
    count_pictures(sheet, table, problems)
    kept, ignored = _sorted_out(sheet, table, words.communities)
    _say_unstored(sheet, table, {row for row, why in ignored if why != "blank"}, problems)
    rows = [sheet.rows[at] for at in kept]
    read = _read_columns(sheet, table, rows, month)
    empty = _rows_without_fields(read)
    ignored += [(kept[at] + 1, why_without_fields(rows[at], table.ordinal)) for at in sorted(empty)]
    numbers = [at + 1 for at in kept]
    _say_cells(sheet.name, table, read, _Places(numbers, empty), problems)
    keep = [at for at in range(len(numbers)) if at not in empty]

    def beside(column: int | None) -> list[str] | None:
        return None if column is None else [shown(rows[at][column]) for at in keep]

    return CleanTable(
        ledger=table.ledger,
        sheet=sheet.name,
        rows=_some(numbers, keep),
        values={field.code: _values(read.get(field.code), keep) for field in table.ledger.fields},
        originals={code: _some(column.originals, keep) for code, column in read.items() if any(column.originals)},
        communities=beside(table.community),
        community_letter="" if table.community is None else letter(table.community),
        ignored=tuple(sorted(ignored)),
        extra=extra,
        heading_row=table.first,
        month=month,
        streets=beside(table.street),
        street_letter="" if table.street is None else letter(table.street),
        titles=tuple(text for at in range(table.start, table.top) for text in _texts(sheet.rows[at])),
        bands=tuple(
            _band(sheet, row) for row, why in sorted(ignored) if why in ("band", "title") and row > table.first
        ),
    )


def _say_unstored(sheet: Sheet, table: Table, ignored: Set[int], problems: Problems) -> None:
    """Names each cell of the table whose formula has no stored value; such cells may lie below the last filled row.

    In rows that do not count, such as totals, nothing is lost by them.
    """
    is_last = table.end == len(sheet.rows)
    fields = {at: table.ledger.field(code) for code, at in table.columns.items()}
    for row, column in sheet.unstored:
        is_inside = column in fields and table.first <= row and (is_last or row < table.end)
        if is_inside and (row, column) not in sheet.typed and row + 1 not in ignored:
            where = {"column": letter(column), "heading": fields[column].title}
            problems.add("formula_unstored", sheet.name, row + 1, **where)


def _texts(row: Sequence[Any]) -> list[str]:
    return [cell for cell in row if isinstance(cell, str) and cell.strip()]


def _band(sheet: Sheet, row: int) -> Band:
    cells = sheet.rows[row - 1]
    column = next(at for at, cell in enumerate(cells) if cell not in ("", None))
    return Band(row, letter(column), " ".join(_texts(cells)))


def _sorted_out(sheet: Sheet, table: Table, known: Communities) -> tuple[list[int], list[tuple[int, str]]]:
    """The places of the rows that hold items, from 0, and the others as Excel counts them with the reason."""
    furniture = Furniture(sheet, table, known)
    kept: list[int] = []
    ignored = listed_above(sheet, table)
    ignored += [(at + 1, "heading") for at in range(table.top, table.first)]
    for at in range(table.first, table.end):
        why = furniture.why(at, sheet.rows[at])
        if why:
            ignored.append((at + 1, why))
        else:
            kept.append(at)
    again = titles_again(sheet.rows, kept, [row - 1 for row, why in ignored if why == "heading_again"])
    ignored += [(at + 1, "title") for at in sorted(again)]
    return [at for at in kept if at not in again], ignored


def _read_columns(sheet: Sheet, table: Table, rows: list[list[Any]], month: int | None) -> dict[str, Column]:
    columns = table.columns
    return {
        field.code: read_column(field, map(itemgetter(columns[field.code]), rows), month, since_1904=sheet.since_1904)
        for field in table.ledger.fields
        if field.code in columns
    }


def _rows_without_fields(read: dict[str, Column]) -> set[int]:
    """The places of rows that are blank in every known column."""
    columns = sorted(read.values(), key=lambda column: len(column.blanks))
    empty = set(columns[0].blanks) if columns else set()
    for column in columns[1:]:
        if not empty:
            break
        empty &= set(column.blanks)
    return empty


@dataclass(frozen=True)
class _Places:
    numbers: list[int]
    empty: set[int]


def _say_cells(sheet: str, table: Table, read: dict[str, Column], places: _Places, problems: Problems) -> None:
    needed, columns = needed_fields(table), table.columns
    for code, column in read.items():
        field = table.ledger.field(code)
        where = {"column": letter(columns[code]), "heading": field.title}
        for at, trouble, found, values in column.troubles:
            if at not in places.empty:
                told = masked_cell(table.ledger, code, str(found))
                problems.add(trouble, sheet, places.numbers[at], **where, found=told, **values)
        blank = "key_blank" if code in needed else "required_blank" if field.required else ""
        if blank:
            for at in column.blanks:
                if at not in places.empty:
                    problems.add(blank, sheet, places.numbers[at], **where)


def _values(column: Column | None, keep: list[int]) -> list[Any]:
    return [None] * len(keep) if column is None else _some(column.values, keep)


def _some(items: Sequence[Any], keep: list[int]) -> list[Any]:
    return list(items) if len(items) == len(keep) else [items[at] for at in keep]
