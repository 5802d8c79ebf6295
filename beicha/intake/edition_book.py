"""From the workbook of an edition to its content as an edition's file holds it, and where in the workbook each part is.

What the content means is for ``scoring``; here it is about sheets, headings and cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from beicha.intake.book import Book, Refusal, Sheet, letter
from beicha.intake.cells import shown
from beicha.intake.child import read_book
from beicha.words import edition_book as words
from beicha.words.edition_book import Column, Table
from beicha.words.flow import day_text, read_flow
from scoring.faults import Fault
from scoring.periods import is_window

MOST_ROWS = 3000
"""A sheet of an edition with more rows is none."""
MOST_LETTERS = 3_000_000
_FIRST_ROWS = 20

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """A cell, row or sheet: row as Excel shows it (None: the sheet), the column's letter and heading, what is there."""

    sheet: str
    row: int | None = None
    column: str = ""
    heading: str = ""
    found: str = ""
    form: str = ""


@dataclass(frozen=True)
class CellFault:
    """Something wrong in the workbook, and where."""

    place: Place
    fault: Fault


@dataclass
class EditionContent:
    """What a workbook holds: the content, the place of each of its parts, and what no content could be made of."""

    content: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where the part lies; where it has no cell of its own, the first of those in it, or the nearest around it."""
        if path in self.places:
            return self.places[path]
        inside = next((at for at in self.places if at[: len(path)] == path), None)
        if inside is not None:
            return self.places[inside]
        around = (path[:length] for length in range(len(path) - 1, 0, -1))
        return next((self.places[at] for at in around if at in self.places), Place(""))

    def add(self, place: Place, fault: Fault) -> None:
        """Notes a fault."""
        self.faults.append(CellFault(place, fault))


def read_edition_book(content: bytes) -> EditionContent | Refusal:
    """The content of the workbook in the bytes, or why it is no workbook."""
    book = read_book(content)
    if isinstance(book, Refusal):
        return book
    found = EditionContent()
    if sum(len(cell) for sheet in book.sheets for row in sheet.rows for cell in row if isinstance(cell, str)) > (
        MOST_LETTERS
    ):
        return Refusal("too_much_inside", {"what": "text"})
    _read_basics(book, found)
    holders: dict[tuple[str, str], int] = {}
    for table in words.TABLES:
        _read_table(book, table, found, holders)
    _read_renames(book, found)
    return found


@dataclass(frozen=True)
class _Page:
    """A sheet whose headings were found: columns by heading, and its filled rows with their numbers."""

    sheet: Sheet
    columns: Mapping[str, int]
    rows: Sequence[tuple[int, Sequence[Any]]]

    def place(self, row: int, heading: str, form: str = "") -> Place:
        column = self.columns[heading]
        found = shown(self.sheet.rows[row - 1][column])
        return Place(self.sheet.name, row, letter(column), heading, found[:80], form)

    def cell(self, row: int, heading: str) -> Any:
        value = self.sheet.rows[row - 1][self.columns[heading]]
        return value.strip() if isinstance(value, str) else "" if value is None else value


def _page(book: Book, name: str, headings: Sequence[str], found: EditionContent) -> _Page | None:
    """The sheet of this name; what is missing or unknown in it is noted."""
    sheet = next((one for one in book.sheets if one.name.strip() == name), None)
    if sheet is None:
        found.add(Place(name), Fault("this sheet is missing"))
        return None
    top = next((at for at, row in enumerate(sheet.rows[:_FIRST_ROWS]) if headings[0] in map(shown, row)), None)
    if top is None:
        found.add(
            Place(name), Fault("the row of headings is missing, which begins with {heading}", heading=headings[0])
        )
        return None
    titles = [shown(cell) for cell in sheet.rows[top]]
    complete = _check_headings(sheet, top, titles, headings, found)
    rows = [(at, row) for at, row in enumerate(sheet.rows[top + 1 :], top + 2) if any(map(shown, row))]
    for row, column in sheet.unstored:
        if row > top and column < len(titles) and titles[column] in headings:
            at = Place(name, row + 1, letter(column), titles[column])
            found.add(at, Fault("the value of this formula is not in the file"))
    if len(rows) > MOST_ROWS:
        found.add(Place(name), Fault("there are more than {most} rows", most=MOST_ROWS))
        return None
    return _Page(sheet, {heading: titles.index(heading) for heading in headings}, rows) if complete else None


def _check_headings(
    sheet: Sheet, top: int, titles: Sequence[str], headings: Sequence[str], found: EditionContent
) -> bool:
    """Whether each heading is there once; others that have something below them are noted too."""
    for column, title in enumerate(titles):
        place = Place(sheet.name, top + 1, letter(column), title, title)
        if title and titles.index(title) < column:
            found.add(place, Fault("this heading stands twice"))
        elif title not in headings and any(shown(row[column]) for row in sheet.rows[top + 1 :]):
            found.add(place, Fault("this column is not known, and something stands in it"))
    missing = [heading for heading in headings if heading not in titles]
    for heading in missing:
        found.add(Place(sheet.name, top + 1, "", heading), Fault("this column is missing"))
    return not missing


def _read_basics(book: Book, found: EditionContent) -> None:
    page = _page(book, words.BASICS, (words.LABEL, words.CONTENT, words.NOTE), found)
    if page is None:
        return
    columns = {column.heading: column for column, _ in words.BASIC_ROWS}
    seen: set[str] = set()
    for row, _ in page.rows:
        label = shown(page.cell(row, words.LABEL))
        if label not in columns or label in seen:
            text = (
                Fault("the row {label} stands twice", label=label) if label in seen else Fault("this row is not known")
            )
            found.add(page.place(row, words.LABEL), text)
            continue
        seen.add(label)
        _Item(found, page, row, (), found.content).take(columns[label], words.CONTENT)
    for label in columns:
        if label not in seen:
            found.add(Place(words.BASICS, None, "", words.LABEL), Fault("the row {label} is missing", label=label))


def _read_table(book: Book, table: Table, found: EditionContent, holders: dict[tuple[str, str], int]) -> None:
    """The items of a sheet; ``holders`` tell the numbers of the items by list and code."""
    headings = [column.heading for column in table.columns]
    page = _page(book, table.sheet, headings, found)
    if not table.within:
        found.content[table.key] = []
        found.places[(table.key,)] = Place(table.sheet)
    if page is None:
        return
    for row, _ in page.rows:
        home = _home(page, table, row, found, holders)
        if home is None:
            continue
        items, path = home
        item: dict[str, Any] = {}
        items.append(item)
        found.places[path] = Place(table.sheet, row)
        filled = _Item(found, page, row, path, item)
        for column in table.columns:
            if column.path and column.path != words.HOLDER:
                filled.take(column, column.heading)
        if not table.within:
            holders.setdefault((table.key, str(item.get("code", ""))), len(items) - 1)


def _home(
    page: _Page, table: Table, row: int, found: EditionContent, holders: Mapping[tuple[str, str], int]
) -> tuple[list[Any], Path] | None:
    """The list that a row belongs to, and the path that its item gets; None where nothing has the code it names."""
    if not table.within:
        items = found.content[table.key]
        return items, (table.key, len(items))
    heading = table.columns[0].heading
    code = words.read_text(shown(page.cell(row, heading)))
    number = holders.get((table.within, code))
    if number is None:
        fault = Fault(
            "there is no row with the code {code} in the sheet {sheet}", code=code or "–", sheet=_sheet(table)
        )
        found.add(page.place(row, heading), fault)
        return None
    items = found.content[table.within][number].setdefault(table.key, [])
    return items, (table.within, number, table.key, len(items))


def _sheet(table: Table) -> str:
    return next(other.sheet for other in words.TABLES if other.key == table.within)


@dataclass
class _Item:
    """An item whose cells are taken one by one, those of its row from left to right."""

    found: EditionContent
    page: _Page
    row: int
    path: Path
    values: dict[str, Any]
    goal: tuple[Any, Place] | None = None

    def take(self, column: Column, heading: str) -> None:
        """Puts a cell into the item, and notes where it was; a blank cell leaves it out."""
        cell, place = self.page.cell(self.row, heading), self.page.place(self.row, heading, column.form)
        if column.form == "goal":
            self.goal = cell, place  # the rule, which stands to the right, says under which key it goes
            return
        self.found.places[(*self.path, *column.path)] = place
        try:
            value = None if cell == "" else _value(column, cell)
        except Fault as fault:
            self.found.add(place, fault)
            return
        if column.path == ("rule",):
            value = self._with_goal(value)
        if value is not None:
            _put(self.values, column.path, value)

    def _with_goal(self, rule: Any) -> Any:
        """The rule with the number that stands in a column of its own."""
        cell, place = self.goal or ("", Place(""))
        key = words.goal_key(rule)
        if key:
            self.found.places[(*self.path, "rule", key)] = place
        if cell == "":
            return rule
        if not key:
            self.found.add(place, Fault("this rule asks for no number; leave the cell blank"))
        elif key in rule:
            self.found.add(place, Fault("{key} stands in the rule as well; leave one of the two", key=key))
        return {**rule, key: self._number(cell, place)} if key and key not in rule else rule

    def _number(self, cell: Any, place: Place) -> Any:
        try:
            return _number(cell)
        except Fault as fault:
            self.found.add(place, fault)
            return 1


def _put(item: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        item = item.setdefault(key, {})
    item[path[-1]] = value


def _value(column: Column, cell: Any) -> Any:
    """What a cell that is not blank stands for; raises Fault where it stands for nothing."""
    match column.form:
        case "number":
            return _number(cell)
        case "flow":
            return read_flow(_text(cell))
        case "texts":
            return read_flow(text) if (text := _text(cell)).startswith("[") else _texts(text)
        case "months":
            return [_month(part) for part in words.read_texts(_text(cell))]
        case "word":
            return _word(column, _text(cell))
        case "window":
            return _window(_text(cell))
    return words.read_text(_text(cell))


def _texts(text: str) -> list[str]:
    whole = words.read_text(text)
    return [whole] if whole != text else words.read_texts(text)


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else day_text(cell) if isinstance(cell, date) else shown(cell)


def _number(cell: Any) -> Any:
    """The number in a cell; where it holds none, what it holds."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return _text(cell)
    try:
        number = float(cell)
    except ValueError:
        return cell
    if not isfinite(number):
        raise Fault("this must be a number")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _month(text: str) -> int | str:
    digits = text.removesuffix("月")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else text


