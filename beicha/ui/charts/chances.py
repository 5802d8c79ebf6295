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
    low, high = _range(values, mark)
    side = "center" if 0.15 < (mark - low) / (high - low) < 0.85 else "left" if mark < (low + high) / 2 else "right"
    _write(drawn, texts[0], MARK, {"x": mark, "xanchor": side, "y": 1.0})
    _write(drawn, texts[1], MUTED, {"x": 0.0, "xref": "paper", "xanchor": "left", "y": 1.09})
    _write(drawn, texts[2], INK, {"x": 1.0, "xref": "paper", "xanchor": "right", "y": 1.09})
    drawn.update_layout(barmode="overlay")
    drawn.update_xaxes(
        fixedrange=True, zeroline=False, tickfont={"size": 11, "color": MUTED}, range=_range(values, mark)
    )
    drawn.update_yaxes(visible=False, fixedrange=True)
    return drawn


def _write(drawn: go.Figure, text: str, colour: str, place: dict[str, object]) -> None:
    font = {"size": 13, "color": colour}
    drawn.add_annotation(text=literal(text), showarrow=False, yref="paper", yanchor="bottom", font=font, **place)


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
