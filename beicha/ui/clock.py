"""Now and today, as pages hand them to actions: the real moment, and the day the office takes for today."""

from datetime import UTC, date, datetime

from beicha.ui import office
from beicha.words.times import zone


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The office's today: the demo's fixed day, else the day in the office's time zone."""
    fixed = office.demo_today()
    return date.fromisoformat(fixed) if fixed else now().astimezone(zone()).date()
