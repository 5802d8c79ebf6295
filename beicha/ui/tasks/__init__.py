"""The parts of the page of rectification tasks, and the form that makes one from a finding."""

from beicha.ui.tasks.counts import draw_counts, draw_where
from beicha.ui.tasks.making import draw_making
from beicha.ui.tasks.rows import draw_rows
from beicha.ui.tasks.stepping import draw_stepping

__all__ = ["draw_counts", "draw_making", "draw_rows", "draw_stepping", "draw_where"]
