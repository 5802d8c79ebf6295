"""The edition to start from, and the draft: a workbook that was changed, or one taken in before."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.edition_drafts import Draft
from beicha.actions.edition_reading import DraftProblem, draft_problem_table
from beicha.actions.views.editions import EditionEntry
from beicha.ui import office
from beicha.ui.downloads import draw_link
from beicha.ui.tables import draw_table
from beicha.words.language import Language, say


def draw_download(entries: Sequence[EditionEntry], digest: str, language: Language) -> None:
    """The workbook of an edition to fetch; the one with this digest unless another is chosen."""
    st.subheader(say(language, "1. Fetch the workbook"), anchor=False)
    st.caption(say(language, "Change it in Excel or WPS: points, rules, rows more or less. Give it a new version."))
    labels = {entry.label: entry.digest for entry in entries}
    first = next((number for number, entry in enumerate(entries) if entry.digest == digest), 0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        label = st.selectbox(say(language, "Edition"), list(labels), index=first, key="draft_base", width=330)
        values = {"digest": labels.get(str(label), entries[0].digest), "lang": language}
        draw_link(say(language, "Download the edition (.xlsx)"), "/download/edition.xlsx", values, key="draft_fetch")


def pick_draft(entries: Sequence[EditionEntry], period: str, language: Language) -> Draft | None:
    """The draft to look at: of the workbook handed in, or one that lies here; None before there is one."""
    st.subheader(say(language, "2. Hand in the changed workbook"), anchor=False)
    waiting = [entry for entry in entries if not entry.in_force_from]
    ways = {"workbook": say(language, "A changed workbook")}
    if waiting:
        ways["waiting"] = say(language, "One taken in and not in force")
    way = st.segmented_control(
        say(language, "Draft"),
        list(ways),
        format_func=lambda one: ways[one],
        default="workbook",
        required=True,
        key="draft_way",
        label_visibility="collapsed",
    )
    return _waiting(waiting, period, language) if way == "waiting" and waiting else _uploaded(period, language)


def _waiting(entries: Sequence[EditionEntry], period: str, language: Language) -> Draft:
    labels = {entry.label: entry.digest for entry in entries}
    label = st.selectbox(say(language, "Edition not in force"), list(labels), key="draft_waiting", width=330)
    draft = office.waiting_draft(labels.get(str(label), entries[0].digest), period)
    _draw_problems(draft.problems, language)
    return draft


def _uploaded(period: str, language: Language) -> Draft | None:
    file = st.file_uploader(say(language, "Workbook of the edition (.xlsx)"), key="draft_file")
    if file is None:
        st.caption(say(language, "Nothing is stored before you take the edition in below."))
        return None
    draft = office.draft(file.name, file.getvalue(), period)
    _draw_problems(draft.problems, language)
    if draft.edition is not None and draft.known:
        st.info(say(language, "This office has an edition with this very content already."))
    return draft


def _draw_problems(problems: Sequence[DraftProblem], language: Language) -> None:
    if not problems:
        return
    st.error(say(language, "{n} things are to be put right; nothing is stored.", n=len(problems)))
    columns = {
        "sheet": say(language, "Sheet"),
        "row": say(language, "Excel row"),
        "column": say(language, "Column"),
        "heading": say(language, "Heading"),
        "found": say(language, "Found"),
        "what": say(language, "Problem"),
        "advice": say(language, "What to do"),
    }
    draw_table(draft_problem_table(problems, language), columns, "draft_problems", say(language, "Problem"))
