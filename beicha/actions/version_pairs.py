"""Two versions of a community's month side by side: what differs, and what each of them scores."""

from dataclasses import dataclass

from beicha.actions.comparing import LedgerChange, compare
from beicha.actions.grants import Grant, require_for
from beicha.actions.month_scores import MonthScores, edition_of
from beicha.store import Store, Transaction, areas, removals, submissions
from beicha.store.submissions import Version
from scoring.edition import Edition
from scoring.facts import Report
from scoring.periods import month_number


@dataclass(frozen=True)
class VersionPair:
    """The older and the newer version, their ledgers compared, and the community's score with either, None for none."""

    older: Version
    newer: Version
    edition: Edition
    ledgers: tuple[LedgerChange, ...]
    score_older: float | None
    score_newer: float | None


def compare_versions(grant: Grant, store: Store, one: int, other: int) -> VersionPair:
    """Compare two versions by their numbers, whichever is older; the month is scored with each in turn.

    Raises LookupError where they are not two versions of one community's month, or one is erased.
    """
    with store.read() as view:
        older, newer = (submissions.version(view, seq) for seq in sorted((one, other)))
        gone = removals.of_versions(view, [one, other]).values()
        if older is None or newer is None or older.key != newer.key or any(removal.has_erased for removal in gone):
            raise LookupError(f"{one} and {other} are no versions of one month")
        require_for(grant, "files", [older.community], areas.tree(view, older.period))
        edition = edition_of(view, older.period).edition
        reports = _report(view, older), _report(view, newer)
        month = MonthScores(view, older.period, [older.community])
        scores = [month.scores([report])[older.community] for report in reports]
        return VersionPair(older, newer, edition, compare(edition, *reports, (), ()), *scores)


def _report(view: Transaction, version: Version) -> Report:
    content = submissions.content(view, version.seq)
    return content.report(version.community, month_number(version.period), version.kept_by)
