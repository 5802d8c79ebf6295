"""The draw of the demo: what the office drew for the newest month before it set out."""

from datetime import datetime, time

from beicha.actions.opening import Store
from beicha.actions.spot_draws import Wish, draws_of, make_draw
from beicha.demo.arrivals import ZONE
from beicha.demo.district import LAST
from beicha.demo.reviewing import OFFICE
from scoring.periods import first_day, period_text

SEED = "20260601"


def draw_points(store: Store) -> None:
    """Draws once, two communities of each street with three points."""
    period = period_text(LAST)
    if not draws_of(OFFICE, store, period):
        at = datetime.combine(first_day(LAST).replace(day=3), time(8, 30), ZONE)
        make_draw(OFFICE, store, Wish(period, SEED, "inspections", per_street=2, points=3), now=at)
