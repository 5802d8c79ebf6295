"""Who reported when: the newest reports of communities and the office in any window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scoring.edition import Edition
from scoring.facts import Report
from scoring.periods import Window, window_at

Months = NDArray[np.int32]
NEVER = -1


@dataclass(frozen=True)
class Arrivals:
    """All reports of some communities as columns: the index of the community, the month, and the keeper."""

    count: int
    community: NDArray[np.int32]
    month: Months
    office: NDArray[np.bool_]
    reports: Sequence[tuple[int, Report]]


def arrivals(count: int, reports: Sequence[tuple[int, Report]]) -> Arrivals:
    """The arrivals made by sorted reports, each with the index of its community, for ``count`` communities."""
    community = np.array([number for number, _ in reports], np.int32)
    month = np.array([report.month for _, report in reports], np.int32)
    office = np.array([report.kept_by == "office" for _, report in reports], bool)
    return Arrivals(count, community, month, office, reports)


@dataclass(frozen=True)
class Presence:
    """The reports of one keeper up to a month. ``begins`` is the month at which windows start, if a later one."""

    month: int
    arrivals: Arrivals
    there: NDArray[np.bool_]
    begins: int | None = None
    _newest: dict[str, Months] = field(default_factory=dict)

    def newest(self, window: str) -> Months:
        """The month of each community's newest report whose month overlaps the window; NEVER where there is none."""
        if window not in self._newest:
            self._newest[window] = self._newest_from(window_at(window, self.month, self.begins))
        return self._newest[window]

    @property
    def reported(self) -> NDArray[np.bool_]:
        """Who has a report of the month itself, wherever windows start."""
        return np.asarray(self._newest_from(window_at("month", self.month)) == self.month)

    def _newest_from(self, window: Window) -> Months:
        months, all_ = window.months, self.arrivals
        inside = self.there & (all_.month >= months.start) & (all_.month < months.stop)
        newest = np.full(all_.count, NEVER, np.int32)
        np.maximum.at(newest, all_.community[inside], all_.month[inside])
        return newest

    def declared(self, edition: Edition, window: str) -> Mapping[str, dict[int, str]]:
        """Which criteria the newest report in the window declares not applicable: code → community → reason.

        A declaration stands until there is a newer report: it does not leave its window.
        """
        newest = self._newest_from(window_at(window, self.month))
        latest = self.there & (self.arrivals.month == newest[self.arrivals.community])
        declared: dict[str, dict[int, str]] = {}
        for place in np.flatnonzero(latest):
            number, report = self.arrivals.reports[int(place)]
            for code, reason in report.not_applicable.items():
                declared.setdefault(edition.renames.criteria.get(code, code), {})[number] = reason
        return declared


def presence(month: int, arrivals: Arrivals, keeper: str, begins: int | None = None) -> Presence:
    """The presence made by one keeper's reports (community or office) up to the month."""
    kept = arrivals.office if keeper == "office" else ~arrivals.office
    return Presence(month, arrivals, kept & (arrivals.month <= month), begins)
