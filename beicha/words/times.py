"""Moments as people read them: kept in UTC, shown in the office's time zone."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Shanghai"


def zone() -> ZoneInfo:
    """The time zone that ``BEICHA_TZ`` names, Asia/Shanghai unless it says otherwise."""
    return ZoneInfo(os.environ.get("BEICHA_TZ") or DEFAULT_ZONE)


def shown(moment: datetime) -> str:
    """A moment as 2026-03-05 14:30 in the office's time zone."""
    return moment.astimezone(zone()).strftime("%Y-%m-%d %H:%M")
