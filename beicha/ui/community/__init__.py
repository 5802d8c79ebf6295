"""The parts of a community's page, each drawn from the one view."""

from beicha.ui.community.extra import draw_extra
from beicha.ui.community.finding import draw_finding
from beicha.ui.community.findings import draw_findings, pick_item
from beicha.ui.community.headline import draw_headline
from beicha.ui.community.sections import draw_sections
from beicha.ui.community.trend import draw_trend
from beicha.ui.community.unmatched import draw_unmatched

__all__ = [
    "draw_extra",
    "draw_finding",
    "draw_findings",
    "draw_headline",
    "draw_sections",
    "draw_trend",
    "draw_unmatched",
    "pick_item",
]
