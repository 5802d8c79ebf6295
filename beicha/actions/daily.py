"""The daily report (每日汇报): by an hour of the day each zone, or street without zones, says how it stands.

A correction is a new version; the first one decides whether it came in time. On which days a report is expected, and
by what hour, the office sets; a report of any other day is taken, and missed by nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from beicha.actions.deadlines import day_of
from beicha.actions.grants import Grant, Refused, posts_over, require, require_everywhere
from beicha.store import Store, Transaction, areas, audit, daily, settings
from beicha.store.daily import DailyEntry as DailyEntry
from beicha.store.daily import DailyProblem as DailyProblem
from beicha.store.daily import DailyReport as DailyReport
from beicha.words.times import zone
from scoring.facts import Area

DUTY = "daily_duty"
"""The setting: from and to (days), weekdays (0 is Monday), hour."""
HOUR = 16
LONGEST = 2000
MOST_PROBLEMS = 30
BACK = timedelta(days=31)


class DailyError(ValueError):
    """The report cannot be taken: ``empty``, ``long``, ``many`` (problems), ``early`` (a day to come) or ``old``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Duty:
    """On which days reports are expected, and by what hour. ``first`` None: on none."""

    first: date | None = None
    last: date | None = None
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    hour: int = HOUR

    def expects(self, day: date) -> bool:
        """Whether a report of the day is expected."""
        inside = self.first is not None and self.first <= day and (self.last is None or day <= self.last)
        return inside and day.weekday() in self.weekdays

    def in_time(self, day: date, moment: datetime) -> bool:
        """Whether a report of a day that came at the moment is in time: before the hour strikes, or on it."""
        return moment <= datetime.combine(day, time(self.hour), zone())


def set_duty(grant: Grant, store: Store, duty: Duty, *, now: datetime) -> None:
    """Set when reports are expected; raises Refused, ValueError for an hour that is none or days in wrong order."""
    require_everywhere(grant, "set_up")
    if not 1 <= duty.hour <= 23 or (duty.first and duty.last and duty.last < duty.first):
        raise ValueError("an hour from 1 to 23, and a first day before the last")
    value = {
        "from": duty.first.isoformat() if duty.first else None,
        "to": duty.last.isoformat() if duty.last else None,
        "weekdays": list(duty.weekdays),
        "hour": duty.hour,
    }
    with store.write() as change:
        told = {"before": {DUTY: settings.get(change, DUTY)}, "after": {DUTY: value}}
        settings.put(change, DUTY, value)
        audit.add(change, now, grant, "settings.set", DUTY, **told)


def duty_in(view: Transaction) -> Duty:
    """When reports are expected."""
    value: Mapping[str, Any] | None = settings.get(view, DUTY)
    if value is None:
        return Duty()
    first, last = (date.fromisoformat(value[key]) if value[key] else None for key in ("from", "to"))
    return Duty(first, last, tuple(value["weekdays"]), value["hour"])


def reporters(tree: Sequence[Area]) -> tuple[Area, ...]:
    """The areas that report, in the office's order: the zones, and each street that has none."""
    with_zones = {area.parent for area in tree if area.kind == "zone"}
    return tuple(
        area for area in tree if area.kind == "zone" or (area.kind == "street" and area.code not in with_zones)
    )


def write(grant: Grant, store: Store, entry: DailyEntry, *, now: datetime) -> int:
    """Keep an area's report of a day, as a new version of it; gives its number.

    What says the same as the version before makes no version. Raises Refused where the grant does not report for the
    area, LookupError where the area does not report, DailyError.
    """
    _check(entry, day_of(now))
    with store.write() as change:
        tree = areas.tree(change, f"{entry.day:%Y-%m}")
        if entry.area not in {area.code for area in reporters(tree)}:
            raise LookupError(entry.area)
        if not posts_over(grant, "daily", entry.area, {area.code: area.parent for area in tree}):
            raise Refused(grant, "daily", entry.area)
        known = daily.between(change, entry.day, entry.day).get((entry.area, entry.day), ())
        if known and known[-1].entry == entry:
            return known[-1].id
        number = daily.add(change, entry, by=grant.actor, at=now)
        audit.add(change, now, grant, "daily.write", entry.day.isoformat(), area=entry.area, version=len(known) + 1)
    return number


def writable(grant: Grant, store: Store, day: date) -> tuple[Area, ...]:
    """The areas for which the grant reports on a day; raises Refused where it reports for none at all."""
    require(grant, "daily")
    with store.read() as view:
        tree = areas.tree(view, f"{day:%Y-%m}")
    parents = {area.code: area.parent for area in tree}
    return tuple(area for area in reporters(tree) if posts_over(grant, "daily", area.code, parents))


def problems_in(text: str, places: Mapping[str, str]) -> tuple[DailyProblem, ...]:
    """The problems of a text, one a line; one that begins with the name of a place and a colon is there.

    ``places`` are names by code.
    """
    codes = {name: code for code, name in places.items()}
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, colon, rest = line.replace(":", "：", 1).partition("：")
        here = codes.get(name.strip(), "") if colon and rest.strip() else ""
        found.append(DailyProblem(rest.strip(), here) if here else DailyProblem(line))
    return tuple(found)


def problems_text(problems: Sequence[DailyProblem], places: Mapping[str, str]) -> str:
    """The problems as they are written: what ``problems_in`` reads."""
    return "\n".join(
        f"{places[problem.community]}：{problem.text}" if problem.community in places else problem.text
        for problem in problems
    )


def _check(entry: DailyEntry, today: date) -> None:
    texts = [entry.work, entry.needs, *(problem.text for problem in entry.problems)]
    if not any(text.strip() for text in texts):
        raise DailyError("empty")
    if any(len(text) > LONGEST for text in texts):
        raise DailyError("long")
    if len(entry.problems) > MOST_PROBLEMS:
        raise DailyError("many")
    if entry.day > today:
        raise DailyError("early")
    if entry.day < today - BACK:
        raise DailyError("old")
