"""The tables that the office fills in once: areas and lines, fetched, changed in Excel, and taken in again."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from beicha.actions import areas, lines
from beicha.actions.areas import TableImport
from beicha.actions.opening import the_store
from beicha.actions.views.drafts import named_file
from beicha.ui import clock
from beicha.ui.downloads import draw_link
from beicha.ui.person import grant
from beicha.ui.tables import draw_problems
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

Uploaded = Any
"""A file as Streamlit hands it over: a name and bytes."""


def draw_areas(language: Language) -> None:
    """How many areas there are, the table to fetch, and the form to take one in."""
    st.subheader(say(language, "Areas"), anchor=False)
    kinds = [area.kind for area in areas.tree(grant(), the_store(), f"{clock.today():%Y-%m}")]
    districts, streets, communities = (kinds.count(kind) for kind in ("district", "street", "community"))
    text = later("{districts} districts, {streets} streets and {communities} communities this month.")
    if communities:
        st.caption(say(language, text, districts=districts, streets=streets, communities=communities))
    else:
        st.caption(say(language, "There are no areas yet. Download the table, fill it in, and take it in here."))
    draw_link(
        say(language, "Download the table of areas"), "/download/areas.xlsx", {"lang": language}, key="area_table"
    )
    with st.form("areas", clear_on_submit=True):
        file = st.file_uploader(say(language, "Table of areas (.xlsx)"), key="area_file")
        about = say(language, "What changes of areas already known holds from this month on. Leave it blank at first.")
        label = say(language, "Changes hold from month")
        since = st.text_input(label, placeholder="2026-01", max_chars=7, help=about, key="area_month").strip()
        sent = st.form_submit_button(say(language, "Take in"))
    if sent and file is not None:
        _take_in("area_result", file, lambda found: _import_areas(found, since or None))
    _draw_result("area_result", language)


def _import_areas(file: Uploaded, since: str | None) -> TableImport:
    return areas.import_areas(grant(), the_store(), _named(file), now=clock.now(), from_period=since)


def draw_lines(language: Language) -> None:
    """The lines there are, the table to fetch, and the form to take one in."""
    st.subheader(say(language, "Lines"), anchor=False)
    known = [literal(line.title) for line in lines.all_lines(grant(), the_store())]
    if known:
        st.caption("、".join(known))
    else:
        st.caption(say(language, "There are no lines yet. They come with the edition, or as a table."))
    draw_link(
        say(language, "Download the table of lines"), "/download/lines.xlsx", {"lang": language}, key="line_table"
    )
    with st.form("lines", clear_on_submit=True):
        file = st.file_uploader(say(language, "Table of lines (.xlsx)"), key="line_file")
        sent = st.form_submit_button(say(language, "Take in"))
    if sent and file is not None:
        _take_in(
            "line_result", file, lambda found: lines.import_lines(grant(), the_store(), _named(found), now=clock.now())
        )
    _draw_result("line_result", language)


def _named(file: Uploaded) -> Any:
    return named_file(file.name, file.getvalue())


def _take_in(key: str, file: Uploaded, take: Callable[[Uploaded], TableImport]) -> None:
    """Takes the table in and remembers what came of it; what was stored shows on the whole page at once."""
    st.session_state[key] = take(file)
    st.rerun()


def _draw_result(key: str, language: Language) -> None:
    result: TableImport | None = st.session_state.pop(key, None)
    if result is None:
        return
    if result.stored:
        st.success(say(language, "Taken in."))
    else:
        st.error(say(language, "Nothing was stored: the table has errors."))
    told = [
        (say(language, "Added"), result.added),
        (say(language, "Changed"), result.changed),
        (say(language, "Ending"), result.closed),
        (say(language, "Absent from the table, kept as they are"), result.absent),
    ]
    lines_ = [f"- **{name}（{len(names)}）** {_some(names)}" for name, names in told if names]
    if lines_:
        st.markdown("\n".join(lines_))
    if result.problems:
        draw_problems(result.problems, f"{key}_problems", language)


def _some(names: Sequence[str]) -> str:
    """The first dozen names, and that there are more."""
    return literal("、".join(names[:12])) + ("…" if len(names) > 12 else "")
