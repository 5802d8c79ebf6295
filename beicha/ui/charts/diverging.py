"""What was gained to the right of a line, what was lost to the left of it, each with its name above and its number."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from beicha.ui.charts.theme import figure, literal, literals, shortened
from beicha.words.colours import ACCENT, INK, MUTED, PAPER, SECOND
from beicha.words.numbers import signed

ROW, FOOT = 44, 8
LONGEST_NAME = 26
ROOM = 0.3
"""Beside the longest bar, as a part of the whole, for its number."""


def diverging_chart(frame: pd.DataFrame) -> go.Figure:
    """Bars from the first row at the top; ``frame`` has the columns name, value and hover.

    A click on a bar gives the row's number.
    """
    drawn = figure(max(len(frame), 1) * ROW + FOOT, left=8, right=8, top=0, bottom=FOOT)
    values = frame["value"].to_numpy(np.float64)
    place = np.arange(len(frame))
    drawn.add_bar(
        x=values, y=place + 0.2, orientation="h", width=0.34, textposition="outside", cliponaxis=False,
        marker={"color": [ACCENT if value >= 0 else SECOND for value in values]},
        text=[signed(value) for value in values], textfont={"color": INK},
        customdata=literals(frame["hover"]), hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    for number, name in enumerate(frame["name"]):
        drawn.add_annotation(
            x=0, xref="paper", y=number - 0.2, text=literal(shortened(str(name), LONGEST_NAME)), showarrow=False,
            xanchor="left", xshift=4, bgcolor=PAPER, borderpad=1, font={"size": 12, "color": INK},
        )  # fmt: skip
    drawn.update_xaxes(
        visible=True, showticklabels=False, showgrid=False, zeroline=True, zerolinecolor=MUTED, zerolinewidth=1,
        fixedrange=True, range=value_range(values),
    )  # fmt: skip
    drawn.update_yaxes(visible=False, fixedrange=True, range=[len(frame) - 0.5, -0.5])
    return drawn


def value_range(values: np.ndarray) -> list[float]:
    """The ends of the axis, with room for the numbers beside the longest bars."""
    low, high = min(float(values.min(initial=0.0)), 0.0), max(float(values.max(initial=0.0)), 0.0)
    span = (high - low) or 1.0
    return [low - (span * ROOM if low < 0 else 0.0), high + (span * ROOM if high > 0 else 0.0)]
