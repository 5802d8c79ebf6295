"""Communities by sections: rates in percent as small gap bars, each cell opening the community at that section."""

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from beicha.actions.views.overview import Overview
from beicha.ui import links, office
from beicha.ui.tables import arrow, draw_table
from beicha.words.colours import SECOND
from beicha.words.language import Language, say


def draw_matrix(view: Overview, language: Language) -> None:
    """The matrix in the office's order; a click on a cell opens the community there."""
    st.subheader(say(language, "Communities by section"), anchor=False)
    codes, table = office.keep(lambda: _table(view, language), "matrix", *view.key, language)
    titles = list(view.section_titles.values())
    st.session_state["matrix_codes"], st.session_state["matrix_sections"] = codes, titles
    name = say(language, "Community")
    columns: dict[str, Any] = {title: _rate_column(title) for title in titles}
    columns[name] = st.column_config.TextColumn(name, pinned=True, width=104)
    alt = say(language, "Rates of each community in each section")
    draw_table(table, columns, "matrix", alt, on_select=_open_cell, mode="single-cell")
    st.caption(say(language, "Rates in percent; – where nothing counts. Click a cell to open it."))


def _rate_column(title: str) -> Any:
    return st.column_config.ProgressColumn(
        title, min_value=0, max_value=100, format="%.1f", color=SECOND, width=112, help=title
    )


def _table(view: Overview, language: Language) -> tuple[list[str], pa.Table]:
    """The codes of the rows, and the table."""
    order = view.ranking.sort_values("order", kind="stable").index
    rates = view.sections.loc[order].set_axis(list(view.section_titles.values()), axis="columns")
    names = view.ranking.loc[order, "name"].rename(say(language, "Community"))
    return list(order), arrow(pd.concat([names, rates], axis="columns"))


def _open_cell() -> None:
    cells = st.session_state["matrix"].selection.cells
    if cells:
        row, column = cells[0]
        section = column if column in st.session_state["matrix_sections"] else ""
        links.open_community(st.session_state["matrix_codes"][row], section=section)
