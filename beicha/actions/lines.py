"""The lines (条线) of the office: import them as a table, fetch them as one, or take those of an edition."""

import re
from datetime import datetime

from beicha.actions.areas import TableImport
from beicha.actions.grants import Grant, require, require_everywhere
from beicha.actions.units import name_people, people_cells
from beicha.intake.area_tables import LINE_COLUMNS, PEOPLE_COLUMNS, LineRow, read_line_table
from beicha.intake.problems import Problems
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store, audit, units
from beicha.store import lines as stored
from beicha.store.files import NamedFile
from beicha.store.lines import OfficeLine

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NOTES = ("每个条线（部门）一行；编码用小写字母、数字和下划线，与测评体系中的条线代码一致。",)


def import_lines(grant: Grant, store: Store, file: NamedFile, *, now: datetime) -> TableImport:
    """Take in a table of lines (.xlsx): code, title, order. Lines that the table lacks stay as they are."""
    require_everywhere(grant, "set_up")
    sheet, rows, found = read_line_table(file.name, file.content)
    problems = Problems(file.name)
    _check(rows, sheet, problems)
    told = (*found, *problems.all)
    if any(problem.level == "error" for problem in told):
        return TableImport(told)
    new = [OfficeLine(row.code, row.title, row.order) for row in rows]
    with store.write() as change:
        known = {line.code: line for line in stored.all_lines(change)}
        stored.put(change, new)
        fresh = [line for line in new if known.get(line.code) != line]
        before = {line.code: _said(known[line.code]) for line in fresh if line.code in known}
        after = {line.code: _said(line) for line in fresh}
        titles = {line.code: line.title for line in new}
        named = name_people(change, "line", {row.code: row.people for row in rows})
        people = {titles[code]: what for code, what in named.items()}
        details = {"lines": len(new), "before": before, "after": after, **({"people": people} if people else {})}
        audit.add(change, now, grant, "lines.import", file.name, **details)
    result = TableImport(
        told,
        added=tuple(line.title for line in new if line.code not in known),
        changed=tuple(line.title for line in new if line.code in known and known[line.code] != line),
        unchanged=tuple(line.title for line in new if known.get(line.code) == line),
        absent=tuple(line.title for line in known.values() if line.code not in {row.code for row in rows}),
    )
    return result.naming(people)


def all_lines(grant: Grant, store: Store) -> tuple[OfficeLine, ...]:
    """All lines in the office's order."""
    require(grant, "see")
    with store.read() as view:
        return stored.all_lines(view)


def line_table(grant: Grant, store: Store) -> bytes:
    """The lines as a table to be filled in and imported again (.xlsx)."""
    require_everywhere(grant, "set_up")
    with store.read() as view:
        known, people = stored.all_lines(view), units.everyone(view)
    rows = [[line.code, line.title, line.order, *people_cells(people, ("line", line.code))] for line in known]
    columns = [Column(titles[0], 16.0, "0") for titles in {**LINE_COLUMNS, **PEOPLE_COLUMNS}.values()]
    return workbook_of([Sheet("条线表", columns, rows, _NOTES)])


def _said(line: OfficeLine) -> str:
    return f"{line.title}（{line.order}）"


def _check(rows: tuple[LineRow, ...], sheet: str, problems: Problems) -> None:
    seen: set[str] = set()
    for row in rows:
        if not _CODE.fullmatch(row.code):
            problems.add("line_code_unfit", sheet, row.row, found=row.code)
        elif row.code in seen:
            problems.add("line_twice", sheet, row.row, found=row.code)
        seen.add(row.code)
