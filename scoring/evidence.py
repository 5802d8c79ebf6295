"""Down to the rows: which rows a finding looked at, and what each did for it (scoring.md §4, end)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from scoring.coding import code_ledger, rows_of, sort_reports, surviving_rows, values_of
from scoring.conditions import Condition
from scoring.edition import Bonus, Criterion, Edition, Veto
from scoring.facts import Report
from scoring.ledgers import Ledger
from scoring.periods import Window, period_text, window_at
from scoring.presence import NEVER, arrivals, presence
from scoring.row_marks import mark_of, meets_stored
from scoring.selection import Selection, Task, selection_of, tasks_of, verification_task

COLUMNS = ["ledger", "period", "sheet", "row", "part", "mark", "detail", "values"]


@dataclass(frozen=True)
class _Row:
    """One row of the community's reports: where it stood, its values, and whether a later report replaced it."""

    ledger: Ledger
    month: int
    sheet: str
    row: int
    values: dict[str, Any]
    replaced: bool


@dataclass(frozen=True)
class _Look:
    """One selection of an item, the rule that judges its rows, if any, and the title of its part."""

    selection: Selection
    task: Task | None
    part: str = ""


def evidence(
    edition: Edition, month: int, reports: Sequence[Report], code: str, begins: int | None = None
) -> pd.DataFrame:
    """The rows of one community that the criterion, bonus or veto with this code looks at when scored at the month.

    ``reports`` are the community's newest of every month and keeper. Columns: ledger, period (of the report),
    sheet, row (as Excel counts it), part (title of the part of the rule; "verified_by" for observations), mark,
    detail (fields concerned, joined by a comma), values (field code → value). Marks: met, unmet, blank_field, beside
    for rows that count; out_of_window for those left out for their date; replaced for an event reported again later.
    ``begins`` is the month at which windows start, if a later one.
    """
    item = _item(edition, code)
    rows = [row for look in _looks(item) for row in _marked(_Scene(edition, month, reports, begins), look)]
    return pd.DataFrame(rows, columns=COLUMNS)


def unmatched(edition: Edition, month: int, reports: Sequence[Report]) -> pd.DataFrame:
    """The rows reported for the month itself that serve no criterion, bonus or veto; columns as in ``evidence``.

    Marks: no_criterion where none selects the row, out_of_window where only its date keeps it out, replaced.
    """
    newest = [report for report in reports if report.month == month]
    selections = list(dict.fromkeys(look.selection for item in _items(edition) for look in _looks(item)))
    out = []
    for ledger in edition.ledgers:
        wanted = [selection for selection in selections if selection.ledger == ledger.code]
        for row in _rows(edition, ledger, month, newest):
            mark = _why_unmatched(row, wanted, month)
            if mark:
                out.append(_line(row, "", mark, ""))
    return pd.DataFrame(out, columns=COLUMNS)


def _why_unmatched(row: _Row, selections: Sequence[Selection], month: int) -> str:
    if row.replaced:
        return "replaced"
    selecting = [selection for selection in selections if _meets_all(selection.where, row)]
    if not selecting:
        return "no_criterion"
    inside = any(_dated_in(row, selection, window_at(selection.window, month)) for selection in selecting)
    return "" if inside else "out_of_window"


def _item(edition: Edition, code: str) -> Criterion | Bonus | Veto:
    return next(item for item in _items(edition) if item.code == code)


def _items(edition: Edition) -> list[Criterion | Bonus | Veto]:
    return [*edition.criteria, *edition.bonuses, *edition.vetoes]


def _looks(item: Criterion | Bonus | Veto) -> Iterator[_Look]:
    if not isinstance(item, Criterion):
        yield _Look(selection_of(item), None)
        return
    for task in tasks_of(item):
        yield _Look(task.selection, task, task.title)
    if item.verified_by is not None:
        observed = verification_task(item, item.verified_by)
        yield _Look(observed.selection, observed, "verified_by")


@dataclass(frozen=True)
class _Scene:
    """What is looked at: the reports at a month, and the month at which windows start, if a later one."""

    edition: Edition
    month: int
    reports: Sequence[Report]
    begins: int | None


def _marked(scene: _Scene, look: _Look) -> Iterator[list[Any]]:
    selection = look.selection
    ledger = scene.edition.ledger(selection.ledger)
    window = window_at(selection.window, scene.month, scene.begins)
    newest = _newest(scene, ledger, selection.window)
    for row in _rows(scene.edition, ledger, scene.month, scene.reports):
        if ledger.keeps == "state" and row.month != newest:
            continue
        if _meets_all(selection.where, row):
            found = _mark(row, look, window)
            if found:
                yield _line(row, look.part, *found)


def _mark(row: _Row, look: _Look, window: Window) -> tuple[str, str] | None:
    """The mark and detail of a row that the selection's conditions pick; None for one both replaced and outside."""
    inside = _dated_in(row, look.selection, window)
    if row.replaced:
        return ("replaced", "") if inside else None
    if not inside:
        return "out_of_window", row.ledger.date_field or ""
    if look.task is None:
        return "met", ""
    mark, fields = mark_of(look.task.rule, row.values, window, row.ledger)
    return mark, ",".join(fields)


def _line(row: _Row, part: str, mark: str, detail: str) -> list[Any]:
    return [row.ledger.code, period_text(row.month), row.sheet, row.row, part, mark, detail, row.values]


def _newest(scene: _Scene, ledger: Ledger, window: str) -> int:
    numbered = [(0, report) for report in scene.reports]
    if not numbered:
        return NEVER
    return int(presence(scene.month, arrivals(1, numbered), ledger.kept_by, scene.begins).newest(window)[0])


def _dated_in(row: _Row, selection: Selection, window: Window) -> bool:
    """Whether the row's date lies in the window; rows of a state that need no date always do."""
    if row.ledger.keeps == "state" and not selection.dated:
        return True
    day = row.values.get(row.ledger.date_field or "")
    return day is not None and window.first <= day <= window.last


def _meets_all(where: Sequence[Condition], row: _Row) -> bool:
    return all(meets_stored(condition, row.values.get(condition.field), row.ledger) for condition in where)


def _rows(edition: Edition, ledger: Ledger, month: int, reports: Sequence[Report]) -> list[_Row]:
    """All rows of a ledger in the reports up to the month, with the events that a later row replaced marked."""
    communities = list(dict.fromkeys(report.community for report in reports))[:1]
    ordered = [item for item in sort_reports(communities, reports) if item[1].month <= month]
    fields = [field.code for field in ledger.fields]
    codes = code_ledger(edition, ledger, fields, len(communities), ordered)
    kept = set(surviving_rows(codes, month).tolist())
    rows: list[_Row] = []
    for _, report in ordered:
        found = rows_of(edition, report, ledger)
        if found is None:
            continue
        columns = {field: values_of(edition, ledger, found, field) for field in fields}
        for place, (sheet, number) in enumerate(zip(found.sheet, found.row, strict=True)):
            values = {field: column[place] for field, column in columns.items()}
            rows.append(_Row(ledger, report.month, sheet, number, values, len(rows) not in kept))
    return rows
