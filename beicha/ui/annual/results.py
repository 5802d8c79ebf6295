"""The year's results: communities by class and place with their months, and lines; choosing one opens it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.awards import rule_text
from beicha.actions.views.annual import AnnualView
from beicha.ui import links
from beicha.ui.downloads import draw_link
from beicha.ui.metrics import card
from beicha.ui.person import holds
from beicha.ui.tables import arrow, draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.numbers import plain, score

_KEY = "annual_communities"


def pick_year(years: Sequence[int], language: Language) -> tuple[int, bool]:
    """The year, and whether what is not final is taken in."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        year = st.selectbox(say(language, "Year"), list(years), key="annual_year", bind="query-params", width=150)
        name = say(language, "Take in what is not final (the paper says so)")
        unreviewed = st.toggle(name, key="annual_unreviewed")
    return int(year or years[0]), unreviewed


def draw_communities(view: AnnualView, language: Language) -> None:
    """Numbers, downloads, and the table."""
    table = view.communities
    ranked = table[table["place"] > 0]
    with st.grid(4, min_column_width=140, gap="small"):
        card(say(language, "Months"), str(len(view.months)), say(language, "with a score in this year"))
        card(say(language, "Ranked"), f"{len(ranked)} / {len(table)}", say(language, "communities"))
        card(say(language, "Awards"), str(int((table["award"] != "").sum())), say(language, "by the rule below"))
        mean = float(ranked["score"].mean()) if len(ranked) else float("nan")
        card(say(language, "Mean of the year"), score(mean), view.edition)
    if view.left_out:
        told = "、".join(f"{name}（{number}）" for name, number in view.left_out.items())
        st.caption(literal(say(language, "Months that are not final and not taken in: {names}.", names=told)))
    _draw_links(view, language)
    st.caption(literal(rule_text(view.rule)))
    if len(view.years) > 1:
        weights = "、".join(f"{year} × {plain(weight)}" for year, weight in view.years)
        st.caption(literal(say(language, "Cycle: {years}", years=weights)))
    st.session_state["annual_codes"] = [str(code) for code in table.index]
    columns = _columns(view, language)
    shown = table.assign(place=table["place"].where(table["place"] > 0))[list(columns)]
    for column in ("band", "award", "bars"):
        shown[column] = shown[column].where(shown[column] != "", None)
    alt = say(language, "Results of the year")
    draw_table(arrow(shown.reset_index(drop=True)), columns, _KEY, alt, most=30, on_select=_open)


def _columns(view: AnnualView, language: Language) -> dict[str, Any]:
    number = st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "rank_class": say(language, "Class"),
        "place": number(say(language, "Rank"), format="%d"),
        "name": say(language, "Community"),
        "score": number(say(language, "Year"), format="%.2f"),
        "band": say(language, "Band"),
        "award": say(language, "Award"),
        "cycle": number(say(language, "Cycle"), format="%.2f"),
        "bars": say(language, "No award because of"),
    }
    return columns | {period: number(period, format="%.2f") for period in view.months}


def _open() -> None:
    rows = st.session_state[_KEY].selection.rows
    if rows:
        links.open_community(st.session_state["annual_codes"][rows[0]])


def _draw_links(view: AnnualView, language: Language) -> None:
    values = {"year": str(view.year), "unreviewed": "1" if view.unreviewed else "", "lang": language}
    with st.container(horizontal=True, gap="small"):
        draw_link(say(language, "Download this page (.xlsx)"), "/download/annual.xlsx", values)
        if holds("papers"):
            draw_link(say(language, "Notice of the year (.docx)"), "/download/annual.docx", values)


def draw_lines(view: AnnualView, language: Language) -> None:
    """The lines, month by month."""
    st.subheader(say(language, "Lines"), anchor=False)
    number = st.column_config.NumberColumn
    columns: dict[str, Any] = {"title": say(language, "Line"), "score": number(say(language, "Year"), format="%.2f")}
    columns |= {period: number(period, format="%.2f") for period in view.months}
    table: pd.DataFrame = view.lines[list(columns)].reset_index(drop=True)
    draw_table(arrow(table), columns, "annual_lines", say(language, "Lines with their year"))
