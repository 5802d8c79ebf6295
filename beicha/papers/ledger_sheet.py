"""One sheet of the standard workbook: a title, headings with comments, and drop-downs in the columns below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from beicha.papers import looks
from beicha.words.language import Language, later, say
from beicha.words.workbook import LISTS, NO, YES
from scoring.ledgers import Ledger, LedgerField

LAST_ROW = 5000
"""Drop-downs reach down to this row."""

RULED_ROWS = 30
"""So many rows below the headings are drawn with lines."""

_NARROWEST, _WIDEST = 10.0, 46.0
_TEXT_WIDTH, _LIST_WIDTH = 24.0, 16.0
_HINTS = {
    "date": later("A date such as 2026-03-05."),
    "whole": later("A whole number without a unit."),
    "decimal": later("A number without a unit."),
    "yes_no": later("Yes or no, from the list."),
    "choice": later("One of the list."),
    "choices": later("One or several of the list, separated by 、"),
    "grade": later("A grade of the list."),
}


@dataclass(frozen=True)
class Pick:
    """What may be chosen in a column; ``only`` refuses everything else."""

    values: tuple[str, ...]
    only: bool = True


@dataclass(frozen=True)
class TableColumn:
    """A column of a sheet: its heading, what the comment says, what may be chosen, and how its cells look."""

    title: str
    needed: bool
    width: float
    hints: tuple[str, ...] = ()
    pick: Pick | None = None
    form: str = "General"


class Lists:
    """The lists that drop-downs refer to: each becomes a column of one sheet, equal ones are kept once."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], str] = {}

    def reference(self, title: str, values: tuple[str, ...]) -> str:
        """The formula of a drop-down with these values."""
        self._columns.setdefault(values, title)
        letter = get_column_letter(list(self._columns).index(values) + 1)
        return f"'{LISTS}'!${letter}$2:${letter}${len(values) + 1}"

    def write(self, sheet: Worksheet) -> None:
        """Writes all lists with their titles."""
        for column, (values, title) in enumerate(self._columns.items(), 1):
            looks.put(sheet, 1, column, title, looks.STRONG, fill=looks.TINTED)
            for row, value in enumerate(values, 2):
                looks.put(sheet, row, column, value)
            widest = max(map(looks.width_of, (title, *values)))
            sheet.column_dimensions[get_column_letter(column)].width = min(widest + 4, _WIDEST)
        sheet.freeze_panes = "A2"
        sheet.sheet_properties.tabColor = looks.LINE


def add_ledger(
    sheet: Worksheet, ledger: Ledger, lists: Lists, *, before: Sequence[TableColumn] = (), language: Language
) -> int:
    """Makes the sheet of a ledger: a column for each field, after those of ``before``; gives the first row to fill."""
    needed = set(ledger.key_fields) if ledger.keeps == "events" else set()
    columns = [_column(field, language, needed=field.required or field.code in needed) for field in ledger.fields]
    return add_table(sheet, ledger.title, (*before, *columns), lists, note=ledger.help, language=language)


def fill_ledger(
    sheet: Worksheet, ledger: Ledger, first: int, rows: Iterable[Mapping[str, Any]], before: Sequence[TableColumn] = ()
) -> None:
    """Writes rows, each by field code, below the headings from row ``first`` on; what a row lacks stays blank.

    A row has the cells of the columns ``before`` the fields by their titles.
    """
    cells = [(column.title, column.form) for column in before]
    cells += [(field.code, _form(field)) for field in ledger.fields]
    for line, row in enumerate(rows, first):
        for at, (code, form) in enumerate(cells, 1):
            value = row.get(code)
            if value is not None:
                cell = looks.put(sheet, line, at, _written(value))
                cell.border, cell.alignment, cell.number_format = looks.GRID, looks.MIDDLE, form


def _written(value: Any) -> Any:
    """A stored value as a person writes it."""
    if isinstance(value, bool):
        return YES if value else NO
    return "、".join(value) if isinstance(value, list | tuple) else value


