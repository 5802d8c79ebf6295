"""The parts of the page of rectification tasks, and the form that makes one from a finding."""

from beicha.ui.tasks.board import draw_board
from beicha.ui.tasks.bulk import draw_bulk
from beicha.ui.tasks.counts import draw_counts, draw_where
from beicha.ui.tasks.making import draw_making
from beicha.ui.tasks.noting import draw_noting
from beicha.ui.tasks.ways import draw_list, pick_way

__all__ = [
    "draw_board",
    "draw_bulk",
    "draw_counts",
    "draw_list",
    "draw_making",
    "draw_noting",
    "draw_where",
    "pick_way",
]
