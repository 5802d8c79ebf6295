"""Two numbers side by side in each row: what a community says of itself, and what was found there."""

import pandas as pd
import plotly.graph_objects as go

from beicha.ui.charts.theme import figure, literals
from beicha.words.colours import ACCENT, LOST

ROW = 38


def sides_chart(frame: pd.DataFrame, titles: tuple[str, str]) -> go.Figure:
    """Pairs of bars from the first row at the top; ``frame`` has the columns name, own and seen."""
    drawn = figure(70 + ROW * len(frame), left=8, right=48, top=30, bottom=8)
    names = literals(frame["name"])
    for column, title, colour in (("seen", titles[1], ACCENT), ("own", titles[0], LOST)):
        numbers = [float(value) for value in frame[column]]
        drawn.add_bar(
            x=numbers, y=names, name=title, orientation="h", marker={"color": colour},
            text=[f"{value:.2f}" for value in numbers], textposition="outside", cliponaxis=False,
            hovertemplate="%{y}<br>%{x:.2f}<extra></extra>",
        )  # fmt: skip
    drawn.update_layout(
        showlegend=True, barmode="group", bargap=0.3,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "reversed"},
    )  # fmt: skip
    drawn.update_yaxes(autorange="reversed", automargin=True, fixedrange=True, type="category")
    drawn.update_xaxes(visible=False, fixedrange=True, rangemode="tozero")
    return drawn
