"""The gap chart, the product's face: one bar a row, what was got solid, what was lost light up to the full mark."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from beicha.ui.charts.theme import figure, literal, literals, shortened
from beicha.words.colours import ACCENT, INK, LINE, LOST, MARK, MUTED, UNREPORTED
from beicha.words.states import GREY

ROW_BESIDE, ROW_ABOVE = 27, 44
"""Pixels a row takes, with its name beside the bar and with its name above it."""

END_PIXELS = 78
"""Room for the numbers in a column behind the bars, however narrow the screen."""

SOLID: dict[str, Any] = {"color": ACCENT}
HATCHED: dict[str, Any] = {
    "color": UNREPORTED,
    "line": {"color": GREY, "width": 1},
    "pattern": {"shape": "/", "fillmode": "overlay", "fgcolor": GREY, "size": 7, "solidity": 0.25},
}


def gap_chart(frame: pd.DataFrame, *, mark: float | None = None, mark_text: str = "", above: bool = False) -> go.Figure:
    """Bars from the first row at the top to the last at the bottom.

    ``frame`` has the columns name, got, full (numbers of one unit), text (at the bar's end), hover, and hatched
    (True where what was got rests on no report of the month). A vertical line with ``mark_text`` stands at ``mark``.
    With ``above`` the names stand over the bars, for long ones. A click on a bar gives the row's number.
    """
    rows = len(frame)
    drawn = figure(
        _height(rows, above, mark),
        top=26 if mark is not None else 8,
        right=8 if above else END_PIXELS,
        bottom=4 if above else 26,
    )
    start, end = axis_range(frame)
    place = np.arange(rows, dtype=np.int16)
    got = np.maximum(frame["got"].to_numpy(np.float64), 0.0)
    got = np.nan_to_num(got)
    lost = np.maximum(frame["full"].to_numpy(np.float64) - got, 0.0)
    width = 0.34 if above else 0.62
    middle = place + (0.2 if above else 0.0)
    hover = literals(frame["hover"])
    hatched = frame["hatched"].to_numpy(bool)
    bars = [(np.where(hatched, 0.0, got), SOLID), (np.where(hatched, got, 0.0), HATCHED), (lost, {"color": LOST})]
    for length, marker in bars:
        drawn.add_bar(y=middle, x=length, orientation="h", width=width, marker=marker, **_hover(hover))
    drawn.update_layout(barmode="stack", bargap=0, xaxis=_value_axis(start, end, above), yaxis=_name_axis(frame, above))
    _write_ends(drawn, frame, place, end, above)
    if above:
        _write_names(drawn, frame, place, start)
    if mark is not None:
        _draw_mark(drawn, mark, mark_text)
    return drawn


def axis_range(frame: pd.DataFrame) -> tuple[float, float]:
    """Where the value axis starts and ends.

    It starts at 0, but for rows all at 60 or more out of 100 at the ten below the lowest: bars are read from the full
    mark leftwards there, and scores of 90 to 99 still tell apart.
    """
    end = float(max(frame["full"].max(), frame["got"].max(skipna=True) or 0.0)) if len(frame) else 1.0
    lowest = frame["got"].min()
    hundred = len(frame) > 0 and bool((frame["full"] == 100).all())
    if hundred and lowest >= 60:
        return float((lowest - 5) // 10 * 10), end
    return 0.0, end


def _height(rows: int, above: bool, mark: float | None) -> int:
    return max(rows, 1) * (ROW_ABOVE if above else ROW_BESIDE) + (26 if mark is not None else 8) + (4 if above else 26)


def _hover(hover: Any) -> dict[str, Any]:
    return {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>"}


def _value_axis(start: float, end: float, above: bool) -> dict[str, Any]:
    """The axis of what was got; without names above the bars, with its numbers below."""
    return {
        "range": [start, end],
        "fixedrange": True,
        "showgrid": not above,
        "gridcolor": "#EEF1F4",
        "zeroline": False,
        "tickfont": {"size": 11, "color": MUTED},
        "nticks": 6,
        "showticklabels": not above,
        "side": "bottom",
    }


def _name_axis(frame: pd.DataFrame, above: bool) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "range": [len(frame) - 0.5, -0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showticklabels": not above,
    }
    if not above:
        names = [literal(shortened(str(name), 9)) + "  " for name in frame["name"]]
        axis |= {"tickvals": np.arange(len(frame)), "ticktext": names, "automargin": True, "tickfont": {"color": INK}}
    return axis


def _write_ends(drawn: go.Figure, frame: pd.DataFrame, place: Any, end: float, above: bool) -> None:
    drawn.add_scatter(
        x=np.full(len(frame), end),
        y=place - (0.18 if above else 0.0),
        mode="text",
        text=literals(text if above else f" {text}" for text in frame["text"]),
        textposition="middle left" if above else "middle right",
        textfont={"size": 13, "color": INK},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _write_names(drawn: go.Figure, frame: pd.DataFrame, place: Any, start: float) -> None:
    drawn.add_scatter(
        x=np.full(len(frame), start),
        y=place - 0.18,
        mode="text",
        text=literals(shortened(str(name), 19) for name in frame["name"]),
        textposition="middle right",
        textfont={"size": 13, "color": INK},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _draw_mark(drawn: go.Figure, mark: float, text: str) -> None:
    line = {"color": MARK, "width": 1.5, "dash": "dash"}
    drawn.add_shape(type="line", x0=mark, x1=mark, y0=0, y1=1, yref="paper", line=line)
    note = {"size": 12, "color": MARK}
    drawn.add_annotation(x=mark, y=1, yref="paper", yanchor="bottom", text=literal(text), showarrow=False, font=note)
    drawn.update_xaxes(linecolor=LINE)
