"""Clean tables put together to reports: one for each community and month that they, or the file as a whole, name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from beicha.intake.attribution import Attribution, Saying, by_community, check_rows, resolved
from beicha.intake.clean import CleanTable
from beicha.intake.communities import Communities, Named
from beicha.intake.declarations import Declarations
from beicha.intake.problems import Problems
from beicha.intake.reports import FoundReport
from beicha.intake.visits import Visit
from scoring.facts import Rows
from scoring.ledgers import Ledger
from scoring.texts import normal

_MOST_PLACES = 10


@dataclass
class _Group:
    """What goes into one report; ``ledgers`` are those that are there even without a row."""

    named: Named | None
    month: int | None
    tables: list[CleanTable] = field(default_factory=list)
    ledgers: list[Ledger] = field(default_factory=list)
    declared: dict[str, str] = field(default_factory=dict)
    declares: bool = False

    def report(self, kept_by: Literal["community", "office"]) -> FoundReport:
        ledgers = {ledger.code: ledger for ledger in (*self.ledgers, *(table.ledger for table in self.tables))}
        rows, originals = _joined(self.tables, ledgers.values())
        code, name = (self.named.code or self.named.name, self.named.name) if self.named else ("", "")
        return FoundReport(code, name, self.month, kept_by, rows, self.declared, originals, self.declares)


class _Groups:
    """The groups by community and month, in the order in which they are met."""

    def __init__(self, known: Communities) -> None:
        self._known = known
        self._found: dict[tuple[str, int | None], _Group] = {}

    def of(self, named: Named, month: int | None) -> _Group:
        return self._found.setdefault((self._known.identity(named), month), _Group(named, month))

    @property
    def all(self) -> list[_Group]:
        return list(self._found.values())


@dataclass(frozen=True)
class Kept:
    """What a workbook holds of one keeper: tables, sheets of ledgers that are empty, and the month of the file."""

    tables: Sequence[Attribution]
    empty: Sequence[Ledger]
    month: int | None

    @property
    def months(self) -> list[int | None]:
        """The months of the tables, or of the file where there are none."""
        return list(dict.fromkeys(found.table.month for found in self.tables)) or [self.month]


def reports_of_one(
    kept: Kept, declared: Sequence[Declarations], named: Named | None, known: Communities, problems: Problems
) -> list[FoundReport]:
    """The reports of one community, a month each; an error for each row that names another one."""
    empty = list(kept.empty) if len(kept.months) == 1 else []
    groups = {month: _Group(named, month, ledgers=empty) for month in kept.months}
    for found in kept.tables:
        groups[found.table.month].tables.append(found.table)
        if named is not None:
            check_rows(found, named, known, problems)
    for sheet in declared:
        if len(groups) > 1 and sheet.rows:
            problems.add("month_missing", sheet.sheet, sheet.rows[0].row)
            continue
        if named is not None:
            _check_declared(sheet, named, known, problems)
        for group in groups.values():
            group.declares = True
            group.declared |= {row.code: row.reason for row in sheet.rows}
    return [group.report("community") for group in groups.values()]


def _check_declared(sheet: Declarations, named: Named, known: Communities, problems: Problems) -> None:
    for row in sheet.rows:
        if row.community and known.identity(known.find(row.community, row.street)) != known.identity(named):
            where = {"column": sheet.community_letter, "found": row.community, "expected": named.name}
            problems.add("community_in_row_differs", sheet.sheet, row.row, **where)


def reports_of_several(
    kept: Kept, declared: Sequence[Declarations], known: Communities, problems: Problems
) -> list[FoundReport]:
    """A report for each community that the tables name, of the ledgers in which it is named."""
    groups = _Groups(known)
    for found in kept.tables:
        if found.table.rows and not any(found.all):
            problems.add("table_without_community", found.table.sheet, found.table.heading_row)
            continue
        for named, part in _parts(found, known, problems):
            groups.of(named, part.month).tables.append(part)
    for sheet in declared:
        _declare(sheet, kept, groups, known, problems)
    return [group.report("community") for group in groups.all]


def _declare(sheet: Declarations, kept: Kept, groups: _Groups, known: Communities, problems: Problems) -> None:
    if sheet.rows and len(kept.months) > 1:
        problems.add("month_missing", sheet.sheet, sheet.rows[0].row)
        return
    if sheet.rows and not sheet.community_letter:
        problems.add("table_without_community", sheet.sheet, sheet.rows[0].row)
        return
    for row in sheet.rows:
        saying = Saying(row.community, row.street, "row", row.row, sheet.community_letter)
        if not row.community:
            problems.add("community_in_row_missing", sheet.sheet, row.row, column=sheet.community_letter)
        elif (named := resolved(known, saying, sheet.sheet, problems)) is not None:
            group = groups.of(named, kept.months[0])
            group.declares = True
            group.declared[row.code] = row.reason


def office_reports(
    kept: Kept, visits: Sequence[tuple[str, Visit]], known: Communities, problems: Problems
) -> list[FoundReport]:
    """One report for each community that a row or a visit of the office names, in the order in which they are named."""
    groups = _Groups(known)
    for sheet, visit in visits:
        saying = Saying(visit.community, visit.street, "row", visit.row, visit.column)
        named = resolved(known, saying, sheet, problems)
        month = visit.month if len(kept.months) > 1 else kept.months[0]
        if len(kept.months) > 1 and month is None:
            problems.add("month_missing", sheet, visit.row)
        elif named is not None:
            groups.of(named, month)
    for found in kept.tables:
        for named, part in _parts(found, known, problems):
            groups.of(named, part.month).tables.append(part)
    there = [*(found.table.ledger for found in kept.tables), *kept.empty]
    for group in groups.all:
        group.ledgers = there
    return [group.report("office") for group in groups.all]


def _parts(found: Attribution, known: Communities, problems: Problems) -> list[tuple[Named, CleanTable]]:
    return [(named, _part(found.table, places)) for named, places in by_community(found, known, problems)]


def _part(table: CleanTable, places: list[int]) -> CleanTable:
    def some(items: list[Any]) -> list[Any]:
        return [items[at] for at in places]

    return replace(
        table,
        rows=some(table.rows),
        values={code: some(values) for code, values in table.values.items()},
        originals={code: texts for code, all_texts in table.originals.items() if any(texts := some(all_texts))},
        communities=None,
        streets=None,
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
        for found in _equal_rows([rows.values[code] for code in ledger.key_fields]):
            shown = tuple(_place(rows, at, found) for at in found[:_MOST_PLACES])
            problems.add("duplicate_event", rows.sheet[found[-1]], rows.row[found[-1]], rows=shown)


def _equal_rows(columns: Sequence[Sequence[Any]]) -> list[list[int]]:
    """The places of rows that say the same in all of these columns; a blank is like nothing else."""
    # Texts take the time: they are compared only where all else is the same.
    others = [column for column in columns if not any(value.__class__ is str for value in column)]
    places = [*range(len(columns[0]) if columns else 0)]
    alike = _together(others, places) if others else [places]
    return sorted(found for some in alike for found in _together(columns, some))


def _together(columns: Iterable[Sequence[Any]], places: Sequence[int]) -> list[list[int]]:
    """Those of the places that say the same, but for those alone with what they say and those with a blank."""
    found: dict[tuple[Any, ...], list[int]] = {}
    keys = zip(*([_comparable(column[at]) for at in places] for column in columns), strict=True)
    for at, key in zip(places, keys, strict=True):
        found.setdefault(key, []).append(at)
    return [alike for key, alike in found.items() if len(alike) > 1 and None not in key]


def _comparable(value: Any) -> Any:
    if type(value) is str:
        return normal(value)
    return tuple(value) if type(value) is list else value


def _place(rows: Rows, at: int, found: list[int]) -> str:
    same_sheet = len({rows.sheet[other] for other in found}) == 1
    return str(rows.row[at]) if same_sheet else f"{rows.sheet[at]} {rows.row[at]}"
