"""What became of a draft: the versions that its files are in, found again whenever somebody asks."""

from dataclasses import dataclass

from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.grants import Grant
from beicha.actions.said_before import said_before
from beicha.actions.submissions import history, preview
from beicha.intake.problems import Problem
from beicha.store import Store
from beicha.store.submissions import Version


@dataclass(frozen=True)
class StoredReport:
    """A report of a draft and the version that holds it.

    ``again`` warns where one before that version said the same and was replaced in between.
    """

    report: DraftReport
    version: Version
    again: Problem | None


def stored_reports(grant: Grant, store: Store, draft: Draft) -> tuple[StoredReport, ...]:
    """The reports of the draft that are stored, be their versions replaced since; empty where none is."""
    same = {report.key: report.replaces for report in preview(grant, store, draft).reports if report.no_change}
    found = []
    for report in draft.reports:
        own = _version_from(grant, store, report)
        version = same.get(report.key) or own
        if version is not None:
            again = _again(store, report, version) if version == own else None
            found.append(StoredReport(report, version, again))
    return tuple(found)


def _version_from(grant: Grant, store: Store, report: DraftReport) -> Version | None:
    """The newest version that was made from exactly these files."""
    sent = {file.sha256 for file in report.files}
    entries = history(grant, store, report.key)
    return next(
        (entry.version for entry in entries if entry.counts and {file.sha256 for file in entry.files} == sent), None
    )


def _again(store: Store, report: DraftReport, version: Version) -> Problem | None:
    with store.read() as view:
        return said_before(view, report, version)
