"""Clean tables put together to reports: one for the community, or one for each community the office names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from beicha.intake.clean import CleanTable
from beicha.intake.communities import Communities, Named, bare_name
from beicha.intake.problems import Problems
from beicha.intake.reports import FoundReport
from beicha.intake.visits import Visit
from scoring.facts import Rows
from scoring.ledgers import Ledger
from scoring.texts import normal

_MOST_PLACES = 10


def community_report(
    tables: Sequence[CleanTable],
    ledgers: Iterable[Ledger],
    declared: dict[str, str],
    named: Named | None,
    month: int | None,
) -> FoundReport:
    """The report of one community: every ledger that the file holds, an empty one with no rows."""
    rows, originals = _joined(tables, ledgers)
    code, name = (named.code or named.name, named.name) if named else ("", "")
    return FoundReport(code, name, month, "community", rows, declared, originals)


def check_communities(tables: Sequence[CleanTable], named: Named, known: Communities, problems: Problems) -> None:
    """An error for each row of a community's own tables that names another community."""
    for table in tables:
        for number, name in zip(table.rows, table.communities or (), strict=False):
            if name and not _agrees(known.find(name), named):
                where = {"column": table.community_letter, "found": name, "expected": named.name}
                problems.add("community_in_row_differs", table.sheet, number, **where)


def _agrees(found: Named, named: Named) -> bool:
    return found.code == named.code or bare_name(found.name) == bare_name(named.name)


@dataclass(frozen=True)
class Office:
    """What a workbook of the office holds: tables, the ledgers that are there, and visits with their sheet."""

    tables: Sequence[CleanTable]
    ledgers: tuple[Ledger, ...]
    visits: Sequence[tuple[str, Visit]]
    month: int | None


def office_reports(office: Office, known: Communities, problems: Problems) -> list[FoundReport]:
    """One report for each community that a row or a visit of the office names, in the order in which they are named."""
    found: dict[str, tuple[Named, list[CleanTable]]] = {}
    for sheet, visit in office.visits:
        named = _resolved(known, visit.community, (sheet, visit.row, visit.column), problems)
        if named is not None:
            found.setdefault(named.code or named.name, (named, []))
    for table in office.tables:
        for named, part in _by_community(table, known, problems):
            found.setdefault(named.code or named.name, (named, []))[1].append(part)
    reports = []
    for code, (named, parts) in found.items():
        rows, originals = _joined(parts, office.ledgers)
        reports.append(FoundReport(code, named.name, office.month, "office", rows, {}, originals))
    return reports


def _by_community(table: CleanTable, known: Communities, problems: Problems) -> list[tuple[Named, CleanTable]]:
    names: dict[str, list[int]] = {}
    for at, name in enumerate(table.communities or ()):
        names.setdefault(name, []).append(at)
    parts = []
    for name, places in names.items():
        if not name:
            for at in places:
                where = {"column": table.community_letter}
                problems.add("community_in_row_missing", table.sheet, table.rows[at], **where)
            continue
        named = _resolved(known, name, (table.sheet, table.rows[places[0]], table.community_letter), problems)
        if named is not None:
            parts.append((named, _part(table, places)))
    return parts


def _resolved(known: Communities, name: str, place: tuple[str, int, str], problems: Problems) -> Named | None:
    named = known.find(name)
    if named.code is not None:
        return named
    sheet, row, column = place
    code = "community_ambiguous" if named.is_ambiguous else "community_unknown"
    problems.add(code, sheet, row, column=column, found=name, near=named.near, codes=named.codes)
    return None


def _part(table: CleanTable, places: list[int]) -> CleanTable:
    def some(items: list[Any]) -> list[Any]:
        return [items[at] for at in places]

    return CleanTable(
        table.ledger,
        table.sheet,
        some(table.rows),
        {code: some(values) for code, values in table.values.items()},
        {code: texts for code, all_texts in table.originals.items() if any(texts := some(all_texts))},
        None,
        "",
        (),
        (),
        table.heading_row,
    )


def _joined(
    tables: Sequence[CleanTable], ledgers: Iterable[Ledger]
) -> tuple[dict[str, Rows], dict[str, dict[str, list[str]]]]:
    """The rows of each ledger, sheet after sheet, and what their cells said."""
    rows, originals = {}, {}
    for ledger in ledgers:
        parts = [table for table in tables if table.ledger.code == ledger.code]
        rows[ledger.code] = Rows(
            [table.sheet for table in parts for _ in table.rows],
            [number for table in parts for number in table.rows],
            {field.code: [value for table in parts for value in table.values[field.code]] for field in ledger.fields},
        )
        texts = {
            field.code: [text for table in parts for text in table.originals.get(field.code) or [""] * len(table.rows)]
            for field in ledger.fields
            if any(field.code in table.originals for table in parts)
        }
        if texts:
            originals[ledger.code] = texts
    return rows, originals


def say_duplicates(report: FoundReport, ledgers: Iterable[Ledger], problems: Problems) -> None:
    """A note for each event that stands in the report more than once: its last row counts."""
    for ledger in ledgers:
        rows = report.ledgers.get(ledger.code)
        if rows is None or ledger.keeps != "events" or len(rows) < 2:
            continue
        columns = [[_comparable(value) for value in rows.values[code]] for code in ledger.key_fields]
        places: dict[tuple[Any, ...], list[int]] = {}
        for at, key in enumerate(zip(*columns, strict=True)):
            places.setdefault(key, []).append(at)
        for key, found in places.items():
            if len(found) > 1 and None not in key:
                shown = tuple(_place(rows, at, found) for at in found[:_MOST_PLACES])
                problems.add("duplicate_event", rows.sheet[found[-1]], rows.row[found[-1]], rows=shown)


def _comparable(value: Any) -> Any:
    if type(value) is str:
        return normal(value)
    return tuple(value) if type(value) is list else value


def _place(rows: Rows, at: int, found: list[int]) -> str:
    same_sheet = len({rows.sheet[other] for other in found}) == 1
    return str(rows.row[at]) if same_sheet else f"{rows.sheet[at]} {rows.row[at]}"
