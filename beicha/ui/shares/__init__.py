"""The parts of the page of share links: a new one, what was just made, the list, and what the office allows."""

from beicha.ui.shares.leading import draw_share_button
from beicha.ui.shares.listing import draw_list
from beicha.ui.shares.made import draw_made
from beicha.ui.shares.making import draw_new
from beicha.ui.shares.policy import draw_policy

__all__ = ["draw_list", "draw_made", "draw_new", "draw_policy", "draw_share_button"]
