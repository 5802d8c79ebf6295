"""The sheet 不适用申报: criteria that a community declares not applicable, and why."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from beicha.intake.book import Sheet, letter
from beicha.intake.cells import narrow, shown
from beicha.intake.lines import ordinary
from beicha.intake.problems import Problems
from beicha.intake.reports import SheetRead, is_filled, listed, unread
from beicha.intake.synonyms import heading_key, names
from beicha.words.workbook import NOT_APPLICABLE
from scoring.edition import Criterion, Edition

_ROWS = 40
_NEAR = 3
_NEAR_ENOUGH = 40
_FOOTERS = ("填表人", "填报人", "审核人", "注:", "说明:", "(盖章)")


class Declared(NamedTuple):
    """One row of the sheet: the criterion's code, the reason, and the community and street that it names, if any."""

    row: int
    code: str
    reason: str
    community: str
    street: str


@dataclass(frozen=True)
class Declarations:
    """The declarations of one sheet; ``community_letter`` is the column that names communities, "" without one."""

    sheet: str
    rows: tuple[Declared, ...] = ()
    community_letter: str = ""


class _Columns(NamedTuple):
    top: int
    code: int
    reason: int | None
    community: int | None
    street: int | None


def read_declarations(sheet: Sheet, edition: Edition, problems: Problems) -> tuple[Declarations, SheetRead]:
    """What the sheet declares, and the account of the sheet."""
    columns = _headings(sheet)
    if columns is None:
        if any(map(is_filled, sheet.rows)):
            problems.add("ledger_without_heading", sheet.name, ledger=NOT_APPLICABLE)
        return Declarations(sheet.name), unread(sheet)
    rows, ignored = [], [*listed(sheet, "title", 0, columns.top), (columns.top + 1, "heading")]
    for at, row in enumerate(sheet.rows[columns.top + 1 :], columns.top + 1):
        found = shown(row[columns.code])
        if not found or ordinary(found).startswith(_FOOTERS):
            ignored.append((at + 1, "footer" if found else "no_field" if is_filled(row) else "blank"))
            continue
        reason = _text(row, columns.reason)
        where = {"sheet": sheet.name, "row": at + 1, "column": letter(columns.code)}
        criterion = _declared(found, reason, edition, problems, where)
        if criterion is None:
            ignored.append((at + 1, "in_error"))
            continue
        rows.append(Declared(at + 1, criterion.code, reason, _text(row, columns.community), _text(row, columns.street)))
    found_letter = "" if columns.community is None else letter(columns.community)
    account = SheetRead(sheet.name, NOT_APPLICABLE, columns.top + 1, len(rows), tuple(ignored), (), sheet.hidden)
    return Declarations(sheet.name, tuple(rows), found_letter), account


def _text(row: list[Any], column: int | None) -> str:
    return "" if column is None else shown(row[column])


def _declared(found: str, reason: str, edition: Edition, problems: Problems, where: dict[str, Any]) -> Criterion | None:
    codes = {narrow(criterion.code).casefold(): criterion for criterion in edition.criteria}
    criterion = codes.get(narrow(found).casefold()) or codes.get(narrow(found.split()[0]).casefold())
    if criterion is None:
        every = [item.code for item in edition.criteria]
        near = process.extract(found, every, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_NEAR_ENOUGH)
        problems.add("criterion_unknown", **where, found=found, near=tuple(code for code, _, _ in near))
        return None
    if not criterion.optional:
        problems.add("not_applicable_refused", **where, found=criterion.code, title=criterion.title)
        return None
    if not reason:
        problems.add("reason_blank", **where, found=criterion.code)
    return criterion


def _headings(sheet: Sheet) -> _Columns | None:
    """The row of the headings and the columns below it."""
    for at, row in enumerate(sheet.rows[:_ROWS]):
        keys = [heading_key(cell) if isinstance(cell, str) else "" for cell in row]
        kinds = ("criterion_code", "reason", "community_column", "street_column")
        code, reason, community, street = (
            next((column for column, key in enumerate(keys) if key in names(kind)), None) for kind in kinds
        )
        if code is not None and (reason is not None or len([key for key in keys if key]) == 1):
            return _Columns(at, code, reason, community, street)
    return None
