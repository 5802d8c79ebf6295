"""The parts of the page of a year's results."""

from beicha.ui.annual.results import draw_communities, draw_lines, pick_year
from beicha.ui.annual.rule import draw_rule

__all__ = ["draw_communities", "draw_lines", "draw_rule", "pick_year"]
