"""The page of warnings, and their number for other pages."""

from beicha.ui.alerts.listing import draw_alerts
from beicha.ui.alerts.number import draw_number

__all__ = ["draw_alerts", "draw_number"]
