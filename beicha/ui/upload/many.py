"""Many files at once: each is stored by itself, and a table tells what became of each."""

from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions import imports
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import JOB_STATES
from beicha.actions.outcomes import Outcome
from beicha.actions.views.drafts import problem_table
from beicha.actions.views.import_results import COLUMNS, result_table, summary
from beicha.ui.downloads import address, draw_link
from beicha.ui.person import grant
from beicha.ui.tables import draw_table
from beicha.ui.upload.choosing import Choice, draw_files, job_in_view, open_job
from beicha.ui.upload.progress import draw_progress
from beicha.words.language import Language, later, say
from beicha.words.times import shown

ABOUT = (
    later("Each file says by itself which community and month it is of. A faulty file stops no other."),
    later("A zip is unpacked, and each file in it counts by itself: at most 200 MB and 500 files in one zip."),
    later("One upload takes at most 1000 files and 300 MB. Send everything again after mending: what is stored stays."),
)
"""What somebody should know before sending many files."""
WIDTHS = {
    "state": 132,
    "file": 300,
    "communities": 130,
    "periods": 84,
    "receipt": 80,
    "errors": 56,
    "warnings": 56,
    "problem": 420,
    "marked": 84,
}
RECENT = 10


def draw_many(language: Language) -> None:
    """The files, or the job that reads them, or what became of them."""
    number = job_in_view("import")
    if number is None:
        for text in ABOUT:
            st.caption(say(language, text))
        draw_files(language, Choice(None, None), "import")
        _draw_recent(language)
        return
    try:
        job = imports.status(grant(), the_store(), number)
    except LookupError:
        open_job("import", None)
        st.rerun()
    if job.active:
        draw_progress(number, language)
        return
    if job.state in ("cancelled", "failed"):
        _draw_end(job.state, language)
    _draw_outcomes(number, imports.outcomes(grant(), the_store(), number), language)
    if st.button(say(language, "Hand in more"), key="more-files", type="primary"):
        open_job("import", None)
        st.rerun()


def _draw_end(state: str, language: Language) -> None:
    cancelled = later("The import was cancelled. What had been stored before stays stored; the rest can be sent again.")
    failed = later("The import failed by a fault of the program; its log says more. What had been stored stays stored.")
    st.warning(say(language, cancelled if state == "cancelled" else failed))


def _draw_outcomes(number: int, outcomes: tuple[Outcome, ...], language: Language) -> None:
    st.subheader(summary(outcomes, language), anchor=False)
    left = [outcome for outcome in outcomes if not outcome.is_stored and outcome.state != "left_out"]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        only = st.checkbox(say(language, "Only what was not stored ({n})", n=len(left)), key="only-left")
        values = {"job": str(number), "lang": language}
        draw_link(say(language, "Results (.xlsx)"), "/download/import.xlsx", values, key="results-xlsx")
        draw_link(say(language, "Results (.csv)"), "/download/import.csv", values, key="results-csv")
    shown_ones = left if only else outcomes
    if not shown_ones:
        st.caption(say(language, "Everything was stored."))
        return
    table = result_table(grant(), the_store(), shown_ones, language)
    links = pd.Series([_marked(number, outcome, language) for outcome in shown_ones], dtype=object)
    _draw_table(table.assign(marked=links), language)
    problems = [problem for outcome in shown_ones for problem in outcome.problems if problem.level != "note"]
    if problems:
        st.subheader(say(language, "Problems in the files"), anchor=False)
        _draw_problems(problem_table(problems, language), language)


def _marked(number: int, outcome: Outcome, language: Language) -> str | None:
    """Where the file is to be had with its problems marked in it."""
    values = {"job": str(number), "sha256": outcome.sha256, "lang": language}
    return address("/download/checked", values) if outcome.can_be_marked else None


def _draw_table(table: pd.DataFrame, language: Language) -> None:
    columns: dict[str, Any] = {
        key: st.column_config.Column(say(language, title), width=WIDTHS.get(key)) for key, (title, _) in COLUMNS.items()
    }
    columns["marked"] = st.column_config.LinkColumn(
        say(language, "Problems marked"), display_text=say(language, "download"), width=WIDTHS["marked"]
    )
    # The link stands beside the state, for on a phone no more than the first columns is in sight.
    order = ["state", "marked", *(key for key in COLUMNS if key != "state")]
    draw_table(table, columns, "outcomes", say(language, "Result"), most=20, order=order)


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
    jobs = [job for job in imports.recent(grant(), the_store()) if job.kind == "import"][:RECENT]
    if not jobs:
        return
    with st.expander(say(language, "Earlier imports"), key="earlier"):
        for job in jobs:
            text = later("{time}: {n} files, {state}")
            state = say(language, JOB_STATES[job.state])
            label = say(language, text, time=shown(job.made_at), n=job.total // 2, state=state)
            st.button(label, key=f"job-{job.id}", type="tertiary", on_click=open_job, args=("import", job.id))
