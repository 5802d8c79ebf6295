"""What files say, as tables in the reader's language: problems, sheets, and the rows that would change."""

from collections.abc import Iterable, Sequence

import pandas as pd

from beicha.actions.comparing import LedgerChange
from beicha.actions.drafts import DraftFile
from beicha.intake.catalogue import IGNORED
from beicha.intake.problems import Problem, advice, sentence
from beicha.store.files import NamedFile
from beicha.store.submissions import Key
from beicha.store.submissions import Version as Version
from beicha.words.language import Language, later, say
from beicha.words.masking import masked_text
from beicha.words.rows import content_text
from scoring.edition import Edition
from scoring.facts import Rows

KINDS = {"new": later("new"), "changed": later("changed"), "missing": later("missing")}
"""What becomes of a row against the last upload; rows that stay as they are are counted, not listed."""

DECLARATIONS = later("declarations of what does not apply")
"""What the sheet 不适用申报 holds, named beside the ledgers."""


def problem_table(problems: Iterable[Problem], language: Language) -> pd.DataFrame:
    """One row per problem.

    Columns: file, sheet, row (as Excel shows it, <NA>: none), column, heading, found, what (a sentence), advice.
    """
    rows = [
        [
            problem.file,
            problem.sheet,
            problem.row,
            problem.column,
            problem.heading,
            problem.found,
            sentence(problem, language),
            advice(problem, language),
        ]
        for problem in problems
    ]
    columns = ["file", "sheet", "row", "column", "heading", "found", "what", "advice"]
    return pd.DataFrame(rows, columns=columns).astype({"row": "Int64"})


def sheet_table(files: Sequence[DraftFile], edition: Edition | None, language: Language) -> pd.DataFrame:
    """An account of every sheet.

    Columns: file, sheet, ledger (title, '' where none was recognised), heading_row (<NA>: none), rows, ignored (which
    rows do not count, and why), extra (headings that were not read), hidden (in words or '').
    """
    rows = []
    for file in files:
        for sheet in file.sheets:
            ignored = [f"{row} {say(language, IGNORED[why])}" for row, why in sheet.ignored if why != "blank"]
            rows.append(
                [
                    file.name,
                    sheet.sheet,
                    _ledger_title(edition, sheet.ledger),
                    sheet.heading_row,
                    sheet.rows_read,
                    "；".join(ignored),
                    masked_text("、".join(sheet.extra_columns)),
                    say(language, "hidden") if sheet.hidden else "",
                ]
            )
    columns = ["file", "sheet", "ledger", "heading_row", "rows", "ignored", "extra", "hidden"]
    return pd.DataFrame(rows, columns=columns).astype({"heading_row": "Int64"})


def _ledger_title(edition: Edition | None, code: str | None) -> str:
    known = {ledger.code: ledger.title for ledger in edition.ledgers} if edition else {}
    return "" if code is None else known.get(code, code)


def ledger_table(ledgers: Sequence[LedgerChange], language: Language) -> pd.DataFrame:
    """One row per ledger: title, new, changed, unchanged, missing (counts), state (carried over, removed, or '')."""
    rows = [
        [
            ledger.title,
            len(ledger.new),
            len(ledger.changed),
            ledger.unchanged,
            len(ledger.missing),
            _ledger_state(ledger, language),
        ]
        for ledger in ledgers
    ]
    return pd.DataFrame(rows, columns=["title", "new", "changed", "unchanged", "missing", "state"])


def _ledger_state(ledger: LedgerChange, language: Language) -> str:
    if ledger.carried_over:
        return say(language, "not in the file: carried over")
    return say(language, "not in the file: removed") if ledger.removed else ""


def change_table(ledgers: Sequence[LedgerChange], edition: Edition, language: Language) -> pd.DataFrame:
    """The rows that differ from the last upload: kind (in words), ledger, sheet, row, content, before."""
    rows = []
    for change in ledgers:
        if change.carried_over:
            continue
        for number in change.new:
            rows.append([say(language, KINDS["new"]), *_placed(edition, change, change.now, number, language), ""])
        for old, number in change.changed:
            before = _content(edition, change, change.before, old, language)
            rows.append(
                [say(language, KINDS["changed"]), *_placed(edition, change, change.now, number, language), before]
            )
        for number in change.missing:
            rows.append(
                [say(language, KINDS["missing"]), *_placed(edition, change, change.before, number, language), ""]
            )
    return pd.DataFrame(rows, columns=["kind", "ledger", "sheet", "row", "content", "before"])


def _placed(edition: Edition, change: LedgerChange, rows: Rows, number: int, language: Language) -> list[object]:
    content = _content(edition, change, rows, number, language)
    return [change.title, rows.sheet[number], rows.row[number], content]


def _content(edition: Edition, change: LedgerChange, rows: Rows, number: int, language: Language) -> str:
    values = {field: column[number] for field, column in rows.values.items()}
    return content_text(edition.ledger(change.ledger), values, language)


def named_file(name: str, content: bytes) -> NamedFile:
    """A file as it was sent, for the actions that take files."""
    return NamedFile(name, content)


def submission_key(community: str, period: str, kept_by: str = "community") -> Key:
    """What a submission is of."""
    return Key(community, period, kept_by)
