"""The parts of the page of papers: one kind to be made, those that went out, and the office's own forms."""

from beicha.ui.papers.forms import draw_forms
from beicha.ui.papers.issued import draw_issued
from beicha.ui.papers.making import draw_making

__all__ = ["draw_forms", "draw_issued", "draw_making"]
