"""The parts of the page that shows the audit."""

from beicha.ui.audit.chain import draw_chain
from beicha.ui.audit.filters import pick
from beicha.ui.audit.rows import draw_rows

__all__ = ["draw_chain", "draw_rows", "pick"]
