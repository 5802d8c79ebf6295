"""A community beside the others of its street, class and district: the difference, and all criteria with the means."""

from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.views.compare_reading import Beside, CompareAsk
from beicha.ui import links, office
from beicha.ui.compare.difference import draw_comparison
from beicha.ui.compare.ways import pick_group
from beicha.ui.frame import Frame
from beicha.ui.tables import arrow, draw_table, number_columns, state_text
from beicha.words.compare import GROUPS, group_text
from beicha.words.language import Language, later, say

_TABLE = "compare_others"


def draw_others(frame: Frame) -> None:
    """The community beside the chosen group, and the table beside all of them."""
    language = frame.language
    known = office.beside(CompareAsk("others", frame.period, "", frame.community, "", frame.line))
    if known is None or known.comparison is None:
        text = later("You do not see all the others of this street, class or district, so there are no means to show.")
        st.caption(say(language, text))
        return
    ask = CompareAsk("others", frame.period, pick_group(list(known.counts), language), frame.community, "", frame.line)
    found = office.beside(ask)
    assert found is not None
    assert found.comparison is not None
    unseen = [group for group in GROUPS if group not in found.counts]
    if unseen:
        names = "、".join(group_text(group, language) for group in unseen)
        st.caption(say(language, "Not everybody there is seen, or nobody else is there: {names}.", names=names))
    draw_comparison(found.comparison, ask, language)
    _draw_means(found, frame)


def _draw_means(found: Beside, frame: Frame) -> None:
    language = frame.language
    st.subheader(say(language, "All criteria beside the means"), anchor=False)
    columns = _columns(found, language)
    key = (_TABLE, frame.period, frame.community, frame.line, language)
    table = office.keep(lambda: arrow(_table(found.criteria, language)[list(columns)]), *key)
    rows = found.criteria.to_dict("records")
    places = [(frame.community, frame.period, f"{row['criterion']} {row['title']}") for row in rows]
    st.session_state[f"{_TABLE}_places"] = places
    alt = say(language, "All criteria beside the means")
    draw_table(table, columns, _TABLE, alt, most=20, on_select=_open_row)
    st.caption(say(language, "The means are those of the others for whom the criterion counts."))


def _columns(found: Beside, language: Language) -> dict[str, Any]:
    titles = {"rate": say(language, "Rate %"), "lost": say(language, "Lost")}
    for group in found.counts:
        name = group_text(group, language)
        titles[f"{group}_rate"] = say(language, "{name}: rate %", name=name)
        titles[f"{group}_lost"] = say(language, "{name}: lost", name=name)
    return {
        "title": st.column_config.TextColumn(say(language, "Criterion"), width=210),
        "state": st.column_config.TextColumn(say(language, "State"), width=96),
        **number_columns(titles),
    }


def _table(criteria: pd.DataFrame, language: Language) -> pd.DataFrame:
    percents = {str(column): 100.0 * criteria[column] for column in criteria if str(column).endswith("rate")}
    states = [state_text(state, language) for state in criteria["state"]]
    return criteria.assign(**percents, state=states, title=criteria["criterion"] + " " + criteria["title"])


def _open_row() -> None:
    rows = st.session_state[_TABLE].selection.rows
    if rows:
        links.open_finding(*st.session_state[f"{_TABLE}_places"][rows[0]])
