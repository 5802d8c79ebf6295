"""The parts of the review page, and what the reported communities see of it."""

from beicha.ui.review.banner import draw_returned, draw_review
from beicha.ui.review.deciding import draw_deciding
from beicha.ui.review.units import draw_counts, draw_units

__all__ = ["draw_counts", "draw_deciding", "draw_returned", "draw_review", "draw_units"]
