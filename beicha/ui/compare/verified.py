"""Self-report beside verification of one community over its months, and one of them criterion by criterion."""

import pandas as pd
import streamlit as st

from beicha.ui import links, office
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.charts.sides import sides_chart
from beicha.ui.downloads import draw_link
from beicha.ui.frame import Frame
from beicha.ui.tables import arrow, draw_table, number_columns
from beicha.words.language import Language, later, say

_TABLE = "compare_verified"
SHOWN = 12


def draw_verified_over(frame: Frame) -> None:
    """The months, then the criteria of the one that is chosen."""
    language = frame.language
    by_month, criteria = office.verified_over(frame.community, frame.line)
    if by_month.empty:
        st.caption(say(language, "No criterion of this community was both reported and verified on site so far."))
    else:
        _draw_months(by_month, language)
        _draw_criteria(criteria, list(by_month["period"])[::-1], frame)
        values = {"way": "verified", "period": frame.period, "community": frame.community, "line": frame.line}
        draw_link(say(language, "Download this page (.xlsx)"), "/download/compare.xlsx", values | {"lang": language})
    if "spot_checks" in st.session_state["pages"]:
        label = say(language, "All communities of one month: spot checks")
        st.page_link(st.session_state["pages"]["spot_checks"], label=label, icon=":material/fact_check:")


def _draw_months(by_month: pd.DataFrame, language: Language) -> None:
    last = by_month.tail(SHOWN)
    drawn = pd.DataFrame({"name": last["period"], "own": 100 * last["own"], "seen": 100 * last["seen"]})
    titles = (say(language, "Self-report %"), say(language, "Verification %"))
    key = tuple(map(tuple, drawn.to_numpy().tolist()))
    draw_chart(lambda: sides_chart(drawn, titles), "compare_sides", " / ".join(titles), key, titles)
    text = later("Of the points of the criteria that were both reported and verified in that month.")
    st.caption(say(language, text))
    table = by_month.iloc[::-1].assign(own=100 * by_month["own"], seen=100 * by_month["seen"])
    columns = {
        "period": say(language, "Month"),
        "verified": say(language, "Verified criteria"),
        **number_columns({"own": titles[0], "seen": titles[1], "points": say(language, "Points")}),
        **number_columns(_numbers(language)),
    }
    alt = say(language, "Self-report and verification")
    draw_table(arrow(table[list(columns)]), columns, "compare_verified_months", alt)


def _numbers(language: Language) -> dict[str, str]:
    return {
        "self_points": say(language, "Self-reported points"),
        "found_points": say(language, "Verified points"),
        "lead": say(language, "Ahead by"),
    }


def _draw_criteria(criteria: pd.DataFrame, months: list[str], frame: Frame) -> None:
    language = frame.language
    st.subheader(say(language, "By criterion"), anchor=False)
    first = months.index(frame.period) if frame.period in months else 0
    label = say(language, "Month that was verified")
    period = st.selectbox(label, months, index=first, key=f"compare_verified_{frame.community}", width=150)
    shown = criteria[criteria["period"] == period].sort_values("lead", ascending=False, kind="stable")
    columns = {
        "label": st.column_config.TextColumn(say(language, "Criterion"), width=210),
        **number_columns({"points": say(language, "Points")} | _numbers(language)),
    }
    labels = shown["criterion"] + " " + shown["title"]
    st.session_state[f"{_TABLE}_places"] = [(frame.community, period, label) for label in labels]
    table = arrow(shown.assign(label=labels)[list(columns)])
    draw_table(table, columns, _TABLE, say(language, "By criterion"), on_select=_open_row)
    st.caption(say(language, "Choose a row to open the criterion."))


def _open_row() -> None:
    rows = st.session_state[_TABLE].selection.rows
    if rows:
        links.open_finding(*st.session_state[f"{_TABLE}_places"][rows[0]])
