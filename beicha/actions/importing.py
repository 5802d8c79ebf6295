"""Doing the jobs that ``imports`` queues: reading files, and storing those of an import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from beicha.actions import accounts, settings
from beicha.actions.batches import Batch, Errand
from beicha.actions.clashes import Repeats
from beicha.actions.draft_reading import Office, Said, draft_of
from beicha.actions.drafts import to_plain
from beicha.actions.grants import Grant, from_plain, may, require
from beicha.actions.job_queue import Claim, StoppedError
from beicha.actions.open_drafts import summary
from beicha.actions.outcomes import Outcome, outcome_from_plain
from beicha.actions.unpacking import unpack_all, unpack_job
from beicha.intake import answers
from beicha.intake.problems import Problem
from beicha.intake.reading import Reading
from beicha.store import Store, jobs
from beicha.store.files import NamedFile
from beicha.store.jobs import ListedFile
from beicha.words.times import on_day


def run(claim: Claim) -> None:
    """Do a claimed job to its end; raises StoppedError where the worker loses or leaves it.

    Between its start and now the account that started it may have been disabled, or have lost its post.
    """
    work: Mapping[str, Callable[[Claim], None]] = {"preview": _run_preview, "import": _run_import}
    if may(_grant(claim), "submit"):
        work[claim.job.kind](claim)
    else:
        _turn_away(claim)


def import_files(grant: Grant, store: Store, files: Sequence[NamedFile], *, now: datetime) -> tuple[Outcome, ...]:
    """Read and store files and the members of zips at once, without a job, each in its own transaction."""
    require(grant, "submit")
    found, aside = unpack_all(files)
    listed = [ListedFile(place, file.name, file.sha256, len(file.content)) for place, file in found.items()]
    batch = Batch(Errand(store, grant, Said(), lambda: now, found.__getitem__))
    batch.take(listed, aside)
    batch.read(lambda _: None)
    batch.store(lambda _: None)
    return batch.outcomes()


def said_in(details: Mapping[str, Any]) -> Said:
    """What a person said about a job's files, out of the job's details."""
    return Said(details["community"], details["period"], answers.from_plain(details["answers"]))


def _run_preview(claim: Claim) -> None:
    try:
        readings = _read_all(claim)
    except StoppedError as stopped:
        if stopped.why != "cancelled":
            raise
        claim.end("cancelled", {})
        return
    draft = draft_of(readings)
    claim.end("done", to_plain(draft), {**claim.job.details, "found": summary(draft)})


def _read_all(claim: Claim) -> list[Reading]:
    office, said, repeats, readings = Office(claim.store), said_in(claim.job.details), Repeats(), []
    for number, file in enumerate(claim.files()):
        claim.step(number)
        if not repeats.is_known(file.sha256) and repeats.is_new(reading := office.read(file, said)):
            readings.append(reading)
    return readings


def _run_import(claim: Claim) -> None:
    """Unpack, read and store; cancelled, what was not reached is told as well as what was."""
    batch = Batch(_errand(claim), outcomes_of(claim.result()))
    try:
        aside = unpack_job(claim)
        batch.take(claim.listing(), aside)
        claim.resize(batch.steps)
        batch.read(claim.step)
        batch.store(claim.step, lambda: claim.keep(_plain(batch.outcomes())))
    except StoppedError as stopped:
        if stopped.why == "leaving":
            claim.keep(_plain(batch.outcomes()))
        if stopped.why != "cancelled":
            raise
        if not batch.steps:
            batch.take(claim.listing())
        _end_import(claim, "cancelled", batch.outcomes("cancelled"))
        return
    _end_import(claim, "done", batch.outcomes())


def _errand(claim: Claim) -> Errand:
    today = settings.demo_today(claim.store) or ""
    return Errand(
        claim.store, _grant(claim), said_in(claim.job.details), lambda: on_day(claim.clock(), today), claim.file
    )


def _grant(claim: Claim) -> Grant:
    """What whoever started the job may do now."""
    return accounts.standing(claim.store, from_plain(claim.job.details["grant"]))


def _turn_away(claim: Claim) -> None:
    """End a job whose person may hand in nothing any more, with the reason at each file."""
    if claim.job.kind == "preview":
        claim.end("cancelled", {})
        return
    found = []
    for file in claim.listing():
        why = Problem("no_longer_allowed", "error", file.name, found=claim.job.made_by)
        found.append(Outcome(file.name, file.sha256, "forbidden", problems=(why,), position=file.position))
    _end_import(claim, "done", found)


def _end_import(claim: Claim, state: Literal["done", "cancelled"], found: Sequence[Outcome]) -> None:
    claim.end(state, _plain(found))
    marked = [outcome.sha256 for outcome in found if outcome.can_be_marked]
    with claim.store.write() as change:
        jobs.drop_files(change, claim.job.id, but=marked)


def _plain(found: Sequence[Outcome]) -> dict[str, Any]:
    return {"outcomes": [asdict(outcome) for outcome in found]}


def outcomes_of(result: Mapping[str, Any] | None) -> tuple[Outcome, ...]:
    """The outcomes in the result of an import; none where there is no result yet."""
    return tuple(outcome_from_plain(found) for found in (result or {}).get("outcomes", ()))
