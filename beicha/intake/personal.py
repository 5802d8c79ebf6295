"""Finding what is a person's own in a workbook: identity numbers, phones, and columns whose headings ask for such.

It looks at every cell of every sheet, read or not, because the file is kept as it was sent.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beicha.intake.book import Book, Refusal, Sheet, letter
from beicha.intake.cells import shown
from beicha.intake.child import read_book
from beicha.intake.failing import Layout
from beicha.intake.problems import Problems
from beicha.intake.synonyms import heading_key, names
from beicha.words.masking import is_about_children
from beicha.words.personal import kind_of, may_hold

_CODES = {"identity": "identity_numbers", "cut": "identity_numbers_cut", "phone": "phone_numbers"}
_OF_CHILDREN = {"phone_numbers": "phone_numbers_minors"}
_LAST_HEADING, _LONGEST_HEADING = 40, 15
_TITLE_ROWS = 5
_HEADINGS = ("identity_column", "child_column")
_HEADINGS_OF_CHILDREN = ("name_column", "birth_column", "phone_column")


@dataclass(frozen=True)
class PersonalColumn:
    """What a column of a sheet holds: a code of the catalogue, so many cells, the first of them, from 0, and its text.

    ``heading`` is what the column is known by where the heading alone tells, else "".
    """

    code: str
    sheet: str
    column: int
    row: int
    count: int
    found: str
    heading: str = ""


def personal_columns(book: Book) -> list[PersonalColumn]:
    """All columns with what is a person's own, sheet by sheet; one that its cells tell of is not told of again."""
    return [found for sheet in book.sheets for found in _on_sheet(sheet)]


def holds_personal(content: bytes) -> bool:
    """Whether a file holds any of it; a file that cannot be read is taken to."""
    book = read_book(content)
    return isinstance(book, Refusal) or bool(personal_columns(book))


def say_personal(found: Sequence[PersonalColumn], layouts: Sequence[Layout], problems: Problems) -> None:
    """A problem for each column: of the one cell where it is alone, else of the heading of its table."""
    for one in found:
        table = next((known for known in layouts if known.sheet.name == one.sheet and _holds(known, one.row)), None)
        code, heading, row = one.code, one.heading, one.row
        if table is not None:
            heading = heading or shown(table.sheet.rows[table.first - 1][one.column])
            row = one.row if one.count == 1 else table.first - 1
            code = _OF_CHILDREN.get(code, code) if table.is_about_children else code
        where = {"column": letter(one.column), "heading": heading}
        problems.add(code, one.sheet, row + 1, **where, found=one.found, count=one.count, first=one.row + 1)


def _holds(table: Layout, row: int) -> bool:
    return table.first <= row < table.end


def _on_sheet(sheet: Sheet) -> Iterator[PersonalColumn]:
    of_children = _is_about_children(sheet)
    told: set[int] = set()
    for (column, kind), rows in sorted(_by_content(sheet).items()):
        code = _CODES[kind]
        code = _OF_CHILDREN.get(code, code) if of_children else code
        told.add(column)
        yield PersonalColumn(code, sheet.name, column, rows[0], len(rows), shown(sheet.rows[rows[0]][column]))
    for column, row, heading in _headings(sheet, of_children=of_children):
        below = [at for at in range(row + 1, len(sheet.rows)) if shown(sheet.rows[at][column])]
        if below and column not in told:
            told.add(column)
            yield PersonalColumn("personal_column", sheet.name, column, below[0], len(below), "", heading)


def _by_content(sheet: Sheet) -> dict[tuple[int, str], list[int]]:
    """The rows of cells that hold any, by column and kind."""
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if may_hold(cell) and (kind := kind_of(cell)):
                found[column, kind].append(row)
    return found


def _is_about_children(sheet: Sheet) -> bool:
    titles = (cell for cells in sheet.rows[:_TITLE_ROWS] for cell in cells[:1] if cell.__class__ is str)
    return is_about_children(sheet.name) or any(map(is_about_children, titles))


def _headings(sheet: Sheet, *, of_children: bool) -> Iterator[tuple[int, int, str]]:
    """The column, the row and the text of each heading that asks for what is a person's own."""
    kinds = (*_HEADINGS, *_HEADINGS_OF_CHILDREN) if of_children else _HEADINGS
    wanted = frozenset[str]().union(*(names(kind) for kind in kinds))
    for row, cells in enumerate(sheet.rows[:_LAST_HEADING]):
        for column, cell in enumerate(cells):
            if cell.__class__ is str and 1 < len(cell) <= _LONGEST_HEADING and heading_key(cell) in wanted:
                yield column, row, cell
