"""What became of the files of an import, as a table: for the screen, as a workbook, and as CSV."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO

import pandas as pd

from beicha.actions import imports
from beicha.actions.grants import Grant
from beicha.actions.outcomes import Outcome
from beicha.actions.views import reading
from beicha.intake.problems import Problem, advice, sentence
from beicha.papers.long_tables import inert
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.times import shown

OUTCOMES = {
    "stored": ("✔", later("stored")),
    "unchanged": ("≡", later("no change")),
    "refused": ("✖", later("not stored: errors")),
    "forbidden": ("✖", later("not stored: no right to")),
    "repeated": ("≡", later("the same file again")),
    "failed": ("✖", later("failed: see the program's log")),
    "cancelled": ("–", later("cancelled before it")),
    "left_out": ("·", later("left out")),
}
"""What became of a file, with a sign."""

COLUMNS = {
    "state": (later("Result"), 22.0),
    "file": (later("File"), 46.0),
    "communities": (later("Community"), 20.0),
    "periods": (later("Month"), 12.0),
    "receipt": (later("Receipt"), 10.0),
    "errors": (later("Errors"), 8.0),
    "warnings": (later("Warnings"), 8.0),
    "problem": (later("First problem"), 60.0),
}
"""The table's columns: heading, and width on paper in characters."""

_GRAVITY = ("error", "warning", "note")


def result_table(grant: Grant, store: Store, outcomes: Iterable[Outcome], language: Language) -> pd.DataFrame:
    """One row a file with the columns of ``COLUMNS``; errors and warnings are counts, the rest is text."""
    names: dict[str, dict[str, str]] = {}
    rows = []
    for outcome in outcomes:
        sign, word = OUTCOMES[outcome.state]
        levels = [problem.level for problem in outcome.problems]
        rows.append(
            [
                f"{sign} {say(language, word)}",
                outcome.file,
                "、".join(_names(grant, store, outcome, names)),
                "、".join(outcome.periods),
                outcome.receipt,
                levels.count("error"),
                levels.count("warning"),
                _first(outcome.problems, language),
            ]
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _names(grant: Grant, store: Store, outcome: Outcome, known: dict[str, dict[str, str]]) -> list[str]:
    """The names that the outcome's communities have in its newest month; each month's are asked for once."""
    if not outcome.periods:
        return []
    period = max(outcome.periods)
    if period not in known:
        known[period] = reading.community_names(grant, store, period)
    return [known[period].get(code, code) for code in outcome.communities]


def _first(problems: Sequence[Problem], language: Language) -> str:
    """The gravest problem, the first of them, with its place in the workbook and what to do."""
    if not problems:
        return ""
    problem = min(problems, key=lambda found: _GRAVITY.index(found.level))
    place = f"{problem.sheet} {problem.column}{problem.row or ''}".strip()
    said = f"{sentence(problem, language)} {advice(problem, language)}".strip()
    return f"{place}: {said}" if place else said


def summary(outcomes: Sequence[Outcome], language: Language) -> str:
    """How many files were stored, and how many were not, in one sentence."""
    stored = sum(outcome.state == "stored" for outcome in outcomes)
    refused = sum(outcome.state in ("refused", "forbidden", "failed") for outcome in outcomes)
    text = later("{n} files: {stored} stored, {refused} not stored, {rest} unchanged or left.")
    rest = len(outcomes) - stored - refused
    return say(language, text, n=len(outcomes), stored=stored, refused=refused, rest=rest)


def results_workbook(
    grant: Grant, store: Store, number: int, *, language: Language, now: datetime
) -> tuple[str, bytes]:
    """A name and the bytes of the results of an import as .xlsx; LookupError where the grant has no such import."""
    outcomes, table = _results(grant, store, number, language)
    columns = [Column(say(language, title), width) for title, width in COLUMNS.values()]
    started = shown(imports.status(grant, store, number).made_at)
    stamps = say(language, "Import {n} of {time}. Made {now}.", n=number, time=started, now=shown(now))
    rows = [[int(cell) if isinstance(cell, int) else cell or None for cell in row] for row in _cells(table)]
    title = say(language, "Results of an import")
    sheet = Sheet(title, columns, rows, [summary(outcomes, language), stamps])
    return f"{title}-{number}.xlsx", workbook_of([sheet])


def results_csv(grant: Grant, store: Store, number: int, *, language: Language) -> tuple[str, bytes]:
    """The same as CSV in UTF-8 with a BOM, so that Excel and WPS read its Chinese; text that looks like a formula
    is kept from being one."""
    _, table = _results(grant, store, number, language)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([say(language, title) for title, _ in COLUMNS.values()])
    writer.writerows([[inert(cell) for cell in row] for row in _cells(table)])
    return f"{say(language, 'Results of an import')}-{number}.csv", text.getvalue().encode("utf-8-sig")


def _results(grant: Grant, store: Store, number: int, language: Language) -> tuple[tuple[Outcome, ...], pd.DataFrame]:
    found = imports.outcomes(grant, store, number)
    if not found:
        raise LookupError(f"there is no result of job {number}")
    return found, result_table(grant, store, found, language)


def _cells(table: pd.DataFrame) -> list[list[object]]:
    return [list(row) for row in zip(*(table[column].tolist() for column in table), strict=True)]
