"""Who reported when: the newest reports of communities and the office in any window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.edition import Edition
from scoring.facts import Report
from scoring.periods import window_at

Months = NDArray[np.int32]
NEVER = -1


@dataclass(frozen=True)
class Presence:
    """The reports of one keeper up to a month: sorted (index of the community, report), for ``count`` communities."""

    month: int
    count: int
    reports: Sequence[tuple[int, Report]]
    _newest: dict[str, Months] = field(default_factory=dict)

    @cached_property
    def _communities(self) -> Months:
        return np.fromiter((number for number, _ in self.reports), np.int32, len(self.reports))

    @cached_property
    def _months(self) -> Months:
        return np.fromiter((report.month for _, report in self.reports), np.int32, len(self.reports))

    def newest(self, window: str) -> Months:
        """The month of each community's newest report whose month overlaps the window; NEVER where there is none."""
        if window not in self._newest:
            months = window_at(window, self.month).months
            inside = (self._months >= months.start) & (self._months < months.stop)
            newest = np.full(self.count, NEVER, np.int32)
            np.maximum.at(newest, self._communities[inside], self._months[inside])
            self._newest[window] = newest
        return self._newest[window]

    def declared(self, edition: Edition, window: str) -> Mapping[str, dict[int, str]]:
        """Which criteria the newest report in the window declares not applicable: code → community → reason."""
        newest = self.newest(window)
        declared: dict[str, dict[int, str]] = {}
        for number, report in self.reports:
            if report.month == newest[number]:
                for code, reason in report.not_applicable.items():
                    declared.setdefault(edition.renames.criteria.get(code, code), {})[number] = reason
        return declared


def presence(month: int, count: int, reports: Sequence[tuple[int, Report]], keeper: str) -> Presence:
    """The presence made by one keeper's reports (community or office) up to the month."""
    return Presence(month, count, [item for item in reports if item[1].kept_by == keeper and item[1].month <= month])