def add_table(
    sheet: Worksheet,
    title: str,
    columns: Sequence[TableColumn],
    lists: Lists,
    *,
    note: str = "",
    language: Language,
) -> int:
    """Makes a sheet of a title, a note where there is one, and empty columns; gives the first row to fill in."""
    head = _write_lines(sheet, [title, note] if note else [title], len(columns))
    for at, column in enumerate(columns, 1):
        _write_heading(sheet, head, at, column, language)
        _prepare_cells(sheet, head, at, column)
        if column.pick and column.pick.values:
            pick = _drop_down(column, lists, language)
            letter = get_column_letter(at)
            pick.add(f"{letter}{head + 1}:{letter}{LAST_ROW}")
            sheet.add_data_validation(pick)
    sheet.row_dimensions[head].height = 32
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    looks.set_page(sheet, f"{head}:{head}")
    return head + 1


def _write_lines(sheet: Worksheet, lines: Iterable[str], width: int) -> int:
    """Writes the lines above the headings; gives the row of the headings."""
    row = 0
    for row, line in enumerate(lines, 1):
        cell = looks.put(sheet, row, 1, line, looks.TITLE if row == 1 else looks.SMALL)
        cell.alignment = looks.CENTRED if row == 1 else looks.MIDDLE
        sheet.row_dimensions[row].height = 34 if row == 1 else 30
        if width > 1:
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    return row + 1


def _write_heading(sheet: Worksheet, row: int, at: int, column: TableColumn, language: Language) -> None:
    font, fill = (looks.ON_BLUE, looks.FILLED) if column.needed else (looks.STRONG, looks.TINTED)
    cell = looks.put(sheet, row, at, column.title, font, fill=fill)
    cell.alignment, cell.border = looks.CENTRED, looks.GRID
    standing = say(language, "Must be filled in.") if column.needed else say(language, "May stay blank.")
    looks.comment(cell, "\n".join((*column.hints, standing)))
    sheet.column_dimensions[get_column_letter(at)].width = column.width


def _prepare_cells(sheet: Worksheet, head: int, at: int, column: TableColumn) -> None:
    sheet.column_dimensions[get_column_letter(at)].number_format = column.form
    for row in range(head + 1, head + 1 + RULED_ROWS):
        cell = sheet.cell(row, at)
        cell.border, cell.font, cell.alignment, cell.number_format = looks.GRID, looks.PLAIN, looks.MIDDLE, column.form


def _drop_down(column: TableColumn, lists: Lists, language: Language) -> DataValidation:
    assert column.pick is not None, "only called for a column with a list"
    pick = DataValidation(
        type="list",
        formula1=lists.reference(column.title, column.pick.values),
        allow_blank=True,
        showErrorMessage=column.pick.only,
    )
    pick.errorTitle, pick.error = column.title[:32], say(language, "Please choose from the list.")
    return pick


def _column(field: LedgerField, language: Language, *, needed: bool) -> TableColumn:
    hints = [field.help] if field.help else []
    if field.type in _HINTS:
        hints.append(say(language, _HINTS[field.type]))
    pick = _pick(field)
    if pick:
        hints.append("、".join(pick.values))
    return TableColumn(field.title, needed, _width(field), tuple(hints), pick, _form(field))


def _pick(field: LedgerField) -> Pick | None:
    if field.type == "yes_no":
        return Pick((YES, NO), only=False)  # √ and × are read as well
    if field.type == "grade":
        return Pick(field.scale)
    return Pick(field.choices, only=field.type == "choice") if field.choices else None


def _width(field: LedgerField) -> float:
    widest = {"text": _TEXT_WIDTH, "choice": _LIST_WIDTH, "choices": _TEXT_WIDTH, "date": 14.0}
    return min(max(looks.width_of(field.title) + 4, widest.get(field.type, _NARROWEST)), _WIDEST)


def _form(field: LedgerField) -> str:
    forms = {"date": looks.DATE_FORMAT, "text": looks.TEXT_FORMAT}
    return forms.get(field.type, "General")
