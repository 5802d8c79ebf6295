"""The parts of the rehearsal page."""

from beicha.ui.rehearsal.asking import pick_wish
from beicha.ui.rehearsal.enough import draw_enough
from beicha.ui.rehearsal.on_day import draw_leaving, pick_day, readiness_on
from beicha.ui.rehearsal.outlook import draw_outlook
from beicha.ui.rehearsal.tables import draw_communities, draw_criteria, draw_streets, draw_worst

__all__ = [
    "draw_communities",
    "draw_criteria",
    "draw_enough",
    "draw_leaving",
    "draw_outlook",
    "draw_streets",
    "draw_worst",
    "pick_day",
    "pick_wish",
    "readiness_on",
]
