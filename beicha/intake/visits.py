"""The sheet 督查走访: which communities the office visited, and when. A visit may find nothing."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from beicha.intake.book import Sheet, letter
from beicha.intake.cells import shown
from beicha.intake.dates import DateReader
from beicha.intake.lines import ordinary
from beicha.intake.problems import Problems
from beicha.intake.reports import SheetRead, is_filled, listed, unread
from beicha.intake.synonyms import heading_key, names
from beicha.words.workbook import VISITS
from scoring.periods import month_of, period_text

_ROWS = 40
_TOTALS = ("合计", "总计", "共计")
_FOOTERS = ("填表人", "填报人", "审核人", "注:", "说明:", "备注:", "(盖章)", *_TOTALS)
_FINE = frozenset(("date_no_day", "date_year_taken", "date_range", "date_from_number"))
"""A visit only needs its month, so these are no problems here."""


@dataclass(frozen=True)
class Visit:
    """One line of the sheet: the community as written, the month of the visit as a count (None: not said)."""

    community: str
    month: int | None
    row: int
    column: str
    street: str = ""


class _Columns(NamedTuple):
    top: int
    community: int
    day: int | None
    street: int | None


def read_visits(sheet: Sheet, month: int | None, problems: Problems) -> tuple[list[Visit], SheetRead]:
    """The visits in a sheet and its account; ``month`` is the workbook's, as a count, or None."""
    columns = _headings(sheet)
    if columns is None:
        if any(map(is_filled, sheet.rows)):
            problems.add("ledger_without_heading", sheet.name, ledger=VISITS)
        return [], unread(sheet)
    top, community, day, street = columns
    visits, ignored = [], [*listed(sheet, "title", 0, top), (top + 1, "heading")]
    for at, row in enumerate(sheet.rows[top + 1 :], top + 1):
        name = shown(row[community])
        dated = day is not None and bool(shown(row[day]))
        if not is_filled(row):
            ignored.append((at + 1, "blank"))
        elif (first := next(text for cell in row if (text := ordinary(shown(cell))))).startswith(_FOOTERS):
            ignored.append((at + 1, "total" if first.startswith(_TOTALS) else "footer"))
        elif not (name or dated):
            ignored.append((at + 1, "no_field"))
        elif not name:
            problems.add("community_in_row_missing", sheet.name, at + 1, column=letter(community))
            ignored.append((at + 1, "in_error"))
        else:
            visit = Visit(name, None, at + 1, letter(community), "" if street is None else shown(row[street]))
            visits.append(replace(visit, month=_month(sheet, at, day, month, problems)) if dated else visit)
    return visits, SheetRead(sheet.name, VISITS, top + 1, len(visits), tuple(ignored), (), sheet.hidden)


def _month(sheet: Sheet, at: int, day: int | None, month: int | None, problems: Problems) -> int | None:
    """The month of a visit; a problem where it cannot be read or is not the workbook's."""
    assert day is not None, "only asked where there is a column of dates"
    raw = sheet.rows[at][day]
    cell = DateReader(month)(raw)
    where = {"column": letter(day), "found": shown(raw)}
    if cell.value is None:
        problems.add(cell.code, sheet.name, at + 1, **where)
        return None
    found = month_of(cell.value)
    if month is not None and found != month:
        problems.add("visit_in_another_month", sheet.name, at + 1, **where, expected=period_text(month))
        return None
    if cell.code and cell.code not in _FINE:
        problems.add(cell.code, sheet.name, at + 1, **where, **(cell.values or {}))
    return found


def _headings(sheet: Sheet) -> _Columns | None:
    """The row of the headings and the columns below it."""
    wanted = names("community_column") | names("office_column")
    for at, row in enumerate(sheet.rows[:_ROWS]):
        keys = [heading_key(cell) if isinstance(cell, str) else "" for cell in row]
        community, day, street = (
            next((column for column, key in enumerate(keys) if key in kind), None)
            for kind in (wanted, names("visit_day"), names("street_column"))
        )
        is_label = at + 1 < len(sheet.rows) and day is None and len([key for key in keys if key]) > 1
        if community is not None and not is_label:
            return _Columns(at, community, day, street)
    return None
