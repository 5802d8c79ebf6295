"""The parts of the overview page, each drawn from the one view."""

from beicha.ui.overview.gaps import draw_gaps
from beicha.ui.overview.headline import draw_headline
from beicha.ui.overview.matrix import draw_matrix
from beicha.ui.overview.roads import draw_lines, draw_streets
from beicha.ui.overview.todo import draw_overdue, draw_stakes, draw_unreported
from beicha.ui.overview.trend import draw_trend

__all__ = [
    "draw_gaps",
    "draw_headline",
    "draw_lines",
    "draw_matrix",
    "draw_overdue",
    "draw_stakes",
    "draw_streets",
    "draw_trend",
    "draw_unreported",
]
