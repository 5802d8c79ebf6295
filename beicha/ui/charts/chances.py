"""What a draw may come to: how often which score, reached or not reached told apart by colour, side and word."""

import numpy as np
import plotly.graph_objects as go

from beicha.ui.charts.theme import figure, literal
from beicha.words.colours import ACCENT, INK, LOST, MARK, MUTED
from scoring.outcomes import Fractions

BINS = 40


def chances_chart(values: Fractions, weights: Fractions, mark: float, texts: tuple[str, str, str]) -> go.Figure:
    """Columns of how often a score comes up; ``texts`` stand at the mark, over what misses it and what reaches it."""
    drawn = figure(290, left=8, right=12, top=46, bottom=28)
    for reaching, colour in ((False, LOST), (True, ACCENT)):
        here = values >= mark - 1e-9 if reaching else values < mark - 1e-9
        centres, shares, width = _columns(values, weights, here, mark)
        drawn.add_bar(
            x=centres, y=100 * shares, width=width * 0.94, marker={"color": colour},
            hovertemplate="%{x:.2f}：%{y:.1f}%<extra></extra>",
        )  # fmt: skip
    line = {"color": MARK, "width": 1.5, "dash": "dash"}
    drawn.add_shape(type="line", x0=mark, x1=mark, y0=0, y1=1, yref="paper", line=line)
    for text, colour, anchor, place in (
        (texts[0], MARK, "center", 1.0), (texts[1], MUTED, "right", 1.09), (texts[2], INK, "left", 1.09)
    ):  # fmt: skip
        x, ref = (mark, "x") if anchor == "center" else (0.0 if anchor == "right" else 1.0, "paper")
        side = {"center": "center", "right": "left", "left": "right"}[anchor]
        drawn.add_annotation(
            x=x, xref=ref, y=place, yref="paper", yanchor="bottom", xanchor=side, text=literal(text), showarrow=False,
            font={"size": 13, "color": colour},
        )  # fmt: skip
    drawn.update_layout(barmode="overlay")
    drawn.update_xaxes(
        fixedrange=True, zeroline=False, tickfont={"size": 11, "color": MUTED}, range=_range(values, mark)
    )
    drawn.update_yaxes(visible=False, fixedrange=True)
    return drawn


def _range(values: Fractions, mark: float) -> list[float]:
    low, high = min(float(values.min()), mark), max(float(values.max()), mark)
    edge = max((high - low) * 0.06, 0.2)
    return [low - edge, high + edge]


def _columns(
    values: Fractions, weights: Fractions, here: np.ndarray, mark: float
) -> tuple[Fractions, Fractions, float]:
    """Columns of one width counted from the mark, so that none lies on both sides of it."""
    low, high = _range(values, mark)
    width = (high - low) / BINS
    numbers = np.floor((values[here] - mark) / width + 1e-9).astype(np.int64)
    kinds, places = np.unique(numbers, return_inverse=True)
    return mark + (kinds + 0.5) * width, np.bincount(places, weights[here], len(kinds)).astype(np.float64), width
