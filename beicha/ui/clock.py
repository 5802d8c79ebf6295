"""Now and today, as pages hand them to actions: the real moment, and the day the office takes for today."""

from datetime import UTC, date, datetime

from beicha.ui import office
from beicha.words.times import zone


def now() -> datetime:
    """The moment, aware, in UTC; in the demo this time of day on its fixed day."""
    moment = datetime.now(UTC)
    fixed = office.demo_today()
    if not fixed:
        return moment
    here = moment.astimezone(zone())
    return datetime.combine(date.fromisoformat(fixed), here.timetz()).astimezone(UTC)


def today() -> date:
    """The day of the moment in the office's time zone."""
    return now().astimezone(zone()).date()
