"""The parts of the page of accounts: the list, one account opened, a new one, and many from a table."""

from beicha.ui.accounts.importing import draw_import, draw_ticket
from beicha.ui.accounts.listing import draw_list
from beicha.ui.accounts.making import draw_new
from beicha.ui.accounts.opened import draw_opened, opened

__all__ = ["draw_import", "draw_list", "draw_new", "draw_opened", "draw_ticket", "opened"]
