"""An old file sent again after a correction: it would undo what came after it, so somebody is asked to look."""

from collections.abc import Collection
from itertools import pairwise

from beicha.actions.drafts import DraftReport
from beicha.intake.problems import Problem
from beicha.store import Transaction, submissions
from beicha.store.content import Content, content_hash
from beicha.store.submissions import Version
from beicha.words.times import shown

LOOK_BACK = 50
"""So many versions back an old file is recognised."""


def said_before(view: Transaction, report: DraftReport, stored: Version | None = None) -> Problem | None:
    """The warning that an earlier version said the same as this report and was replaced since; None where none did.

    With ``stored``, the version that holds the report by now, only those before it are looked at. What the files lack
    is carried over, so only the ledgers that they hold are compared. Where the version at hand says the same there is
    nothing to warn of.
    """
    versions = submissions.versions(view, report.key)
    found = [version for version in versions if stored is None or version.seq < stored.seq][:LOOK_BACK]
    codes = report.content.ledgers.keys()
    if len(found) < 2 or not codes:
        return None
    own = _said(report.content, codes)
    if _said(submissions.content(view, found[0].seq), codes) == own:
        return None
    for newer, older in pairwise(found):
        if _said(submissions.content(view, older.seq), codes) == own:
            return _problem(report, older, newer)
    return None


def _said(content: Content, codes: Collection[str]) -> str:
    return content_hash(Content({code: content.ledgers[code] for code in codes if code in content.ledgers}))


def _problem(report: DraftReport, older: Version, newer: Version) -> Problem:
    values = {
        "old": older.version,
        "old_time": shown(older.made_at),
        "new": newer.version,
        "new_time": shown(newer.made_at),
    }
    return Problem("said_before", "warning", report.files[0].name, values=values)
