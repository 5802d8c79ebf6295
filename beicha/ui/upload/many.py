"""Many files at once: each is stored by itself, and a table tells what became of each."""

from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions import imports
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import JOB_STATES
from beicha.actions.outcomes import Outcome
from beicha.actions.views.drafts import problem_table
from beicha.ui import office
from beicha.ui.tables import draw_table
from beicha.ui.upload.choosing import Choice, draw_files, job_in_view, open_job
from beicha.ui.upload.progress import draw_progress
from beicha.words.language import Language, later, say
from beicha.words.times import shown

OUTCOMES = {
    "stored": ("✔", later("stored")),
    "unchanged": ("=", later("no change")),
    "refused": ("✖", later("not stored: errors")),
    "forbidden": ("✖", later("not stored: no right to")),
    "repeated": ("=", later("the same file again")),
    "failed": ("✖", later("failed: see the program's log")),
    "cancelled": ("–", later("cancelled before it")),
    "left_out": ("·", later("left out")),
}
"""What became of a file, with a sign."""


def draw_many(language: Language) -> None:
    """The files, or the job that reads them, or what became of them."""
    number = job_in_view("import")
    if number is None:
        st.caption(
            say(language, "Each file says by itself which community and month it is of. A faulty file stops no other.")
        )
        draw_files(language, Choice(None, None), "import")
        _draw_recent(language)
        return
    try:
        job = imports.status(OFFICE, the_store(), number)
    except LookupError:
        open_job("import", None)
        st.rerun()
    if job.active:
        draw_progress(number, language)
        return
    _draw_outcomes(imports.outcomes(OFFICE, the_store(), number), language)
    if st.button(say(language, "Hand in more"), key="more-files", type="primary"):
        open_job("import", None)
        st.rerun()


def _draw_outcomes(outcomes: tuple[Outcome, ...], language: Language) -> None:
    stored = sum(outcome.state == "stored" for outcome in outcomes)
    refused = sum(outcome.state in ("refused", "forbidden", "failed") for outcome in outcomes)
    text = later("{n} files: {stored} stored, {refused} not stored, {rest} unchanged or left.")
    rest = len(outcomes) - stored - refused
    st.subheader(say(language, text, n=len(outcomes), stored=stored, refused=refused, rest=rest), anchor=False)
    columns = {
        "state": say(language, "Result"),
        "file": say(language, "File"),
        "communities": say(language, "Communities"),
        "periods": say(language, "Month"),
        "receipt": say(language, "Receipt"),
        "errors": say(language, "Errors"),
        "warnings": say(language, "Warnings"),
    }
    draw_table(outcome_table(outcomes, language), columns, "outcomes", say(language, "Result"), most=20)
    problems = [problem for outcome in outcomes for problem in outcome.problems if problem.level != "note"]
    if problems:
        st.subheader(say(language, "Problems in the files"), anchor=False)
        _draw_problems(problem_table(problems, language), language)


def outcome_table(outcomes: tuple[Outcome, ...], language: Language) -> pd.DataFrame:
    """One row a file: state (sign and word), file, communities (names), periods, receipt, errors, warnings (counts)."""
    rows = []
    for outcome in outcomes:
        sign, word = OUTCOMES[outcome.state]
        names = office.community_names(max(outcome.periods)) if outcome.periods else {}
        levels = [problem.level for problem in outcome.problems]
        rows.append(
            [
                f"{sign} {say(language, word)}",
                outcome.file,
                "、".join(names.get(code, code) for code in outcome.communities),
                "、".join(outcome.periods),
                outcome.receipt,
                levels.count("error"),
                levels.count("warning"),
            ]
        )
    return pd.DataFrame(rows, columns=["state", "file", "communities", "periods", "receipt", "errors", "warnings"])


def _draw_problems(table: pd.DataFrame, language: Language) -> None:
    columns: dict[str, Any] = {
        "file": say(language, "File"),
        "sheet": say(language, "Sheet"),
        "row": say(language, "Excel row"),
        "column": say(language, "Column"),
        "found": say(language, "Found"),
        "what": say(language, "Problem"),
        "advice": say(language, "What to do"),
    }
    order = ["file", "sheet", "row", "column", "found", "what", "advice"]
    draw_table(table, columns, "import_problems", say(language, "Problems in the files"), order=order)


def _draw_recent(language: Language) -> None:
    """The imports before this one, each to be opened again."""
    jobs = [job for job in imports.recent(OFFICE, the_store(), 20) if job.kind == "import"][:5]
    if not jobs:
        return
    with st.expander(say(language, "Earlier imports"), key="earlier"):
        for job in jobs:
            text = later("{time}: {n} files, {state}")
            state = say(language, JOB_STATES[job.state])
            label = say(language, text, time=shown(job.made_at), n=job.total // 2, state=state)
            st.button(label, key=f"job-{job.id}", type="tertiary", on_click=open_job, args=("import", job.id))
