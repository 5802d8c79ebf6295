"""The parts of the page of points to win."""

from beicha.ui.stakes.each import draw_each
from beicha.ui.stakes.remedies import draw_remedies

__all__ = ["draw_each", "draw_remedies"]
