"""What arrives at the office, and when: reports of communities, some late, some sent twice, and the office's book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from beicha.demo.chance import between, draw
from beicha.demo.characters import CHARACTERS
from beicha.demo.district import COMMUNITIES, LAST
from beicha.demo.inspections import visits
from beicha.demo.life import first_try, reported
from beicha.demo.scene import Row
from scoring.facts import Area
from scoring.periods import first_day

ZONE = timezone(timedelta(hours=8))
_CARELESS = 0.75


@dataclass(frozen=True)
class Arrival:
    """Something that arrives for a month: from a community, or the office's own workbook (``community`` is None).

    ``attempt`` counts what the community has sent for the month; only the last ``of_attempts`` is right.
    """

    month: int
    community: Area | None
    attempt: int = 1
    of_attempts: int = 1

    @property
    def sender(self) -> str:
        """The community's code, "" for the office."""
        return self.community.code if self.community else ""

    @property
    def at(self) -> datetime:
        """The moment: around the end of the month, for the careless after the due day, for the office on the fourth."""
        days = self.attempt - 1 + (_days_after_month(self.community, self.month) if self.community else 4)
        minutes = between(0, 480, "minute", self.sender, self.month)
        return datetime.combine(first_day(self.month + 1), time(9), ZONE) + timedelta(days=days, minutes=minutes)

    @property
    def ledgers(self) -> dict[str, list[Row]]:
        """The rows that the community reports, by ledger."""
        assert self.community is not None, "the office's records are visits"
        first = first_try(self.community, self.month) if self.attempt < self.of_attempts else None
        return dict(first or reported(self.community, self.month))


def arrivals(month: int, communities: Sequence[Area] = COMMUNITIES) -> list[Arrival]:
    """All that arrives for the month, in the order of arrival."""
    found = [arrival for community in communities for arrival in _reports(community, month)]
    if any(visit.community in communities for visit in visits(month)):
        found.append(Arrival(month, None))
    return sorted(found, key=lambda arrival: arrival.at)


def _reports(community: Area, month: int) -> list[Arrival]:
    if not CHARACTERS[community.code].reports(month):
        return []
    attempts = 1 if first_try(community, month) is None else 2
    return [Arrival(month, community, attempt, attempts) for attempt in range(1, attempts + 1)]


def _days_after_month(community: Area, month: int) -> int:
    is_careless = CHARACTERS[community.code].care < _CARELESS
    if is_careless and month < LAST and draw("late", community.code, month) < 0.4:
        return 8
    return between(-5, 3, "day", community.code, month)
