"""The score over the months, broken where the edition changes."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from beicha.actions.views.overview import Overview
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.charts.trend import Series, trend_chart
from beicha.ui.tables import draw_table, number_columns
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain, score


def draw_trend(view: Overview, language: Language) -> None:
    """The trend of the area in view, with the table behind it."""
    st.subheader(say(language, "Trend"), anchor=False)
    alt = say(language, "Score of each month")
    draw_chart(lambda: _figure(view, language), "trend_chart", alt, view.area, language)
    with st.expander(say(language, "As a table"), on_change="rerun", key="trend_table") as behind:
        if behind.open:
            names = {"period": say(language, "Month"), "reported": say(language, "Reported")}
            names |= {"communities": say(language, "Communities")}
            columns = names | number_columns({"score": say(language, "Score")})
            order = ["period", "score", "reported", "communities"]
            draw_table(view.trend, columns, "trend_rows", say(language, "Score of each month"), order=order)


def _figure(view: Overview, language: Language) -> go.Figure:
    frame = view.trend.assign(hover=[_hover(row, language) for _, row in view.trend.iterrows()])
    name = view.name or say(language, "All areas")
    mark = say(language, "pass mark {mark}", mark=plain(view.pass_mark))
    change = say(language, "new edition")
    return trend_chart(frame, [Series("score", name, True)], mark=view.pass_mark, mark_text=mark, change_text=change)


def _hover(row: "pd.Series[Any]", language: Language) -> str:
    text = later("{period}: {score}; {reported} of {n} reported")
    return say(
        language, text, period=row["period"], score=score(row["score"]), reported=row["reported"], n=row["communities"]
    )
