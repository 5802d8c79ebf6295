"""What was handed in before and does not count now: an old file would undo what came after it, or bring back what was
withdrawn or erased, so somebody is asked to look."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any

from beicha.actions.drafts import DraftReport
from beicha.actions.erasing import erased_before
from beicha.intake.catalogue import CATALOGUE
from beicha.intake.problems import Problem
from beicha.store import Transaction, removals, submissions
from beicha.store.content import Content, content_hash
from beicha.store.submissions import Version
from beicha.words.times import shown

LOOK_BACK = 50
"""So many versions back an old file is recognised."""


def said_before(view: Transaction, report: DraftReport, stored: Version | None = None) -> Problem | None:
    """The warning that an earlier version said the same as this report and was replaced or withdrawn since, or that one
    of its files was erased; None where there is nothing to warn of.

    With ``stored``, the version that holds the report by now, only those before it are looked at. What the files lack
    is carried over, so only the ledgers that they hold are compared. Where the version at hand says the same there is
    nothing to warn of.
    """
    if not report.content.ledgers:
        return None
    past = _Past(view, report, stored)
    if past.counting and past.is_same(past.counting[0]):
        return None
    return past.erased() or past.withdrawn() or past.replaced()


class _Past:
    """The earlier versions of a report's month, those that count among them, and which of them said the same."""

    def __init__(self, view: Transaction, report: DraftReport, stored: Version | None) -> None:
        self._view, self._report = view, report
        self._own = _said(report.content, report.content.ledgers)
        versions = submissions.versions(view, report.key)
        earlier = [version for version in versions if stored is None or version.seq < stored.seq][:LOOK_BACK]
        gone = removals.of_versions(view, [version.seq for version in earlier])
        self.counting = [version for version in earlier if version.seq not in gone or gone[version.seq].waits]
        self._gone = [(version, gone[version.seq]) for version in earlier if version not in self.counting]

    def is_same(self, version: Version) -> bool:
        """Whether the version says the same in the report's ledgers."""
        return _said(submissions.content(self._view, version.seq), self._report.content.ledgers) == self._own

    def erased(self) -> Problem | None:
        """That one of the files was erased."""
        found = erased_before(self._view, [file.sha256 for file in self._report.files])
        return None if found is None else self._problem("erased_before", time=found.done_at, reason=found.reason)

    def withdrawn(self) -> Problem | None:
        """That a version that said the same was withdrawn."""
        same = ((version, removal) for version, removal in self._gone if self.is_same(version))
        for version, removal in same:
            values = {"time": removal.done_at, "reason": removal.reason}
            return self._problem("withdrawn_before", old=version.version, **values)
        return None

    def replaced(self) -> Problem | None:
        """That a version that said the same was replaced by another."""
        for newer, older in pairwise(self.counting):
            if self.is_same(older):
                times = {"old_time": older.made_at, "new_time": newer.made_at}
                return self._problem("said_before", old=older.version, new=newer.version, **times)
        return None

    def _problem(self, code: str, **values: Any) -> Problem:
        told = {key: shown(value) if isinstance(value, datetime) else value for key, value in values.items()}
        return Problem(code, CATALOGUE[code].level, self._report.files[0].name, values=told)


def _said(content: Content, codes: Iterable[str]) -> str:
    return content_hash(Content({code: content.ledgers[code] for code in codes if code in content.ledgers}))
