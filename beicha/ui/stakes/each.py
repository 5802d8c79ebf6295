"""What is at stake finding by finding; choosing one opens its rows."""

import streamlit as st

from beicha.actions.views.stakes import Stakes
from beicha.ui import links
from beicha.ui.tables import draw_table, state_text
from beicha.words.language import Language, later, say

MOST = 500
_KEY = "each_stake"


def draw_each(view: Stakes, language: Language) -> None:
    """The findings, those first that would raise the district most."""
    number = st.column_config.NumberColumn
    columns = {
        "name": st.column_config.TextColumn(say(language, "Community")),
        "what": st.column_config.TextColumn(say(language, "Criterion"), width="medium"),
        "gain": number(say(language, "District +"), format="%.3f"),
        "own": number(say(language, "Own +"), format="%.2f"),
        "state": st.column_config.TextColumn(say(language, "State")),
        "line": st.column_config.TextColumn(say(language, "Lead")),
        "street": st.column_config.TextColumn(say(language, "Street")),
    }
    first = view.each.head(MOST)
    what = [f"{code} {title}" for code, title in zip(first["criterion"], first["title"], strict=True)]
    states = [state_text(state, language) for state in first["state"]]
    st.session_state["each_stake_codes"] = list(zip(first["community"], what, strict=True))
    table = first.assign(what=what, state=states)[list(columns)]
    alt = say(language, "Findings with the most points at stake")
    draw_table(table, columns, _KEY, alt, most=15, on_select=_open)
    text = later(
        "How much the score of the district, and of the community itself, rises if that one becomes met. "
        "Choose a row to open it."
    )
    st.caption(say(language, text))


def _open() -> None:
    rows = st.session_state[_KEY].selection.rows
    if rows:
        links.open_community(*st.session_state["each_stake_codes"][rows[0]])
