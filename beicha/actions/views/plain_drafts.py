"""A previewed draft as plain values in the reader's language, for a page that is sent whole: no list is endless."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from beicha.actions.drafts import DraftFile
from beicha.actions.grants import Grant
from beicha.actions.outcome_texts import problem_text
from beicha.actions.previews import Preview, ReportPreview
from beicha.actions.views.drafts import DECLARATIONS, change_table, ledger_table, sheet_table
from beicha.actions.views.reading import edition_in_force
from beicha.intake.catalogue import Level
from beicha.intake.problems import Problem, describe
from beicha.store import Store
from beicha.words.language import Language, say
from scoring.edition import Edition

MOST_ROWS = 500
"""A list is shown up to here; the number of all is said with it."""


@dataclass(frozen=True)
class Listing:
    """The first rows of a list, each by name, and how many there are in all."""

    rows: list[dict[str, Any]]
    count: int

    @property
    def left(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class ShownReport:
    """What one report would change: counts by kind, a row per ledger, the rows that change, and the report itself.

    ``again`` is the warning that an earlier version said the same, "" where none did.
    """

    report: ReportPreview
    counts: dict[str, int]
    ledgers: list[dict[str, Any]]
    changes: Listing
    again: str


@dataclass(frozen=True)
class ShownDraft:
    """The problems by gravity, the reports, the sheets, and the ledgers carried over by code, with their titles.

    ``faulty`` are the files that can be had with their problems marked; ``ready`` where there is something to store,
    ``rejected`` where a file has errors and stays out.
    """

    problems: dict[Level, Listing]
    reports: tuple[ShownReport, ...]
    sheets: Listing
    carried: dict[str, str]
    faulty: tuple[DraftFile, ...]
    ready: bool
    rejected: bool


def shown_draft(grant: Grant, store: Store, seen: Preview, language: Language) -> ShownDraft:
    """Everything that a page shows of the draft."""
    editions = {
        period: edition_in_force(grant, store, period) for period in {report.key.period for report in seen.reports}
    }
    first = editions[seen.reports[0].key.period] if seen.reports else None
    sheets = sheet_table(seen.draft.files, first, language)
    levels: tuple[Level, ...] = ("error", "warning", "note")
    problems = {level: [one for one in seen.draft.problems if one.level == level] for level in levels}
    return ShownDraft(
        {level: _problems(found, language) for level, found in problems.items()},
        tuple(_report(report, editions[report.key.period], language) for report in seen.reports),
        Listing(_rows(sheets.head(MOST_ROWS)), len(sheets)),
        _carried(seen, first, language),
        tuple(file for file in seen.draft.files if file.can_be_marked),
        seen.ready,
        any(not file.accepted for file in seen.draft.files),
    )


def _problems(problems: Sequence[Problem], language: Language) -> Listing:
    return Listing([describe(problem, language) for problem in problems[:MOST_ROWS]], len(problems))


def _report(report: ReportPreview, edition: Edition | None, language: Language) -> ShownReport:
    assert edition is not None, "a draft has no report of a month without an edition"
    changes = change_table(report.ledgers, edition, language)
    counts = {
        "new": sum(len(ledger.new) for ledger in report.ledgers),
        "changed": sum(len(ledger.changed) for ledger in report.ledgers),
        "unchanged": sum(ledger.unchanged for ledger in report.ledgers),
        "missing": sum(len(ledger.missing) for ledger in report.ledgers),
    }
    shown = Listing(_rows(changes.head(MOST_ROWS)), len(changes))
    again = problem_text(report.again, language) if report.again else ""
    return ShownReport(report, counts, _rows(ledger_table(report.ledgers, language)), shown, again)


def _carried(seen: Preview, edition: Edition | None, language: Language) -> dict[str, str]:
    """The ledgers that the files lack and the last submission has, be they kept or dropped now."""
    titles = {ledger.code: ledger.title for ledger in edition.ledgers} if edition else {}
    titles["not_applicable"] = say(language, DECLARATIONS)
    codes = [code for report in seen.reports for code in (*report.carried_over, *report.removed)]
    return {code: titles.get(code, code) for code in codes}


def _rows(table: Any) -> list[dict[str, Any]]:
    """The rows of a table by column; a cell without a value is ''."""
    found: list[dict[str, Any]] = table.astype(object).where(table.notna(), "").to_dict("records")
    return found
