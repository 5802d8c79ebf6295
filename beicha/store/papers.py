"""Papers that went out (发布的公文): under a number of their kind and year, with their bytes. None is ever changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from beicha.store.files import NamedFile, keep
from beicha.store.schema import paper_withdrawals, papers


@dataclass(frozen=True)
class NewPaper:
    """What goes out: its kind, the year of its number, the month it is about, what it is called and rests on."""

    kind: str
    year: int
    period: str
    title: str
    stamps: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawal:
    """Why a paper does not count any more, who said so and when. Its number stays taken."""

    reason: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class Paper:
    """A paper with its number. ``sha256`` tells its bytes, ``name`` is that of the file."""

    id: int
    new: NewPaper
    number: int
    sha256: str
    name: str
    made_by: str
    made_at: datetime
    withdrawn: Withdrawal | None


def next_number(view: Connection, kind: str, year: int) -> int:
    """The number that the next paper of a kind takes in a year; those that were withdrawn keep theirs."""
    chosen = (papers.c.kind == kind) & (papers.c.year == year)
    last: int | None = view.execute(select(func.max(papers.c.number)).where(chosen)).scalar_one()
    return (last or 0) + 1


def add(change: Connection, new: NewPaper, number: int, file: NamedFile, *, by: str, at: datetime) -> int:
    """Keep a paper under its number; gives its id. An IntegrityError where the number is taken."""
    keep(change, file)
    values = vars(new) | {"stamps": json.dumps(list(new.stamps), ensure_ascii=False), "number": number}
    values |= {"sha256": file.sha256, "name": file.name, "made_by": by, "made_at": at}
    found: int = change.execute(insert(papers).values(**values).returning(papers.c.id)).scalar_one()
    return found


def withdraw(change: Connection, paper: int, reason: str, *, by: str, at: datetime) -> None:
    """Note that a paper does not count any more; an IntegrityError where it is noted already."""
    change.execute(insert(paper_withdrawals).values(paper=paper, reason=reason, made_by=by, made_at=at))


def everything(view: Connection) -> tuple[Paper, ...]:
    """All papers, the newest first."""
    joined = papers.outerjoin(paper_withdrawals, paper_withdrawals.c.paper == papers.c.id)
    columns = [
        *papers.c,
        paper_withdrawals.c.reason,
        paper_withdrawals.c.made_by.label("withdrawn_by"),
        paper_withdrawals.c.made_at.label("withdrawn_at"),
    ]
    rows = view.execute(select(*columns).select_from(joined).order_by(papers.c.id.desc()))
    return tuple(_paper(row) for row in rows)


def _paper(row: Any) -> Paper:
    new = NewPaper(row.kind, row.year, row.period, row.title, tuple(json.loads(row.stamps)))
    gone = None if row.reason is None else Withdrawal(row.reason, row.withdrawn_by, row.withdrawn_at)
    return Paper(row.id, new, row.number, row.sha256, row.name, row.made_by, row.made_at, gone)