def _window(text: str) -> str:
    window = words.read_window(text)
    if not is_window(window):
        raise Fault("this is no window")
    return window


def _word(column: Column, text: str) -> Any:
    known = {word: code for code, word in column.words.items()}
    if text not in known:
        raise Fault("this must be one of {choices}", choices="、".join(known))
    return known[text]


def _read_renames(book: Book, found: EditionContent) -> None:
    page = _page(book, words.RENAMES, words.RENAME_COLUMNS, found)
    if page is None:
        return
    renames: dict[str, Any] = {"ledgers": {}, "fields": {}, "criteria": {}}
    for row, _ in page.rows:
        _read_rename(page, row, renames, found)
    if any(renames.values()):
        found.content["renames"] = renames


def _read_rename(page: _Page, row: int, renames: Mapping[str, Any], found: EditionContent) -> None:
    kinds = {word: kind for kind, word in words.RENAMED.items()}
    kind_at, ledger_at, old_at, new_at = words.RENAME_COLUMNS
    word, ledger, old, new = (words.read_text(shown(page.cell(row, at))) for at in words.RENAME_COLUMNS)
    kind = kinds.get(word, "")
    if not kind:
        found.add(page.place(row, kind_at, "word"), Fault("this must be one of {choices}", choices="、".join(kinds)))
    elif (kind == "fields") != bool(ledger):
        fault = Fault("the renamed field of a ledger, and nothing else, names one here")
        found.add(page.place(row, ledger_at), fault)
    else:
        home: dict[str, str] = renames[kind].setdefault(ledger, {}) if ledger else renames[kind]
        if old in home:
            found.add(page.place(row, old_at), Fault("code {code} stands twice", code=old))
        elif old and new:
            home[old] = new
            found.places[("renames", kind, *([ledger] if ledger else []), old)] = page.place(row, new_at)
        elif old or new or not ledger:
            found.add(page.place(row, new_at if old else old_at), Fault("this cell is needed"))
