"""A sheet that is put together cell by cell, within the bounds that hold for every sheet."""

from typing import Any

from beicha.intake.book import Refusal, Sheet
from beicha.intake.guard import MOST_CELLS, MOST_COLUMNS, MOST_MERGES, MOST_ROWS
from beicha.intake.package import LONGEST_TEXT


class OutOfBoundsError(Exception):
    """A cell lies too far away, or there are too many; carries the refusal."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.refusal = Refusal("too_much_inside", {"what": what})


class Grid:
    """The cells of a sheet as they come; rows and columns count from 0."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.unstored: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._width = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was put into any cell."""
        return self._width == 0

    def put(self, row: int, column: int, value: Any) -> None:
        """Writes a cell; a blank one only where another lies further on."""
        if value == "" or value is None:
            return
        self._width = max(self._width, column + 1)
        if row >= MOST_ROWS or column >= MOST_COLUMNS or (row + 1) * self._width > MOST_CELLS:
            raise OutOfBoundsError("cells")
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise OutOfBoundsError("text")
        self.rows += ([] for _ in range(row + 1 - len(self.rows)))
        cells = self.rows[row]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = value

    def merge(self, row: int, column: int, down: int, across: int) -> None:
        """Notes that a cell reaches so many rows down and columns across beyond itself."""
        if down or across:
            self._merged.append((row, column, row + down, min(column + across, MOST_COLUMNS - 1)))
        if len(self._merged) > MOST_MERGES:
            raise OutOfBoundsError("cells")

    def sheet(self, name: str, *, hidden: bool = False) -> Sheet:
        """The sheet as all readers give it: as wide everywhere as its widest row."""
        for cells in self.rows:
            cells += [""] * (self._width - len(cells))
        last = len(self.rows) - 1
        merged = ((top, left, min(bottom, last), right) for top, left, bottom, right in self._merged if top <= last)
        return Sheet(
            name,
            self.rows,
            tuple(merged),
            hidden,
            tuple(self.hidden_rows),
            tuple(self.hidden_columns),
            unstored=tuple(self.unstored),
        )
