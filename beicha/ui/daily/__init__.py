"""The parts of the page of daily reports: writing one, the day of all on one page, and when reports are expected."""

from beicha.ui.daily.duty import draw_duty
from beicha.ui.daily.rollup import draw_rollup
from beicha.ui.daily.writing import draw_writing

__all__ = ["draw_duty", "draw_rollup", "draw_writing"]
