"""The parts of the page of spot checks."""

from beicha.ui.spot_checks.drawing import draw_drawing
from beicha.ui.spot_checks.entering import draw_entering
from beicha.ui.spot_checks.observations import draw_observations
from beicha.ui.spot_checks.parts import pick_part
from beicha.ui.spot_checks.verified import draw_verified

__all__ = ["draw_drawing", "draw_entering", "draw_observations", "draw_verified", "pick_part"]
