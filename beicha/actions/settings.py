"""The settings of the office: the day on which reports are due, its name, and whether the data are a demo."""

from datetime import datetime

from beicha.actions.grants import Grant, require, require_everywhere
from beicha.store import Store, audit, settings, submissions

DUE_DAY = "due_day"
CLOSES_AFTER = "closes_after"
TASKS_CLOSE = "tasks_close"
DISTRICT_NAME = "district_name"
DEMO_TODAY = "demo_today"
"""Set in a demo database alone, to the day that the demo takes for today."""


def set_due_day(grant: Grant, store: Store, day: int, now: datetime) -> None:
    """Set the day of the following month by which a month is to be reported; raises ValueError outside 1 to 28."""
    if not 1 <= day <= 28:
        raise ValueError("the due day is a day of every month: 1 to 28")
    _set(grant, store, DUE_DAY, day, now)


def due_day(grant: Grant, store: Store) -> int | None:
    """The day of the following month by which a month is to be reported, None where nobody has said."""
    require(grant, "see")
    with store.read() as view:
        day: int | None = settings.get(view, DUE_DAY)
        return day


def set_closes_after(grant: Grant, store: Store, days: int | None, now: datetime) -> None:
    """Set so many days after the due day communities hand in a month themselves; None: it never closes by itself.

    Raises ValueError outside 0 to 366.
    """
    if days is not None and not 0 <= days <= 366:
        raise ValueError("a month closes 0 to 366 days after its due day")
    _set(grant, store, CLOSES_AFTER, days, now)


def closes_after(grant: Grant, store: Store) -> int | None:
    """So many days after the due day a month closes for communities; None: never."""
    require(grant, "see")
    with store.read() as view:
        days: int | None = settings.get(view, CLOSES_AFTER)
        return days


def set_tasks_close(grant: Grant, store: Store, closes: bool, now: datetime) -> None:
    """Set whether a submission that meets a task's criterion closes it, or asks for a look at it."""
    _set(grant, store, TASKS_CLOSE, "close" if closes else "look", now)


def tasks_close(grant: Grant, store: Store) -> bool:
    """Whether a submission that meets a task's criterion closes it; it does unless somebody set otherwise."""
    require(grant, "see")
    with store.read() as view:
        return bool(settings.get(view, TASKS_CLOSE) != "look")


def set_district_name(grant: Grant, store: Store, name: str, now: datetime) -> None:
    """Set the name under which the office writes."""
    _set(grant, store, DISTRICT_NAME, name, now)


def district_name(grant: Grant, store: Store) -> str:
    """The name under which the office writes, "" where nobody has said."""
    require(grant, "see")
    with store.read() as view:
        return settings.get(view, DISTRICT_NAME) or ""


def mark_demo(grant: Grant, store: Store, today: str, now: datetime) -> None:
    """Mark a database as a demo whose today is a fixed day "YYYY-MM-DD"; raises ValueError where it holds real data."""
    if holds_real_data(store):
        raise ValueError("the database holds real submissions")
    _set(grant, store, DEMO_TODAY, today, now)


def demo_today(store: Store) -> str | None:
    """The day that the demo takes for today; None where the data are real or there are none."""
    with store.read() as view:
        today: str | None = settings.get(view, DEMO_TODAY)
        return today


def holds_real_data(store: Store) -> bool:
    """Whether somebody has submitted something here that is no demo."""
    with store.read() as view:
        return settings.get(view, DEMO_TODAY) is None and bool(submissions.periods(view))


def _set(grant: Grant, store: Store, key: str, value: str | int | None, now: datetime) -> None:
    require_everywhere(grant, "set_up")
    with store.write() as change:
        told = {"before": {key: settings.get(change, key)}, "after": {key: value}}
        settings.put(change, key, value)
        audit.add(change, now, grant, "settings.set", key, **told)
