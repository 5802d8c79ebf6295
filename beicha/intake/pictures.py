"""Pictures in the rows of a table, counted where a field asks for pictures and nobody wrote how many there are."""

from collections import defaultdict
from typing import Any

from beicha.intake.book import Sheet, letter
from beicha.intake.problems import Problems
from beicha.intake.synonyms import heading_key, named_group
from beicha.intake.tables import Table
from beicha.words.workbook import PICTURES, YES
from scoring.ledgers import NUMBERS, LedgerField

_FORMULA = "=DISPIMG("


def count_pictures(sheet: Sheet, table: Table, problems: Problems) -> None:
    """Writes how many pictures a row has into its field for pictures, where that is blank or holds a picture.

    With one such field the pictures of the whole row count, for they seldom lie quite within its column; with
    several each counts in its own column only.
    """
    columns = {table.columns[field.code]: field for field in table.ledger.fields if _asks(field, table)}
    if not columns:
        return
    only = next(iter(columns)) if len(columns) == 1 else None
    found = _by_cell(sheet, columns, only)
    others = set(table.columns.values()) - set(columns)
    _say_unplaced(sheet, table, columns, problems)
    for row in range(table.first, min(table.end, len(sheet.rows))):
        for column, field in columns.items():
            cells, count = sheet.rows[row], found[row, column]
            is_formula = _is_formula(cells[column])
            if is_formula or (count and _is_blank(cells[column]) and any(not _is_blank(cells[at]) for at in others)):
                cells[column] = _value(field, count)
                code = "pictures_counted" if count else "picture_lost"
                where = {"column": letter(column), "heading": field.title}
                problems.add(code, sheet.name, row + 1, **where, count=count, written=cells[column])


def _say_unplaced(sheet: Sheet, table: Table, columns: dict[int, LedgerField], problems: Problems) -> None:
    """Warns where pictures might have filled a blank field, but the file does not say in which rows they are."""
    rows = sheet.rows[table.first : table.end] if sheet.unplaced else []
    for column, field in columns.items():
        if any(_is_blank(row[column]) and not all(map(_is_blank, row)) for row in rows):
            where = {"column": letter(column), "heading": field.title}
            problems.add("pictures_unplaced", sheet.name, table.first, **where, count=sheet.unplaced)


def _asks(field: LedgerField, table: Table) -> bool:
    """Whether the table has the field and it asks for pictures."""
    group = named_group("photos")
    names = {heading_key(text) for text in (field.title, *field.aliases)}
    is_one = field.code in group.codes or not names.isdisjoint(group.words)
    return is_one and field.type in group.types and field.code in table.columns


def _by_cell(sheet: Sheet, columns: dict[int, LedgerField], only: int | None) -> defaultdict[tuple[int, int], int]:
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    for row, column, count in sheet.pictures:
        if only is not None or column in columns:
            found[row, column if only is None else only] += count
    return found


def _is_formula(cell: Any) -> bool:
    return isinstance(cell, str) and cell.startswith(_FORMULA)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _value(field: LedgerField, count: int) -> Any:
    """The count as a clerk would write it into the field; blank for none."""
    if not count:
        return ""
    if field.type in NUMBERS:
        return float(count)
    return YES if field.type == "yes_no" else PICTURES.format(count=count)
