"""What would change the chance: communities, criteria; and the worst draws, the streets."""

import pandas as pd
import streamlit as st

from beicha.actions.views.rehearsal import Rehearsal
from beicha.ui import links
from beicha.ui.tables import draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import score

_KEY = "rehearsal_communities"


def _in_percent(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.assign(**{column: 100 * frame[column] for column in columns})


def draw_communities(view: Rehearsal, language: Language) -> None:
    """How the chance changes if one community alone lost nothing; choosing one opens it."""
    st.subheader(say(language, "If one community lost nothing"), anchor=False)
    number = st.column_config.NumberColumn
    columns = {
        "name": st.column_config.TextColumn(say(language, "Community")),
        "change": number(say(language, "Chance + (points of 100)"), format="%.2f"),
        "score": number(say(language, "Score now"), format="%.2f"),
        "full": number(say(language, "Nothing lost"), format="%.2f"),
        "drawn": number(say(language, "Chance of being drawn"), format="%.0f%%"),
        "street": st.column_config.TextColumn(say(language, "Street")),
    }
    st.session_state["rehearsal_codes"] = [str(code) for code in view.communities.index]
    table = _in_percent(view.communities, "change", "drawn")[list(columns)].reset_index(drop=True)
    draw_table(table, columns, _KEY, say(language, "If one community lost nothing"), most=10, on_select=_open)


def _open() -> None:
    rows = st.session_state[_KEY].selection.rows
    if rows:
        links.open_community(st.session_state["rehearsal_codes"][rows[0]])


def draw_criteria(view: Rehearsal, language: Language) -> None:
    """How the chance changes if one criterion became met in all communities."""
    st.subheader(say(language, "If one criterion were met everywhere"), anchor=False)
    if view.criteria.empty:
        st.caption(say(language, "No points were lost here this month."))
        return
    number = st.column_config.NumberColumn
    columns = {
        "what": st.column_config.TextColumn(say(language, "Criterion"), width="medium"),
        "change": number(say(language, "Chance + (points of 100)"), format="%.2f"),
        "rise": number(say(language, "Mean +"), format="%.3f"),
        "communities": number(say(language, "Communities that lose by it"), format="%d"),
        "line": st.column_config.TextColumn(say(language, "Lead")),
        "remedy": st.column_config.TextColumn(say(language, "What to do")),
    }
    what = [f"{code} {title}" for code, title in view.criteria["title"].items()]
    table = _in_percent(view.criteria, "change").assign(what=what)[list(columns)].reset_index(drop=True)
    draw_table(table, columns, "rehearsal_criteria", say(language, "If one criterion were met everywhere"), most=10)


def draw_worst(view: Rehearsal, language: Language) -> None:
    """The draws that would come out lowest, by name."""
    st.subheader(say(language, "The worst draws"), anchor=False)
    for number, (value, streets) in enumerate(view.worst):
        title = say(language, "No. {n} from below: {score}", n=number + 1, score=score(value))
        with st.expander(literal(title), expanded=number == 0, key=f"worst-{number}"):
            st.markdown("\n".join(f"- **{literal(street)}** {literal('、'.join(names))}" for street, names in streets))


def draw_streets(view: Rehearsal, language: Language) -> None:
    """From which streets how many are drawn."""
    number = st.column_config.NumberColumn
    columns = {
        "name": st.column_config.TextColumn(say(language, "Street")),
        "drawn": number(say(language, "Drawn"), format="%d"),
        "communities": number(say(language, "Communities"), format="%d"),
        "mean": number(say(language, "Mean"), format="%.2f"),
        "unreported": number(say(language, "Not reported"), format="%d"),
    }
    text = later("{drawn} of {n} communities are drawn, without replacement, all draws of a street equally likely.")
    total, there = int(view.streets["drawn"].sum()), int(view.streets["communities"].sum())
    st.caption(say(language, text, drawn=total, n=there))
    with st.expander(say(language, "Streets"), key="rehearsal_streets"):
        table = view.streets[list(columns)].reset_index(drop=True)
        draw_table(table, columns, "rehearsal_street_rows", say(language, "Streets"), most=12)
