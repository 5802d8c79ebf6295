"""Who has reported a month and who has not: always every community that is expected, against the day it was due."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args

from beicha.actions.assessing import live_periods
from beicha.actions.deadlines import day_of, due_date
from beicha.actions.grants import Grant, covered, may, require, require_month
from beicha.actions.settings import DUE_DAY
from beicha.actions.units import people_of
from beicha.actions.views.streets import districts_of, is_within, street_of
from beicha.store import Store, areas, editions, settings, submissions
from beicha.store.submissions import Arrival
from beicha.store.units import Responsible
from scoring.facts import Area
from scoring.periods import month_number, month_of, period_text

State = Literal["reported", "late", "not_reported"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Unit:
    """A community that is expected to report, and when it did (None: it has not).

    ``street`` is a code, '' for none. ``days`` are whole days after the due day: of the first report, or of today
    where there is none; negative before it, None where no day is due. ``contact`` and ``phone`` are '' where nobody is
    named, or the grant is not to know.
    """

    code: str
    name: str
    street: str
    street_name: str
    arrival: Arrival | None
    days: int | None
    contact: str = ""
    phone: str = ""

    @property
    def state(self) -> State:
        """Whether it reported, and if in time; where no day is due every report is in time."""
        if self.arrival is None:
            return "not_reported"
        return "late" if self.days is not None and self.days > 0 else "reported"


@dataclass(frozen=True)
class StreetReporting:
    """How many of a street's communities stand how; ``rate`` as in ``Reporting``."""

    code: str
    name: str
    expected: int
    counts: Mapping[State, int]
    rate: float | None


@dataclass(frozen=True)
class Reporting:
    """How the reports of a month came in, of the communities that the grant reaches, in the office's order."""

    period: str
    due: date | None
    is_over: bool
    units: tuple[Unit, ...]

    def count(self, state: State) -> int:
        """How many units stand so."""
        return sum(unit.state == state for unit in self.units)

    def of_state(self, state: State) -> tuple[Unit, ...]:
        """The units that stand so."""
        return tuple(unit for unit in self.units if unit.state == state)

    @property
    def rate(self) -> float | None:
        """The share of the expected that reported in time, in percent; None until the due day is over."""
        return self._rate(self.units)

    @property
    def streets(self) -> tuple[StreetReporting, ...]:
        """The streets, in the office's order; units below none come under ''."""
        by_street: dict[str, list[Unit]] = {}
        for unit in self.units:
            by_street.setdefault(unit.street, []).append(unit)
        return tuple(self._street(units) for units in by_street.values())

    def _street(self, units: Sequence[Unit]) -> StreetReporting:
        counts = {state: sum(unit.state == state for unit in units) for state in STATES}
        return StreetReporting(units[0].street, units[0].street_name, len(units), counts, self._rate(units))

    def _rate(self, units: Sequence[Unit]) -> float | None:
        in_time = sum(unit.state == "reported" for unit in units)
        return 100.0 * in_time / len(units) if self.is_over and units else None


def expected_periods(grant: Grant, store: Store, today: date) -> tuple[str, ...]:
    """The months that are to be reported by now, newest first: those with a score, and any up to the last whole one."""
    require(grant, "see")
    with store.read() as view:
        timeline = editions.timeline(view)
        live = [month_number(period) for period in live_periods(view)]
    last = month_of(today) - 1
    months = {*live, *range(max(live, default=last), last + 1)}
    texts = [period_text(month) for month in sorted(months, reverse=True)]
    return tuple(text for text in texts if timeline.at(text) is not None and grant.reaches(text))


def expected_streets(grant: Grant, store: Store, period: str) -> dict[str, str]:
    """The streets of a month's tree whose communities the grant reaches, by code, in the office's order.

    Where they are in several districts, these stand before them.
    """
    require_month(grant, "see", period)
    with store.read() as view:
        tree = areas.tree(view, period)
    known = {area.code: area for area in tree}
    seen = covered(grant, "see", tree)
    reached = {street.code for code in seen if (street := street_of(known, code))}
    streets = (area.code for area in tree if area.code in reached)
    return {code: known[code].name for code in (*districts_of(known, seen), *streets)}


def read_reporting(grant: Grant, store: Store, period: str, street: str = "", *, now: datetime) -> Reporting:
    """The reports of a month as they stand now, of all areas or one street or district."""
    require_month(grant, "see", period)
    with store.read() as view:
        tree = areas.tree(view, period)
        due = due_date(period, settings.get(view, DUE_DAY))
        arrived = submissions.arrivals(view, period)
    known = people_of(grant, store, period) if may(grant, "contacts") else {}
    units = _units(tree, covered(grant, "see", tree), arrived, lambda arrival: _days(arrival, due, now))
    units = [_with_contact(unit, known.get(unit.code)) for unit in units]
    above = {area.code: area for area in tree}
    inside = tuple(unit for unit in units if is_within(above, unit.code, street))
    return Reporting(period, due, due is not None and day_of(now) > due, inside)


def _with_contact(unit: Unit, people: Responsible | None) -> Unit:
    return unit if people is None else replace(unit, contact=people.contact, phone=people.phone)


def _days(arrival: Arrival | None, due: date | None, now: datetime) -> int | None:
    return None if due is None else (day_of(arrival.first if arrival else now) - due).days


def _units(
    tree: Sequence[Area],
    seen: Iterable[str],
    arrived: Mapping[str, Arrival],
    days: Callable[[Arrival | None], int | None],
) -> list[Unit]:
    known = {area.code: area for area in tree}
    units = []
    for code in seen:
        street, arrival = street_of(known, code), arrived.get(code)
        place = (street.code, street.name) if street else ("", "")
        units.append(Unit(code, known[code].name, *place, arrival, days(arrival)))
    return units
