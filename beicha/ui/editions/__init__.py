"""The parts of the page on which a new edition is made and put in force."""

from beicha.ui.editions.choosing import draw_download, pick_draft
from beicha.ui.editions.effect import draw_effect
from beicha.ui.editions.taking import draw_taking

__all__ = ["draw_download", "draw_effect", "draw_taking", "pick_draft"]
