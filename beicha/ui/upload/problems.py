"""Errors and warnings in two lists, each problem with its place, what was found and what to do."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from beicha.actions.drafts import Draft
from beicha.actions.views.drafts import problem_table, sheet_table
from beicha.ui.tables import draw_table
from beicha.words.language import Language, say
from scoring.edition import Edition


def draw_problems(draft: Draft, language: Language) -> None:
    """Counters, then the list of errors, then the list of warnings; notes closed below."""
    notes = [problem for problem in draft.problems if problem.level == "note"]
    _draw_counters(len(draft.errors), len(draft.warnings), language)
    if draft.errors:
        st.subheader(say(language, "Errors: to be mended before storing"), anchor=False)
        _draw_list(draft.errors, "errors", language)
    if draft.warnings:
        st.subheader(say(language, "Warnings: please look at them"), anchor=False)
        _draw_list(draft.warnings, "warnings", language)
    if notes:
        with st.expander(say(language, "Notes ({n})", n=len(notes)), key="notes"):
            _draw_list(notes, "notes-list", language)


def _draw_counters(errors: int, warnings: int, language: Language) -> None:
    first = say(language, "{n} errors", n=errors)
    second = say(language, "{n} warnings", n=warnings)
    st.markdown(
        f":{'orange' if errors else 'gray'}-badge[{'✖' if errors else '✔'} {first}] "
        f":{'yellow' if warnings else 'gray'}-badge[▲ {second}]"
    )


def _draw_list(problems: Sequence[Any], key: str, language: Language) -> None:
    columns = {
        "what": st.column_config.TextColumn(say(language, "Problem"), width=300),
        "advice": st.column_config.TextColumn(say(language, "What to do"), width=320),
        "file": st.column_config.TextColumn(say(language, "File"), width=150),
        "sheet": st.column_config.TextColumn(say(language, "Sheet"), width=120),
        "row": st.column_config.NumberColumn(say(language, "Excel row"), width=84, format="%d"),
        "column": st.column_config.TextColumn(say(language, "Column"), width=50),
        "heading": st.column_config.TextColumn(say(language, "Heading"), width=110),
        "found": st.column_config.TextColumn(say(language, "Found"), width=140),
    }
    order = ["sheet", "row", "column", "heading", "found", "what", "advice", "file"]
    draw_table(problem_table(problems, language), columns, key, say(language, "Problem"), order=order)


def draw_sheets(draft: Draft, edition: Edition | None, language: Language) -> None:
    """What became of every sheet: rows read, rows that do not count and why, columns that were not read."""
    with st.expander(say(language, "What was read, sheet by sheet"), key="sheets"):
        columns = {
            "file": say(language, "File"),
            "sheet": say(language, "Sheet"),
            "ledger": say(language, "Ledger"),
            "heading_row": say(language, "Heading in row"),
            "rows": say(language, "Rows read"),
            "ignored": say(language, "Rows that do not count"),
            "extra": say(language, "Columns not read"),
            "hidden": say(language, "Hidden"),
        }
        alt = say(language, "What was read, sheet by sheet")
        draw_table(sheet_table(draft.files, edition, language), columns, "sheet_account", alt)
