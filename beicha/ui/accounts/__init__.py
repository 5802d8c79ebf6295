"""The parts of the page of accounts: the list, one account opened, and a new one."""

from beicha.ui.accounts.listing import draw_list
from beicha.ui.accounts.making import draw_new
from beicha.ui.accounts.opened import draw_opened, opened

__all__ = ["draw_list", "draw_new", "draw_opened", "opened"]
