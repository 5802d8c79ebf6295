"""Scores over the months: one line, broken where the edition changes, with the pass mark and lines to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from beicha.ui.charts.theme import figure, literal, literals
from beicha.words.colours import ACCENT, MARK, MUTED, SECOND


@dataclass(frozen=True)
class Series:
    """One line: its column in the frame, its name, and whether it is the one the chart is about."""

    column: str
    name: str
    main: bool = False


def trend_chart(
    frame: pd.DataFrame, series: Sequence[Series], *, mark: float, mark_text: str, change_text: str
) -> go.Figure:
    """Lines over the months.

    ``frame`` has the columns period ("YYYY-MM", ascending), edition (equal while the same edition is in force), one
    column of scores for each series (NaN where there is none) and hover. Every line has a gap where the edition
    changes, and ``change_text`` stands there.
    """
    drawn = figure(270, left=8, right=12, top=24, bottom=8)
    place = np.arange(len(frame), dtype=np.int16)
    changes = np.flatnonzero(frame["edition"].to_numpy()[1:] != frame["edition"].to_numpy()[:-1]) + 1
    dashes = iter(("dot", "dash", "dashdot"))
    for line in series:
        drawn.add_scatter(**_line(frame, place, changes, line, "solid" if line.main else next(dashes)))
    for change in changes:
        _draw_change(drawn, float(change) - 0.5, change_text)
    _draw_mark(drawn, mark, mark_text)
    drawn.update_layout(
        xaxis=_month_axis(frame),
        yaxis=_score_axis(frame, series, mark),
        showlegend=len(series) > 1,
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 12, "color": MUTED}},
    )
    return drawn


def month_labels(periods: Sequence[str]) -> list[str]:
    """Short names of months under an axis: the year only where it starts anew."""
    labels = []
    for number, period in enumerate(periods):
        year, month = period.split("-")
        labels.append(f"{int(month)}<br>{year}" if number == 0 or month == "01" else str(int(month)))
    return labels


def _line(frame: pd.DataFrame, place: Any, changes: Any, line: Series, dash: str) -> dict[str, Any]:
    """The line's points with an empty one at every change of the edition."""
    scores = np.insert(frame[line.column].to_numpy(np.float64), changes, np.nan)
    hover = np.insert(literals(frame["hover"]), changes, "")
    x = np.insert(place.astype(np.float64), changes, changes - 0.5)
    colour = ACCENT if line.main else SECOND
    return {
        "x": x,
        "y": scores,
        "name": literal(line.name),
        "mode": "lines+markers" if line.main else "lines",
        "line": {"color": colour, "width": 2.5 if line.main else 1.5, "dash": dash},
        "marker": {"size": 7, "color": colour},
        "connectgaps": False,
        "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>" if line.main else None,
        "hoverinfo": None if line.main else "skip",
    }


def _draw_change(drawn: go.Figure, place: float, text: str) -> None:
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    drawn.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line=line)
    note = {"size": 11, "color": MUTED}
    drawn.add_annotation(x=place, y=1, yref="paper", yanchor="bottom", text=literal(text), showarrow=False, font=note)


def _draw_mark(drawn: go.Figure, mark: float, text: str) -> None:
    line = {"color": MARK, "width": 1.2, "dash": "dash"}
    drawn.add_shape(type="line", x0=0, x1=1, xref="paper", y0=mark, y1=mark, line=line)
    note = {"size": 11, "color": MARK}
    place = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": mark,
        "yanchor": "bottom",
        "bgcolor": "rgba(255,255,255,0.8)",
    }
    drawn.add_annotation(text=literal(text), showarrow=False, font=note, **place)


def _month_axis(frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "range": [-0.4, max(len(frame) - 0.6, 0.6)],
        "tickvals": np.arange(len(frame)),
        "ticktext": month_labels(list(frame["period"])),
        "tickfont": {"size": 11, "color": MUTED},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _score_axis(frame: pd.DataFrame, series: Sequence[Series], mark: float) -> dict[str, Any]:
    """From a ten below the lowest value to a ten above the highest, the pass mark included."""
    values = frame[[line.column for line in series]].to_numpy(np.float64)
    known = values[~np.isnan(values)]
    low = min(float(known.min()) if len(known) else mark, mark)
    high = max(float(known.max()) if len(known) else mark, mark)
    return {
        "range": [max(np.floor((low - 3) / 5) * 5, 0), np.ceil((high + 3) / 5) * 5],
        "tickfont": {"size": 11, "color": MUTED},
        "fixedrange": True,
        "gridcolor": "#EEF1F4",
        "zeroline": False,
        "automargin": True,
        "nticks": 6,
    }
