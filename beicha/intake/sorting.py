"""Which sheet of a workbook is what: cover, ledger, visits, declarations, or nothing that is known."""

from dataclasses import dataclass, field, replace

from beicha.intake.above import say_rows_above
from beicha.intake.beside import tables_of
from beicha.intake.book import Book, Sheet, letter
from beicha.intake.cells import shown
from beicha.intake.claims import Claims, add_cover, add_title
from beicha.intake.communities import Communities
from beicha.intake.problems import Problems
from beicha.intake.reports import SheetRead, is_filled, spans, unread
from beicha.intake.strangers import suggest_headings
from beicha.intake.synonyms import heading_key, names
from beicha.intake.tables import Table
from beicha.intake.vocabulary import Vocabulary
from scoring.ledgers import Ledger

_NAMED_SO = 3.0
_KINDS = ("cover", "visits", "not_applicable", "lists", "checked", "words")


@dataclass(frozen=True)
class Placed:
    """A table with its sheet and with what its title says."""

    sheet: Sheet
    table: Table
    said: Claims


@dataclass
class Sorted:
    """The sheets of a workbook by what they are. ``accounts`` are of those that hold no table to be read."""

    claims: Claims = field(default_factory=Claims)
    tables: list[Placed] = field(default_factory=list)
    empty: list[Ledger] = field(default_factory=list)
    visits: list[Sheet] = field(default_factory=list)
    declarations: list[Sheet] = field(default_factory=list)
    accounts: list[SheetRead] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether no sheet could be used."""
        return not (self.tables or self.empty or self.visits or self.declarations)


def sort_sheets(book: Book, stem: str, vocabulary: Vocabulary, known: Communities, problems: Problems) -> Sorted:
    """Looks at every sheet; ``stem`` stands for the name of a text file's only sheet."""
    sorter = _Sorter(vocabulary, known, problems, Sorted())
    for sheet in book.sheets:
        sorter.sort(replace(sheet, name=stem) if book.kind == "text" else sheet)
    return sorter.found


@dataclass(frozen=True)
class _Sorter:
    vocabulary: Vocabulary
    known: Communities
    problems: Problems
    found: Sorted

    def sort(self, sheet: Sheet) -> None:
        evidence = self.vocabulary.evidence([sheet.name])
        ledgers = [
            ledger for ledger, weight in zip(self.vocabulary.ledgers, evidence, strict=True) if weight >= _NAMED_SO
        ]
        kind = "" if ledgers else _kind(sheet.name)
        if kind in ("lists", "checked"):
            self.found.accounts.append(unread(sheet, "list"))
            return
        if kind == "words":
            self.found.accounts.append(unread(sheet, "words"))
            return
        if any(map(is_filled, sheet.rows)):
            _say_hidden(sheet, self.problems)
        if kind == "visits":
            self.found.visits.append(sheet)
        elif kind == "not_applicable":
            self.found.declarations.append(sheet)
        elif kind == "cover":
            add_cover(self.found.claims, sheet)
            self.found.accounts.append(unread(sheet, "cover"))
        else:
            self._sort_ledger(sheet, ledgers[0] if ledgers else None)

    def _sort_ledger(self, sheet: Sheet, named_so: Ledger | None) -> None:
        tables = tables_of(sheet, self.vocabulary)
        if tables:
            for part, table in tables:
                self._place(part, table)
        elif named_so is not None:
            self._take_without_headings(sheet, named_so)
        elif _add_as_cover(sheet, self.found.claims):
            self.found.accounts.append(unread(sheet, "cover"))
        else:
            rows = sum(map(is_filled, sheet.rows))
            if rows:
                self.problems.add("sheet_unrecognised", sheet.name, rows=rows)
                suggest_headings(sheet, self.vocabulary, range(len(self.vocabulary.ledgers)), self.problems)
            self.found.accounts.append(unread(sheet))

    def _place(self, sheet: Sheet, table: Table) -> None:
        table = _with_units(sheet, table, self.known)
        say_rows_above(sheet, table, self.vocabulary, self.problems)
        said = Claims()
        add_title(said, sheet, range(table.start, table.top), self.known)
        self.found.claims.add(said)
        self.found.tables.append(Placed(sheet, table, said))

    def _take_without_headings(self, sheet: Sheet, ledger: Ledger) -> None:
        if any(map(is_filled, sheet.rows)):
            self.problems.add("ledger_without_heading", sheet.name, ledger=ledger.title)
            suggest_headings(sheet, self.vocabulary, [self.vocabulary.ledgers.index(ledger)], self.problems)
            self.found.accounts.append(unread(sheet))
        else:
            self.found.empty.append(ledger)
            self.found.accounts.append(SheetRead(sheet.name, ledger.code, None, 0, hidden=sheet.hidden))


def _kind(name: str) -> str:
    key = heading_key(name)
    return next((kind for kind in _KINDS if key in names(kind)), "")


def _add_as_cover(sheet: Sheet, claims: Claims) -> bool:
    """Reads a sheet of another name as a cover; whether it is one."""
    said = Claims()
    add_cover(said, sheet)
    claims.add(said)
    return not said.is_empty


def _with_units(sheet: Sheet, table: Table, known: Communities) -> Table:
    """The table with its column of units for that of communities, where most of the units are known communities."""
    if table.community is not None or table.unit is None or not known.are_known:
        return table
    units = {text for row in sheet.rows[table.first : table.end] if (text := shown(row[table.unit]))}
    named = sum(known.find(text).code is not None for text in units)
    return replace(table, community=table.unit) if 2 * named > len(units) else table


def _say_hidden(sheet: Sheet, problems: Problems) -> None:
    if sheet.hidden:
        problems.add("sheet_hidden", sheet.name)
    rows = [row for row in sheet.hidden_rows if row <= len(sheet.rows) and is_filled(sheet.rows[row - 1])]
    if rows:
        problems.add("rows_hidden", sheet.name, count=len(rows), rows=spans(rows))
    width = len(sheet.rows[0]) if sheet.rows else 0
    columns = [column for column in sheet.hidden_columns if column <= width]
    if columns:
        problems.add("columns_hidden", sheet.name, columns=tuple(letter(column - 1) for column in columns))
