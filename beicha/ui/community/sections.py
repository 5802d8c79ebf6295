"""Got against full per section, and per criterion of the section chosen."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.charts.gap import gap_chart
from beicha.ui.tables import draw_table, number_columns
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain, score
from beicha.words.states import state_word


def draw_sections(view: CommunityView, language: Language) -> None:
    """The chart of sections with its table, and a click on a bar choosing the section."""
    st.subheader(say(language, "Got and lost by section"), anchor=False)
    st.session_state["section_titles"] = list(view.sections["title"])
    alt = say(language, "Points got and lost in each section")
    draw_chart(
        lambda: _sections_figure(view, language),
        "section_chart",
        alt,
        view.period,
        view.code,
        language,
        on_select=_choose_section,
    )
    with st.expander(say(language, "As a table"), on_change="rerun", key="section_table") as behind:
        if behind.open:
            _draw_table(view, language)


def _sections_figure(view: CommunityView, language: Language) -> go.Figure:
    rows = view.sections.to_dict("records")
    text = later("{title}: {got} of {full}, {rate}%; street {street}%")
    frame = pd.DataFrame(
        {
            "name": [f"{row['title']} ⚑" if row["gate_missed"] else row["title"] for row in rows],
            "got": view.sections["earned"],
            "full": view.sections["full"],
            "text": [f"{plain(row['earned'])} / {plain(row['full'])}" for row in rows],
            "hover": [
                say(
                    language,
                    text,
                    title=row["title"],
                    got=plain(row["earned"]),
                    full=plain(row["full"]),
                    rate=score(row["rate"]),
                    street=score(row["street_rate"]),
                )
                for row in rows
            ],
            "hatched": not view.reported,
        }
    )
    return gap_chart(frame, above=True)


def _choose_section() -> None:
    points = st.session_state["section_chart"].selection.points
    if points:
        st.session_state["section"] = st.session_state["section_titles"][points[0]["point_index"]]


def _draw_table(view: CommunityView, language: Language) -> None:
    names = {
        "title": say(language, "Section"),
        "losing": say(language, "Criteria losing points"),
    }
    numbers = {
        "earned": say(language, "Got"),
        "full": say(language, "Full"),
        "lost": say(language, "Lost"),
        "rate": say(language, "Rate %"),
        "street_rate": say(language, "Street %"),
        "gate": say(language, "Gate"),
    }
    order = ["title", "earned", "full", "lost", "rate", "street_rate", "gate", "losing"]
    columns = names | number_columns(numbers)
    draw_table(view.sections, columns, "sections", say(language, "Points got and lost in each section"), order=order)


def draw_criteria(criteria: pd.DataFrame, key: tuple[object, ...], language: Language, hatched: bool) -> None:
    """The chart of some criteria: got against full, each with its state's sign; a click opens the criterion."""
    st.session_state["criterion_labels"] = [f"{code} {title}" for code, title in criteria["title"].items()]
    alt = say(language, "Points got and lost in each criterion")
    draw_chart(
        lambda: _criteria_figure(criteria, language, hatched),
        "criterion_chart",
        alt,
        *key,
        language,
        on_select=_choose_criterion,
    )


def _criteria_figure(criteria: pd.DataFrame, language: Language, hatched: bool) -> go.Figure:
    rows = criteria.to_dict("records")
    frame = pd.DataFrame(
        {
            "name": [f"{state_word(row['state']).sign} {row['title']}" for row in rows],
            "got": criteria["earned"],
            "full": [row["points"] if row["counts"] else 0.0 for row in rows],
            "text": [
                f"{plain(row['earned'])} / {plain(row['points'])}"
                if row["counts"]
                else say(language, state_word(row["state"]).word)
                for row in rows
            ],
            "hover": [f"{row['title']}: {state_word(row['state']).said(language)}" for row in rows],
            "hatched": hatched,
        }
    )
    return gap_chart(frame, above=True)


def _choose_criterion() -> None:
    points = st.session_state["criterion_chart"].selection.points
    if points:
        st.session_state["criterion"] = st.session_state["criterion_labels"][points[0]["point_index"]]
