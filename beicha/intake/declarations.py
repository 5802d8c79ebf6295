"""The sheet 不适用申报: criteria that a community declares not applicable, and why."""

from typing import Any

from rapidfuzz import fuzz, process

from beicha.intake.book import Sheet, letter
from beicha.intake.cells import narrow, shown
from beicha.intake.furniture import ordinary
from beicha.intake.problems import Problems
from beicha.intake.reports import SheetRead
from beicha.intake.synonyms import heading_key, names
from beicha.words.workbook import NOT_APPLICABLE
from scoring.edition import Criterion, Edition

_ROWS = 40
_NEAR = 3
_NEAR_ENOUGH = 40
_FOOTERS = ("填表人", "填报人", "审核人", "注:", "说明:", "(盖章)")


def read_declarations(sheet: Sheet, edition: Edition, problems: Problems) -> tuple[dict[str, str], SheetRead]:
    """The reason for each declared criterion's code, and the account of the sheet."""
    place = _headings(sheet)
    if place is None:
        if any(_filled(row) for row in sheet.rows):
            problems.add("ledger_without_heading", sheet.name, ledger=NOT_APPLICABLE)
        return {}, SheetRead(sheet.name, None, None, 0, hidden=sheet.hidden)
    top, code_column, reason_column = place
    declared, ignored = {}, [(top + 1, "heading")]
    for at, row in enumerate(sheet.rows[top + 1 :], top + 1):
        found = shown(row[code_column])
        if not found or ordinary(found).startswith(_FOOTERS):
            ignored.append((at + 1, "footer" if found else "no_field" if _filled(row) else "blank"))
            continue
        reason = "" if reason_column is None else shown(row[reason_column])
        where = {"sheet": sheet.name, "row": at + 1, "column": letter(code_column)}
        criterion = _declared(found, reason, edition, problems, where)
        if criterion is not None:
            declared[criterion.code] = reason
    return declared, SheetRead(sheet.name, NOT_APPLICABLE, top + 1, len(declared), tuple(ignored), (), sheet.hidden)


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


def _headings(sheet: Sheet) -> tuple[int, int, int | None] | None:
    """The row of the headings, the column of the codes and that of the reasons."""
    for at, row in enumerate(sheet.rows[:_ROWS]):
        keys = [heading_key(cell) if isinstance(cell, str) else "" for cell in row]
        codes = [column for column, key in enumerate(keys) if key in names("criterion_code")]
        reasons = [column for column, key in enumerate(keys) if key in names("reason")]
        if codes and (reasons or len([key for key in keys if key]) == 1):
            return at, codes[0], reasons[0] if reasons else None
    return None


def _filled(row: list[Any]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)
