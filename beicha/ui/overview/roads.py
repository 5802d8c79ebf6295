"""From the district downwards: streets, and what each line of departments answers for."""

import pyarrow as pa
import streamlit as st

from beicha.actions.views.overview import Overview
from beicha.ui import links, office
from beicha.ui.tables import arrow, draw_table, number_columns
from beicha.words.language import Language, say


def draw_streets(view: Overview, language: Language) -> None:
    """The streets of the district; choosing one filters the page by it."""
    if view.streets.empty:
        return
    st.subheader(say(language, "Streets"), anchor=False)
    names = {"name": say(language, "Street"), "communities": say(language, "Communities")}
    names |= {"not_reported": say(language, "Not reported"), "score": say(language, "Score")}
    names |= {"distance": say(language, "To the pass mark")}
    numbers = number_columns({"score": names["score"], "distance": names["distance"]})
    st.session_state["street_codes"] = list(view.streets.index)
    order = ["name", "score", "distance", "communities", "not_reported"]
    alt = say(language, "Scores of the streets")
    table = office.keep(lambda: arrow(view.streets), "streets", *view.key)
    draw_table(table, names | numbers, "streets", alt, order=order, on_select=_open_street)


def _open_street() -> None:
    rows = st.session_state["streets"].selection.rows
    if rows:
        links.open_street(st.session_state["street_codes"][rows[0]])


def draw_lines(view: Overview, language: Language) -> None:
    """The lines: the score over the criteria each leads, and the points lost there."""
    st.subheader(say(language, "Lines"), anchor=False)
    names = {"title": say(language, "Line"), "score": say(language, "Score"), "lost": say(language, "Lost")}
    numbers = number_columns({"score": names["score"], "lost": names["lost"]})
    table = office.keep(lambda: _lines_table(view), "lines", *view.key)
    draw_table(table, {"title": names["title"]} | numbers, "lines", say(language, "Scores of the lines"))


def _lines_table(view: Overview) -> pa.Table:
    """The lines that lose most first."""
    return arrow(view.lines.sort_values("lost", ascending=False, kind="stable")[["title", "score", "lost"]])
