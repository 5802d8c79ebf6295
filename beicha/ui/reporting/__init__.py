"""The parts of the reporting page, each drawn from the one view."""

from beicha.ui.reporting.headline import draw_headline
from beicha.ui.reporting.reminding import draw_reminder
from beicha.ui.reporting.units import draw_streets, draw_units

__all__ = ["draw_headline", "draw_reminder", "draw_streets", "draw_units"]
