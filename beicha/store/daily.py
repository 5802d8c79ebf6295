"""The daily reports (每日汇报) of zones and streets: each a version of its day, none ever changed."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from beicha.store.schema import daily_reports


@dataclass(frozen=True)
class DailyProblem:
    """A problem in a report; ``community`` is the code of where it is, '' where nobody said."""

    text: str
    community: str = ""


@dataclass(frozen=True)
class DailyEntry:
    """What an area reports of a day: the work done, the problems, and what needs somebody else."""

    area: str
    day: date
    work: str
    problems: tuple[DailyProblem, ...]
    needs: str


@dataclass(frozen=True)
class DailyReport:
    """A version of an area's report of a day. Higher ``id`` is newer."""

    id: int
    entry: DailyEntry
    made_by: str
    made_at: datetime


def add(change: Connection, entry: DailyEntry, *, by: str, at: datetime) -> int:
    """Keep a version; gives its number."""
    problems = json.dumps([vars(problem) for problem in entry.problems], ensure_ascii=False)
    values = vars(entry) | {"day": entry.day.isoformat(), "problems": problems, "made_by": by, "made_at": at}
    number: int = change.execute(insert(daily_reports).values(**values).returning(daily_reports.c.id)).scalar_one()
    return number


def between(view: Connection, first: date, last: date) -> dict[tuple[str, date], tuple[DailyReport, ...]]:
    """The versions of every area's days from first to last, oldest first."""
    chosen = daily_reports.c.day.between(first.isoformat(), last.isoformat())
    found: dict[tuple[str, date], tuple[DailyReport, ...]] = {}
    for row in view.execute(select(daily_reports).where(chosen).order_by(daily_reports.c.id)):
        report = _report(row)
        key = report.entry.area, report.entry.day
        found[key] = (*found.get(key, ()), report)
    return found


def _report(row: Any) -> DailyReport:
    problems = tuple(DailyProblem(**one) for one in json.loads(row.problems))
    entry = DailyEntry(row.area, date.fromisoformat(row.day), row.work, problems, row.needs)
    return DailyReport(row.id, entry, row.made_by, row.made_at)
