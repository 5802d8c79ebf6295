"""Moments as people read them: kept in UTC, shown in the office's time zone."""

import os
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Shanghai"


def zone() -> ZoneInfo:
    """The time zone that ``BEICHA_TZ`` names, Asia/Shanghai unless it says otherwise."""
    return ZoneInfo(os.environ.get("BEICHA_TZ") or DEFAULT_ZONE)


def on_day(moment: datetime, day: str) -> datetime:
    """The same time of a day "YYYY-MM-DD" of the office's time zone, in UTC; the moment itself where the day is ''."""
    if not day:
        return moment
    return datetime.combine(date.fromisoformat(day), moment.astimezone(zone()).timetz()).astimezone(UTC)


def day_begin(moment: datetime) -> datetime:
    """When the moment's day began in the office's time zone."""
    return moment.astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)


def shown(moment: datetime) -> str:
    """A moment as 2026-03-05 14:30 in the office's time zone."""
    return moment.astimezone(zone()).strftime("%Y-%m-%d %H:%M")


def shown_exactly(moment: datetime) -> str:
    """A moment to the second, as 2026-03-05 14:30:05 in the office's time zone."""
    return moment.astimezone(zone()).strftime("%Y-%m-%d %H:%M:%S")


def day_begins(day: date) -> datetime:
    """The moment at which a day begins in the office's time zone."""
    return datetime.combine(day, time.min, zone())
