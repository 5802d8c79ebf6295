"""What became of a draft: the versions that its files are in, found again whenever somebody asks."""

from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.grants import Grant
from beicha.actions.submissions import history, preview
from beicha.store import Store
from beicha.store.submissions import Version


def stored_versions(grant: Grant, store: Store, draft: Draft) -> tuple[Version, ...]:
    """The version of each report of the draft, be it replaced since; empty where the draft is not stored."""
    same = {report.key: report.replaces for report in preview(grant, store, draft).reports if report.no_change}
    found = (same.get(report.key) or _version_from(grant, store, report) for report in draft.reports)
    return tuple(version for version in found if version is not None)


def _version_from(grant: Grant, store: Store, report: DraftReport) -> Version | None:
    """The newest version that was made from exactly these files."""
    sent = {file.sha256 for file in report.files}
    entries = history(grant, store, report.key)
    return next((entry.version for entry in entries if {file.sha256 for file in entry.files} == sent), None)
