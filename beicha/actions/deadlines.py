"""When a month is due: a day of the following month that the office sets, to its end in the office's time zone."""

from datetime import date, datetime

from beicha.words.times import zone
from scoring.periods import first_day, month_number


def due_date(period: str, due_day: int | None) -> date | None:
    """The last day on which a report of the month "YYYY-MM" is in time; None where the office has set no day."""
    return None if due_day is None else first_day(month_number(period) + 1).replace(day=due_day)


def day_of(moment: datetime) -> date:
    """The day that a moment lies in where the office is."""
    return moment.astimezone(zone()).date()
