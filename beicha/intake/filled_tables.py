"""A table that an office fills in: its rows below the headings of the first sheet that has them, cell by cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from beicha.intake.book import Book, Refusal, letter
from beicha.intake.cells import shown
from beicha.intake.child import read_book
from beicha.intake.months import month_in_cell
from beicha.intake.problems import Problems
from beicha.intake.synonyms import heading_key
from scoring.periods import period_text

_FIRST_ROWS = 20


class FilledTable:
    """The rows below the headings of the first sheet that has them, and what is wrong with it.

    ``places`` holds the column of each field that there is, ``others`` the headings of columns that are no field.
    """

    def __init__(
        self, name: str, content: bytes, columns: Mapping[str, tuple[str, ...]], needed: Sequence[str]
    ) -> None:
        """``columns`` gives the titles of each field, the first of them the template's."""
        self.problems = Problems(name)
        self.sheet = ""
        self.rows: list[tuple[int, Sequence[Any]]] = []
        self.places: dict[str, int] = {}
        self.others: list[str] = []
        self._titles = {field: titles[0] for field, titles in columns.items()}
        book = read_book(content)
        if isinstance(book, Refusal):
            self.problems.add(book.code, **book.values)
        elif not self._find(book, columns, needed):
            self.problems.add("table_missing", headings=[columns[field][0] for field in needed])

    def _find(self, book: Book, columns: Mapping[str, tuple[str, ...]], needed: Sequence[str]) -> bool:
        for sheet in book.sheets:
            for top, cells in enumerate(sheet.rows[:_FIRST_ROWS]):
                keys = [heading_key(shown(cell)) for cell in cells]
                places = {
                    field: keys.index(key)
                    for field, titles in columns.items()
                    for key in reversed(titles)
                    if key in keys
                }
                if all(field in places for field in needed):
                    self.sheet, self.places = sheet.name, places
                    self.others = [shown(cell) for place, cell in enumerate(cells) if place not in places.values()]
                    rows = enumerate(sheet.rows[top + 1 :], top + 2)
                    self.rows = [
                        (number, row) for number, row in rows if any(self.text(row, field) for field in places)
                    ]
                    return True
        return False

    def cell(self, cells: Sequence[Any], field: str) -> Any:
        """What stands in a row under a field; "" where the table has no such column."""
        return cells[self.places[field]] if field in self.places else ""

    def text(self, cells: Sequence[Any], field: str) -> str:
        """The same as a text."""
        return shown(self.cell(cells, field))

    def add(self, code: str, number: int, field: str, **values: Any) -> None:
        """Note a problem of a row's cell."""
        column = letter(self.places[field]) if field in self.places else ""
        self.problems.add(code, self.sheet, number, column=column, heading=self._titles[field], **values)

    def number(self, cells: Sequence[Any], number: int, field: str, default: float) -> float | None:
        """A number of at least 0, the default for a blank, None (and a problem) for anything else."""
        text = self.text(cells, field)
        try:
            value = float(text) if text else default
        except ValueError:
            value = -1.0
        if not 0 <= value < float("inf"):
            self.add("number_unreadable", number, field, found=text)
            return None
        return value

    def month(self, cells: Sequence[Any], number: int, field: str) -> tuple[str | None, bool]:
        """A month as "YYYY-MM", None for a blank; and whether it can be read."""
        text = self.text(cells, field)
        if not text:
            return None, True
        month = month_in_cell(self.cell(cells, field))
        if month is None:
            self.add("month_unreadable", number, field, found=text)
            return None, False
        return period_text(month), True
