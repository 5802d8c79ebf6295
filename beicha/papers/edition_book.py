"""An edition as a workbook to be changed and read back: nothing of its content is lost on the way."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from beicha.papers import looks
from beicha.words import edition_book as words
from beicha.words.edition_book import Column, Table
from beicha.words.flow import plain, write_flow
from beicha.words.rules import rule_words
from scoring.edition import Edition

_LISTED_ROWS = 1000
"""Down to this row a cell offers the words that may stand in it."""


def edition_book(edition: Edition) -> bytes:
    """The edition as the bytes of an .xlsx file; raises ValueError where a text is longer than a cell holds."""
    book = Workbook()
    book.remove(book.active)
    short = edition.model_dump(by_alias=True, exclude_defaults=True)
    whole = edition.model_dump(by_alias=True)
    _draw_basics(book.create_sheet(words.BASICS), short, whole)
    shown = ["\n".join(rule_words(edition, criterion, "zh_CN")) for criterion in edition.criteria]
    for table in words.TABLES:
        rows = list(_rows(table, short, whole, shown))
        _draw(book.create_sheet(table.sheet), table.columns, rows)
    _draw_renames(book.create_sheet(words.RENAMES), edition)
    _draw_notes(book.create_sheet(words.NOTES))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(
    table: Table, short: Mapping[str, Any], whole: Mapping[str, Any], shown: Sequence[str]
) -> Iterator[list[Any]]:
    """The values of a table's items; ``shown`` says the rule of each criterion."""
    for place, (item, full) in enumerate(_items(table.within or table.key, short, whole)):
        if table.within:
            for inner, inner_full in _items(table.key, item, full):
                yield [
                    words.write_text(full["code"]) if column.path == words.HOLDER else _value(column, inner, inner_full)
                    for column in table.columns
                ]
        else:
            yield [shown[place] if column.form == "shown" else _value(column, item, full) for column in table.columns]


def _items(key: str, short: Mapping[str, Any], whole: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """The items of a list as they are dumped without defaults and with them; a list that is the default is written."""
    return list(zip(short.get(key, whole[key]), whole[key], strict=True))


def _value(column: Column, short: Mapping[str, Any], whole: Mapping[str, Any]) -> Any:
    found = _at(short, column.path)
    if found is None and column.always:
        found = _at(whole, column.path)
    return None if found is None else _written(column, found)


def _at(item: Any, path: Sequence[str]) -> Any:
    for key in path:
        item = item.get(key) if isinstance(item, Mapping) else None
    return item


def _written(column: Column, value: Any) -> Any:
    match column.form:
        case "word":
            return column.words[value]
        case "window":
            return words.write_window(value)
        case "number":
            return _number(value)
        case "texts":
            return words.write_texts(value) or write_flow(list(value))
        case "months":
            return "、".join(map(str, value))
        case "goal":
            return _number(value[key]) if (key := words.goal_key(value)) else None
        case "flow":
            left = words.goal_key(value) if column.path == ("rule",) else ""
            return write_flow(_flow_value(value, left, column.path[-1]))
    return words.write_text(value)


def _flow_value(value: Any, left_out: str, key: str) -> Any:
    kept = {name: inner for name, inner in value.items() if name != left_out} if isinstance(value, Mapping) else value
    return plain(kept, key)


def _number(value: float) -> float | str:
    """A number as a cell keeps it: as a text where a workbook would round it."""
    tidy = plain(value)
    return tidy if abs(value) < 1e300 and float(f"{value:.15g}") == value else repr(value)


def _draw_basics(page: Worksheet, short: Mapping[str, Any], whole: Mapping[str, Any]) -> None:
    _draw_headings(page, (words.LABEL, words.CONTENT, words.NOTE), (14, 60, 52))
    for row, (column, note) in enumerate(words.BASIC_ROWS, 2):
        _put(page.cell(row, 1), column.heading)
        _put(page.cell(row, 2), _value(column, short, whole))
        _put(page.cell(row, 3), note)
        if column.form == "word":
            _offer(page, column, f"B{row}")


def _draw(page: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
    _draw_headings(page, [column.heading for column in columns], [column.width for column in columns])
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        if column.form not in ("number", "goal"):
            page.column_dimensions[letter].number_format = looks.TEXT_FORMAT
        if column.form == "word":
            _offer(page, column, f"{letter}2:{letter}{max(_LISTED_ROWS, len(rows) + 200)}")
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            if value is not None:
                _put(page.cell(number, place), value)


def _draw_headings(page: Worksheet, headings: Sequence[str], widths: Sequence[float]) -> None:
    for place, heading in enumerate(headings, 1):
        cell = looks.put(page, 1, place, heading, looks.ON_BLUE, fill=looks.FILLED)
        cell.alignment = looks.CENTRED
    looks.set_widths(page, list(widths))
    page.freeze_panes = page.cell(2, 1)
    looks.set_page(page, "1:1")
    page.sheet_view.showGridLines = True


def _offer(page: Worksheet, column: Column, cells: str) -> None:
    listed = DataValidation("list", formula1='"' + ",".join(column.words.values()) + '"', allow_blank=True)
    listed.add(cells)
    page.add_data_validation(listed)


def _draw_renames(page: Worksheet, edition: Edition) -> None:
    renames, kinds = edition.renames, words.RENAMED
    rows = [[kinds["ledgers"], "", old, new] for old, new in renames.ledgers.items()]
    for ledger, fields in renames.fields.items():
        rows += [[kinds["fields"], ledger, old, new] for old, new in fields.items()] or [[kinds["fields"], ledger]]
    rows += [[kinds["criteria"], "", old, new] for old, new in renames.criteria.items()]
    columns = [Column(heading, (), width=18) for heading in words.RENAME_COLUMNS]
    columns[0] = Column(words.RENAME_COLUMNS[0], (), "word", words.RENAMED, 12)
    _draw(page, columns, [[words.write_text(cell) if cell else None for cell in row] for row in rows])


def _draw_notes(page: Worksheet) -> None:
    looks.set_widths(page, [120])
    for row, line in enumerate(words.NOTE_LINES, 1):
        _put(page.cell(row, 1), line)


def _put(cell: Cell, value: Any) -> None:
    cell.font, cell.alignment = looks.PLAIN, looks.WRAPPED
    if isinstance(value, str):
        if len(value) > looks.MOST_CHARACTERS:
            raise ValueError(f"a text of {len(value)} characters does not fit into a cell")
        looks.write_text(cell, value)
        cell.number_format = looks.TEXT_FORMAT
    else:
        cell.value = value
