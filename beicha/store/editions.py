"""Checklist editions by digest, and which of them is in force from which month. What was added never changes."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from beicha.store.schema import activations, editions
from scoring.edition import Edition


@dataclass(frozen=True)
class StoredEdition:
    """What a list of editions shows of one. ``seq`` is its number in this database."""

    seq: int
    digest: str
    name: str
    title: str
    version: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True)
class KeptEdition:
    """An edition with its number in this database."""

    seq: int
    edition: Edition


@dataclass(frozen=True)
class Activation:
    """An edition is in force from a month on, until the next activation's month."""

    seq: int
    edition: int
    from_period: str
    made_by: str
    made_at: datetime


class Timeline:
    """Which edition, by its number, is in force in which month."""

    def __init__(self, made: tuple[Activation, ...]) -> None:
        self.activations = made
        self._ranked = sorted(made, key=lambda activation: (activation.from_period, activation.seq), reverse=True)

    def at(self, period: str) -> int | None:
        """The number of the edition in force in the month; None before the first. The newest word on a month counts."""
        return next((entry.edition for entry in self._ranked if entry.from_period <= period), None)

    def months_of(self, edition: int) -> tuple[str, ...]:
        """The months from which an edition is in force, in order; not those that a newer word has given to another."""
        months = {entry.from_period for entry in self.activations if entry.edition == edition}
        return tuple(sorted(month for month in months if self.at(month) == edition))


_DATE = "$date"
_PARSED: dict[str, Edition] = {}  # by digest: an edition never changes
_SHOWN = [column for column in editions.c if column.name != "content"]


def add(change: Connection, edition: Edition, by: str, at: datetime) -> tuple[int, bool]:
    """The edition's number, and whether it is new here."""
    known = change.execute(select(editions.c.seq).where(editions.c.digest == edition.digest)).scalar_one_or_none()
    if known is not None:
        return known, False
    content = _to_text(edition)
    values = {"digest": edition.digest, "name": edition.name, "title": edition.title, "version": edition.version}
    row = insert(editions).values(**values, added_by=by, added_at=at, content=content).returning(editions.c.seq)
    return change.execute(row).scalar_one(), True


def all_editions(view: Connection) -> tuple[StoredEdition, ...]:
    """Every edition ever added, oldest first."""
    return tuple(StoredEdition(*row) for row in view.execute(select(*_SHOWN).order_by(editions.c.seq)))


def by_name(view: Connection, name: str) -> StoredEdition | None:
    """The newest edition of that name, or the one whose digest begins so; None where there is none."""
    found = [
        item for item in all_editions(view) if item.name == name or (len(name) >= 8 and item.digest.startswith(name))
    ]
    return found[-1] if found else None


def load(view: Connection, seq: int) -> KeptEdition:
    """The edition with this number; raises an error where there is none."""
    digest: str = view.execute(select(editions.c.digest).where(editions.c.seq == seq)).scalar_one()
    if digest not in _PARSED:
        _PARSED[digest] = _from_text(view.execute(select(editions.c.content).where(editions.c.seq == seq)).scalar_one())
    return KeptEdition(seq, _PARSED[digest])


def activate(change: Connection, edition: int, from_period: str, by: str, at: datetime) -> None:
    """Put an edition in force from a month on."""
    change.execute(insert(activations).values(edition=edition, from_period=from_period, made_by=by, made_at=at))


def timeline(view: Connection) -> Timeline:
    """All activations, as one value that answers for any month."""
    rows = view.execute(select(activations).order_by(activations.c.seq))
    return Timeline(tuple(Activation(*row) for row in rows))


def _to_text(edition: Edition) -> str:
    """JSON in which a date keeps being a date: where an edition may say either, text would not come back as one."""
    return json.dumps(
        edition.model_dump(by_alias=True), ensure_ascii=False, default=lambda day: {_DATE: day.isoformat()}
    )


def _from_text(text: str) -> Edition:
    revived = json.loads(text, object_hook=lambda found: date.fromisoformat(found[_DATE]) if _DATE in found else found)
    return Edition.model_validate(revived)
