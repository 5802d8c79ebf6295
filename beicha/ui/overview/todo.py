"""What to do first: the findings with the most points at stake, and who has not reported."""

import pandas as pd
import pyarrow as pa
import streamlit as st

from beicha.actions.views.overview import Overview
from beicha.ui import clock, links, office
from beicha.ui.person import holds
from beicha.ui.tables import arrow, draw_table, state_text
from beicha.ui.units import contact_columns, contacts
from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE

FIRST = 8


def draw_stakes(view: Overview, language: Language) -> None:
    """The findings that would raise the district score most; choosing one opens its rows."""
    st.subheader(say(language, "Most to win"), anchor=False)
    if view.stakes.empty:
        st.caption(say(language, "No points were lost here this month."))
        return
    first = view.stakes.head(FIRST)
    table = office.keep(lambda: _stakes_table(first, language), "stakes", *view.key, language)
    columns = {
        "stake": st.column_config.NumberColumn(say(language, "District +"), format="%.3f", width=68),
        "name": st.column_config.TextColumn(say(language, "Community"), width=82),
        "title": st.column_config.TextColumn(say(language, "Criterion"), width=146),
        "state": st.column_config.TextColumn(say(language, "State"), width=84),
    }
    st.session_state["stake_codes"] = list(zip(first["community"], first["criterion"], first["title"], strict=True))
    draw_table(table, columns, "stakes", say(language, "Findings with the most points at stake"), on_select=_open_stake)
    st.caption(say(language, "How much the district score rises if that one becomes met. Choose a row to open it."))


def _stakes_table(first: pd.DataFrame, language: Language) -> pa.Table:
    states = [state_text(state, language) for state in first["state"]]
    return arrow(first[["stake", "name", "title"]].assign(state=states))


def _open_stake() -> None:
    rows = st.session_state["stakes"].selection.rows
    if rows:
        community, criterion, title = st.session_state["stake_codes"][rows[0]]
        links.open_community(community, f"{criterion} {title}")


def draw_overdue(street: str, line: str, language: Language) -> None:
    """How many rectification tasks are overdue, and the way to them; for whoever sees tasks, where there are any."""
    if not holds("rows") or "tasks" not in st.session_state["pages"]:
        return
    tasks = office.tasks(street, line, clock.now())
    if tasks.rows:
        text = later("Overdue tasks: {late}, to be put right: {open}")
        label = say(language, text, late=tasks.total.late, open=tasks.count("open"))
        st.page_link(st.session_state["pages"]["tasks"], label=label, icon=":material/assignment_late:")


def draw_unreported(view: Overview, language: Language) -> None:
    """Who has no submission for the month, with the newest month there is."""
    st.subheader(say(language, "Not reported this month"), anchor=False)
    if view.unreported.empty:
        st.caption(say(language, "All communities in view reported."))
        return
    table = office.keep(lambda: arrow(_with_contacts(view)), "unreported", *view.key)
    columns = {
        "name": st.column_config.TextColumn(say(language, "Community")),
        "street": st.column_config.TextColumn(say(language, "Street")),
        "last": st.column_config.TextColumn(say(language, "Last reported")),
        "score": st.column_config.NumberColumn(say(language, "Score now"), format="%.2f"),
        **contact_columns(language),
    }
    st.session_state["unreported_codes"] = list(view.unreported.index)
    alt = say(language, "Communities without a submission this month")
    draw_table(table, columns, "unreported", alt, most=6, on_select=_open_unreported)


def _with_contacts(view: Overview) -> pd.DataFrame:
    """Who has not reported, with whom to call where somebody is named and the reader may see it."""
    people = contacts(view.period)
    named = {
        name: [getattr(people.get(code), name, "") for code in view.unreported.index] for name in ("contact", "phone")
    }
    shown = {name: texts for name, texts in named.items() if any(texts)}
    return view.unreported.replace({"last": {"": NONE}}).assign(**shown)


def _open_unreported() -> None:
    rows = st.session_state["unreported"].selection.rows
    if rows:
        links.open_community(st.session_state["unreported_codes"][rows[0]])
