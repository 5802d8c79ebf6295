"""The parts of the checklist page."""

from beicha.ui.checklist.changes import draw_changes, draw_differences
from beicha.ui.checklist.criteria import draw_criteria, draw_extras
from beicha.ui.checklist.summary import draw_summary, pick_edition, pick_scope

__all__ = [
    "draw_changes",
    "draw_criteria",
    "draw_differences",
    "draw_extras",
    "draw_summary",
    "pick_edition",
    "pick_scope",
]
