"""The community's page as a workbook: the numbers, sections, findings with reasons, and the rows behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.words.language import Language, say
from beicha.words.reasons import sentence
from beicha.words.states import state_word
from scoring.edition import Edition


@dataclass(frozen=True)
class CommunityPaper:
    """What the paper says.

    ``facts`` are names and values (text or number) of the head; ``stamps`` the lines that tell edition, filters and
    time. ``sections``: title, earned, full, lost, rate, street_rate, gate. ``criteria``: index code; section (title),
    title, state, fraction, points, earned, lost, counts, stake, line, reason, remedy. ``rows``: code, title, ledger
    (title), period, sheet, row, mark (in words), content (in words).
    """

    title: str
    stamps: Sequence[str]
    facts: Sequence[tuple[str, Any]]
    sections: pd.DataFrame
    criteria: pd.DataFrame
    rows: pd.DataFrame
    edition: Edition


def community_sheet(paper: CommunityPaper, language: Language) -> bytes:
    """The paper as an .xlsx file with one sheet for each block of the page."""
    return workbook_of(
        [
            _facts(paper, language),
            _sections(paper, language),
            _findings(paper, language),
            _rows(paper, language),
        ]
    )


def _facts(paper: CommunityPaper, language: Language) -> Sheet:
    columns = (Column(say(language, "Item"), 24), Column(say(language, "Value"), 40))
    return Sheet(paper.title, columns, [list(fact) for fact in paper.facts], paper.stamps)


def _sections(paper: CommunityPaper, language: Language) -> Sheet:
    columns = (
        Column(say(language, "Section"), 30),
        Column(say(language, "Got")),
        Column(say(language, "Full")),
        Column(say(language, "Lost")),
        Column(say(language, "Rate %")),
        Column(say(language, "Street %")),
        Column(say(language, "Gate")),
    )
    keys = ["title", "earned", "full", "lost", "rate", "street_rate", "gate"]
    return Sheet(say(language, "Sections"), columns, paper.sections[keys].to_numpy(object).tolist(), paper.stamps)


def _findings(paper: CommunityPaper, language: Language) -> Sheet:
    columns = (
        Column(say(language, "Code"), 10),
        Column(say(language, "Section"), 20),
        Column(say(language, "Criterion"), 30),
        Column(say(language, "State"), 12),
        Column(say(language, "Full"), 8),
        Column(say(language, "Got"), 8),
        Column(say(language, "Lost"), 8),
        Column(say(language, "District +"), 10, "0.000"),
        Column(say(language, "Line"), 16),
        Column(say(language, "Why"), 60),
        Column(say(language, "What to do"), 40),
    )
    rows, grounds = [], {}
    for number, (code, finding) in enumerate(paper.criteria.iterrows()):
        state = state_word(finding["state"])
        counted = bool(finding["counts"])
        rows.append(
            [
                str(code),
                finding["section"],
                finding["title"],
                state.said(language),
                float(finding["points"]),
                float(finding["earned"]) if counted else None,
                float(finding["lost"]) if counted else None,
                float(finding["stake"]),
                finding["line"],
                sentence(finding["reason"], paper.edition, language),
                finding["remedy"],
            ]
        )
        grounds[number, 3] = state.ground
    return Sheet(say(language, "Findings"), columns, rows, paper.stamps, grounds)


def _rows(paper: CommunityPaper, language: Language) -> Sheet:
    columns = (
        Column(say(language, "Code"), 10),
        Column(say(language, "Criterion"), 30),
        Column(say(language, "Ledger"), 18),
        Column(say(language, "Month"), 10),
        Column(say(language, "Sheet"), 18),
        Column(say(language, "Excel row"), 10),
        Column(say(language, "Counted"), 18),
        Column(say(language, "Content"), 90),
    )
    keys = ["code", "title", "ledger", "period", "sheet", "row", "mark", "content"]
    return Sheet(say(language, "Rows behind them"), columns, paper.rows[keys].to_numpy(object).tolist(), paper.stamps)
