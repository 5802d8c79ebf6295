"""Words that people confirmed once: what a heading or a community's name means in the files of a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, select

from beicha.store.conflicts import insert_or_replace
from beicha.store.schema import remembered

EVERYWHERE = ""
"""The unit of what the office confirmed: it holds for every file."""
LONGEST = 120

Kind = Literal["heading", "community"]


@dataclass(frozen=True)
class Word:
    """``said`` in a file means ``meant``: a field's code ("" is no field) of the ledger, or a community's code.

    ``unit`` is the community whose files it holds for. ``ledger`` is "" where the word is a community's name.
    """

    unit: str
    kind: Kind
    ledger: str
    said: str
    meant: str


@dataclass(frozen=True)
class Remembered:
    """A word with who confirmed it, and when."""

    word: Word
    made_by: str
    made_at: datetime


def keep(change: Connection, words: Iterable[Word], *, by: str, at: datetime) -> None:
    """Remember the words, each in place of what the same one meant before; those too long to be words are left out."""
    rows = [vars(word) | {"made_by": by, "made_at": at} for word in words if len(word.said) <= LONGEST]
    if rows:
        insert_or_replace(change, remembered, rows)


def of_units(view: Connection, units: Iterable[str]) -> tuple[Remembered, ...]:
    """The words of these units in a fixed order."""
    table = remembered.c
    chosen = select(remembered).where(table.unit.in_(list(units)))
    rows = view.execute(chosen.order_by(table.unit, table.kind, table.ledger, table.said))
    return tuple(Remembered(Word(*row[:5]), row.made_by, row.made_at) for row in rows)


def everything(view: Connection) -> tuple[Remembered, ...]:
    """The words of all units in a fixed order."""
    table = remembered.c
    rows = view.execute(select(remembered).order_by(table.unit, table.kind, table.ledger, table.said))
    return tuple(Remembered(Word(*row[:5]), row.made_by, row.made_at) for row in rows)


def forget(change: Connection, word: Word) -> bool:
    """Forget a word, whatever it means now; False where it was not remembered."""
    table = remembered.c
    is_it = (table.unit == word.unit) & (table.kind == word.kind)
    return (
        change.execute(delete(remembered).where(is_it, table.ledger == word.ledger, table.said == word.said)).rowcount
        == 1
    )
