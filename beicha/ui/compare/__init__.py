"""The page that puts two scores beside each other: its ways, the difference, the others, and self-report."""

from beicha.ui.compare.difference import draw_communities, draw_months
from beicha.ui.compare.others import draw_others
from beicha.ui.compare.verified import draw_verified_over
from beicha.ui.compare.ways import pick_way

__all__ = ["draw_communities", "draw_months", "draw_others", "draw_verified_over", "pick_way"]
