"""The page of what falls due: the month, its dates, its items with who has them and who has not."""

from beicha.ui.calendar.month import draw_month, pick_month

__all__ = ["draw_month", "pick_month"]
