"""The list of findings with the reason of each in a sentence: lost points first, or all of them."""

import pandas as pd
import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.ui.community.sections import draw_criteria
from beicha.ui.tables import draw_table, state_text
from beicha.words.language import Language, later, say
from beicha.words.reasons import sentence
from scoring.edition import Bonus, Criterion, Edition, Veto

SHOWN = {"lost": later("Lost points"), "all": later("All criteria")}
VIEWS = {"list": later("List"), "chart": later("Chart")}


def draw_findings(view: CommunityView, edition: Edition, line: str, language: Language) -> None:
    """The findings of a section or all, of a line or all, as a list with reasons or as gap bars."""
    st.subheader(say(language, "Findings"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        section = _pick_section(view, language)
        shown = _pick_one("shown", say(language, "Which criteria"), SHOWN, language)
        form = _pick_one("form", say(language, "Shown as"), VIEWS, language)
    criteria = chosen_criteria(view, section, line, shown)
    if criteria.empty:
        st.caption(say(language, "No points were lost here this month."))
    elif form == "chart":
        key = (view.period, view.code, section, line, shown)
        draw_criteria(criteria, key, language, not view.reported)
    else:
        _draw_list(criteria, edition, language)


def chosen_criteria(view: CommunityView, section: str, line: str, shown: str) -> pd.DataFrame:
    """The criteria of a section's title and a line's code ('' for all), those that lost points or all of them."""
    criteria = view.lost if shown == "lost" else view.criteria
    titles = view.sections["title"]
    if section:
        criteria = criteria[criteria["section"].map(titles) == section]
    return criteria[criteria["lead"] == line] if line else criteria


def _pick_section(view: CommunityView, language: Language) -> str:
    everything = say(language, "All sections")
    options = [everything, *view.sections["title"]]
    label = say(language, "Section")
    chosen = st.selectbox(label, options, key="section", bind="query-params", width=220)
    return "" if chosen == everything else str(chosen)


def _pick_one(key: str, label: str, names: dict[str, str], language: Language) -> str:
    said = {say(language, name): code for code, name in names.items()}
    chosen = st.segmented_control(
        label, list(said), default=next(iter(said)), required=True, key=key, bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    return said.get(str(chosen), next(iter(names)))


def _draw_list(criteria: pd.DataFrame, edition: Edition, language: Language) -> None:
    table = pd.DataFrame(
        {
            "state": [state_text(state, language) for state in criteria["state"]],
            "title": criteria["title"],
            "lost": criteria["lost"],
            "points": criteria["points"],
            "why": [sentence(reason, edition, language) for reason in criteria["reason"]],
            "stake": criteria["stake"],
            "line": criteria["line"],
            "code": criteria.index,
        }
    )
    columns = {
        "state": st.column_config.TextColumn(say(language, "State"), width=96),
        "title": st.column_config.TextColumn(say(language, "Criterion"), width=220),
        "lost": st.column_config.NumberColumn(say(language, "Lost"), format="%.2f", width=64),
        "points": st.column_config.NumberColumn(say(language, "Full"), format="%.2f", width=64),
        "why": st.column_config.TextColumn(say(language, "Why"), width=430),
        "stake": st.column_config.NumberColumn(say(language, "District +"), format="%.3f", width=84),
        "line": st.column_config.TextColumn(say(language, "Line"), width=130),
        "code": st.column_config.TextColumn(say(language, "Code"), width=70),
    }
    st.session_state["finding_labels"] = [f"{code} {title}" for code, title in criteria["title"].items()]
    alt = say(language, "Findings with their reasons")
    draw_table(table, columns, "findings", alt, most=14, on_select=_choose_finding)


def _choose_finding() -> None:
    rows = st.session_state["findings"].selection.rows
    if rows:
        st.session_state["criterion"] = st.session_state["finding_labels"][rows[0]]


def pick_item(edition: Edition, language: Language) -> str:
    """The criterion, bonus or veto to open: chosen in the list, in a chart, or here; '' where none is."""
    items: list[Criterion | Bonus | Veto] = [*edition.criteria, *edition.bonuses, *edition.vetoes]
    labels = {f"{item.code} {item.title}": item.code for item in items}
    chosen = st.selectbox(
        say(language, "Open a criterion down to its rows"), list(labels), index=None, key="criterion",
        bind="query-params", placeholder=say(language, "Choose a row above, or a criterion here"),
    )  # fmt: skip
    return labels.get(str(chosen), "")
