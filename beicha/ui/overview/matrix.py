"""Communities by sections: rates in percent, each cell opening the community at that section."""

import pandas as pd
import streamlit as st

from beicha.actions.views.overview import Overview
from beicha.ui import links
from beicha.ui.tables import coloured, draw_table
from beicha.words.language import Language, say


def draw_matrix(view: Overview, language: Language) -> None:
    """The matrix in the office's order; a click on a cell opens the community there."""
    st.subheader(say(language, "Communities by section"), anchor=False)
    order = view.ranking.sort_values("order", kind="stable").index
    titles = list(view.section_titles.values())
    rates = view.sections.loc[order].set_axis(titles, axis="columns")
    name = say(language, "Community")
    table = pd.concat([view.ranking.loc[order, "name"].rename(name), rates], axis="columns").reset_index(drop=True)
    st.session_state["matrix_codes"] = list(order)
    st.session_state["matrix_sections"] = titles
    pinned = {name: st.column_config.TextColumn(name, pinned=True, width=110)}
    alt = say(language, "Rates of each community in each section")
    shown = coloured(table, titles, view.pass_mark)
    draw_table(shown, pinned, "matrix", alt, on_select=_open_cell, mode="single-cell")
    st.caption(say(language, "Rates in percent; – where nothing counts. Click a cell to open it."))


def _open_cell() -> None:
    cells = st.session_state["matrix"].selection.cells
    if cells:
        row, column = cells[0]
        section = column if column in st.session_state["matrix_sections"] else ""
        links.open_community(st.session_state["matrix_codes"][row], section=section)
