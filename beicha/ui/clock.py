"""Now and today, as pages hand them to actions: the real moment, and the day the office takes for today."""

from datetime import UTC, date, datetime

from beicha.ui import office
from beicha.words.times import on_day, zone


def now() -> datetime:
    """The moment, aware, in UTC; in the demo this time of day on its fixed day."""
    return on_day(datetime.now(UTC), office.demo_today())


def today() -> date:
    """The day of the moment in the office's time zone."""
    return now().astimezone(zone()).date()
