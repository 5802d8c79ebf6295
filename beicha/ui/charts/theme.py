"""One calm look for every chart: white, one deep blue, greys; state colours are for states alone."""

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from beicha.words.colours import FONT, INK, LINE, PAPER

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
"""How the browser treats a figure: no toolbar in English, no zooming by accident on a phone."""


def figure(height: int, left: int = 8, right: int = 8, top: int = 8, bottom: int = 8) -> go.Figure:
    """An empty figure of that height in pixels, in the one look."""
    layout = {
        "template": None,
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": LINE,
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": INK},
        },
    }
    return go.Figure(layout=layout)


def literal(text: str) -> str:
    """A text as plotly shows it to the letter: plotly reads a few HTML tags."""
    return escape(text, quote=False)


def literals(texts: Any) -> np.ndarray[Any, Any]:
    """Texts as an array for plotly, each shown to the letter."""
    return np.array([literal(str(text)) for text in texts], dtype=object)


def shortened(text: str, most: int) -> str:
    """The text with at most so many characters, an ellipsis in place of the rest."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
