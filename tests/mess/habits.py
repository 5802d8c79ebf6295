"""What a habit is: a small change to a draft that stands for something clerks do, listed in docs/habits.md."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from scoring.ledgers import LedgerField
from tests.mess.draft import Cell, Draft, plain_cell

CELLS, HEADINGS, COLUMNS, LINES, SHEETS, FILE = range(6)
"""The stages: habits change the cells first, then what stands around them."""

Change = Callable[[Draft, Random], None]
Writer = Callable[[Any, Random, LedgerField, int], Cell | None]


@dataclass(frozen=True)
class Habit:
    """A habit by its name. A file with a ``harmless`` one alone must come out whole; ``fits`` tells the files that
    can have it."""

    name: str
    number: int
    stage: int
    change: Change
    harmless: bool
    fits: Callable[[Draft], bool]

    def __repr__(self) -> str:
        return self.name


ALL: list[Habit] = []
_SHARE = 0.7
"""A clerk with a habit of writing writes so in most cells."""


def of_communities(draft: Draft) -> bool:
    return all(table.ledger.kept_by == "community" for table in draft.tables)


def of_the_office(draft: Draft) -> bool:
    return not of_communities(draft)


def anywhere(draft: Draft) -> bool:
    return True


def habit(
    number: int, stage: int, *, harmless: bool = True, fits: Callable[[Draft], bool] = anywhere
) -> Callable[[Change], Change]:
    """Enters a change into the list of habits; its docstring cites the habit by the number in docs/habits.md."""

    def enter(change: Change) -> Change:
        assert (change.__doc__ or "").startswith(f"habit {number}: "), change.__name__
        ALL.append(Habit(change.__name__, number, stage, change, harmless, fits))
        return change

    return enter


def writes(number: int, *types: str, harmless: bool = True) -> Callable[[Writer], Writer]:
    """Enters a way to write values of these types; the writer gives None for a value that nobody writes so."""

    def enter(writer: Writer) -> Writer:
        assert (writer.__doc__ or "").startswith(f"habit {number}: "), writer.__name__

        def change(draft: Draft, rng: Random) -> None:
            write_cells(draft, rng, writer, types)

        ALL.append(Habit(writer.__name__, number, CELLS, change, harmless, anywhere))
        return writer

    return enter


def write_cells(draft: Draft, rng: Random, writer: Writer, types: tuple[str, ...]) -> None:
    """Writes most cells of these types in the writer's way, but none that is written in some way already."""
    for table in draft.tables:
        for column in table.fields(*types):
            for line in table.items:
                cell = line.cells[column.key]
                assert column.field is not None
                if cell != plain_cell(column.field, cell.want) or rng.random() > _SHARE:
                    continue
                if cell.want is not None or writer.__name__ == "signs_for_nothing":
                    line.cells[column.key] = writer(cell.want, rng, column.field, draft.facts.month) or cell


def apply(draft: Draft, habits: list[Habit], rng: Random) -> None:
    """Changes the draft by the habits in the order of their stages, as far as they fit."""
    for each in sorted(habits, key=lambda each: each.stage):
        if each.fits(draft):
            each.change(draft, rng)
