"""A community's months beside its street and district."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.charts.trend import Series, trend_chart
from beicha.ui.tables import draw_table, number_columns
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain, score


def draw_trend(view: CommunityView, language: Language) -> None:
    """The trend, with the table behind it."""
    st.subheader(say(language, "Trend"), anchor=False)
    alt = say(language, "Score of each month")
    draw_chart(lambda: _figure(view, language), "community_trend", alt, view.code, language)
    with st.expander(say(language, "As a table"), on_change="rerun", key="community_trend_table") as behind:
        if behind.open:
            names = {"score": view.name, "street": say(language, "Street"), "district": say(language, "District")}
            columns = {"period": say(language, "Month")} | number_columns(names)
            order = ["period", "score", "street", "district"]
            draw_table(view.trend, columns, "trend_rows", say(language, "Score of each month"), order=order)


def _figure(view: CommunityView, language: Language) -> go.Figure:
    rows = view.trend.to_dict("records")
    frame = view.trend.assign(hover=[_hover(row, language) for row in rows])
    series = [Series("score", view.name, True)]
    series += [Series("street", view.street_name)] if view.street else []
    series += [Series("district", say(language, "District"))] if view.district else []
    mark, change = say(language, "pass mark {mark}", mark=plain(view.pass_mark)), say(language, "new edition")
    return trend_chart(frame, series, mark=view.pass_mark, mark_text=mark, change_text=change)


def _hover(row: dict[Any, Any], language: Language) -> str:
    text = later("{period}: {score}; street {street}, district {district}")
    numbers = {key: score(row[key]) for key in ("score", "street", "district")}
    return say(language, text, period=row["period"], **numbers)
