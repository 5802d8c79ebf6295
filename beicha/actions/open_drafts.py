"""Uploads that were read but not confirmed yet: a person finds them again in any browser, until they are a week old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beicha.actions.drafts import Draft
from beicha.actions.grants import Grant, require
from beicha.store import Store, jobs
from beicha.store.jobs import Job, State

MOST = 10


@dataclass(frozen=True)
class OpenDraft:
    """An upload that waits to be confirmed: its job, the files' names, and what reading found in them.

    ``reports`` are names of communities with their month, empty where no file is free of errors.
    """

    number: int
    state: State
    made_at: datetime
    files: tuple[str, ...]
    reports: tuple[tuple[str, str], ...]
    errors: int
    warnings: int


def open_drafts(grant: Grant, store: Store) -> tuple[OpenDraft, ...]:
    """The grant's own drafts that are not confirmed, newest first."""
    require(grant, "submit")
    with store.read() as view:
        names = jobs.with_files(view, "preview", grant.actor, MOST)
        found = [(jobs.job(view, number), files) for number, files in names.items()]
    return tuple(_open(job, files) for job, files in found if job is not None)


def _open(job: Job, files: tuple[str, ...]) -> OpenDraft:
    found = job.details.get("found", {})
    reports = tuple((name, period) for name, period in found.get("reports", ()))
    return OpenDraft(
        job.id, job.state, job.made_at, files, reports, found.get("errors", 0), found.get("warnings", 0)
    )  # fmt: skip


def summary(draft: Draft) -> Mapping[str, Any]:
    """What the list of drafts tells of one, as JSON values, so that it need not be opened for that."""
    reports = [[report.name, report.key.period] for report in draft.reports]
    return {"reports": reports, "errors": len(draft.errors), "warnings": len(draft.warnings)}
