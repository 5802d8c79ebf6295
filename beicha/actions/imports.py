"""Files read by a job, outside of any page's script, so that a lost connection loses and doubles nothing.

Two kinds. ``preview``: one upload is read into a draft, which waits in the job with its bytes; ``draft`` fetches it,
``submissions.preview`` says what it would change, ``answer`` has it read again with what a person says to its problems,
``confirm`` stores it, and ``receipt`` tells what it came to. ``import``: many files are read, then stored one by one,
each in its own transaction; ``outcomes`` tells what became of each.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from beicha.actions.draft_reading import Said
from beicha.actions.drafts import Draft, from_plain
from beicha.actions.grants import Grant, may_everywhere, require, to_plain
from beicha.actions.importing import outcomes_of, said_in
from beicha.actions.job_queue import Kind
from beicha.actions.outcomes import Outcome, State
from beicha.actions.previews import preview
from beicha.actions.receipts import Confirmed, Receipt, receipt_of
from beicha.actions.remembering import EVERYWHERE, keep_words
from beicha.actions.submissions import submit
from beicha.actions.unpacking import is_archive, refuse_upload
from beicha.intake import answers
from beicha.intake.answers import LONGEST, Answers, Place
from beicha.store import Store, audit, jobs
from beicha.store.files import NamedFile
from beicha.store.jobs import Job as Job
from beicha.store.jobs import NewJob
from beicha.words.masking import masked_all

STARTED: Mapping[Kind, str] = {"preview": "preview.start", "import": "import.start"}


def start(
    grant: Grant,
    store: Store,
    files: Sequence[NamedFile],
    *,
    now: datetime,
    kind: Kind = "import",
    community: str | None = None,
    period: str | None = None,
) -> int:
    """Queue the files and return the job's number. ``community`` and ``period`` are chosen by the user, if given."""
    require(grant, "submit")
    if refuse_upload([len(file.content) for file in files]):
        raise ValueError("the files are more than one upload takes: ask refuse_upload first")
    details = {"grant": to_plain(grant), **_said(Said(community, period))}
    total = (
        len(files)
        if kind == "preview"
        else 0
        if any(is_archive(file.name, BytesIO(file.content)) for file in files)
        else 2 * len(files)
    )
    with store.write() as change:
        number = jobs.enqueue(change, NewJob(kind, files, total, details), by=grant.actor, at=now)
        names = [file.name for file in files]
        audit.add(change, now, grant, STARTED[kind], str(number), files=masked_all(names))
    store.job_arrived.ring()
    return number


def status(grant: Grant, store: Store, number: int) -> Job:
    """How far a job is; raises LookupError where the grant has no such job."""
    require(grant, "submit")
    with store.read() as view:
        job = jobs.job(view, number)
    if job is None or not _may_see(grant, job):
        raise LookupError(f"there is no job {number}")
    return job


@dataclass(frozen=True)
class Progress:
    """How far a job is: what is done to which file, and ``done`` of ``total`` files that this is done to."""

    job: Job
    doing: Literal["waiting", "unpacking", "reading", "storing"]
    done: int
    total: int
    file: str


def progress(grant: Grant, store: Store, number: int) -> Progress:
    """How far a job is; raises LookupError where the grant has no such job."""
    job = status(grant, store, number)
    with store.read() as view:
        listed = jobs.listing(view, number) if job.active else ()
    files = len(listed)
    if job.state == "queued":
        return Progress(job, "waiting", 0, files, "")
    if job.total == 0:
        return Progress(job, "unpacking", files, files, listed[-1].name if listed else "")
    storing = job.kind == "import" and job.done >= job.total // 2
    done = job.done - job.total // 2 if storing else job.done
    return Progress(job, "storing" if storing else "reading", done, files, listed[done].name if done < files else "")


def recent(grant: Grant, store: Store, limit: int = 50) -> tuple[Job, ...]:
    """The newest jobs that the grant may see, newest first."""
    require(grant, "submit")
    with store.read() as view:
        return tuple(job for job in jobs.recent(view, limit) if _may_see(grant, job))


def cancel(grant: Grant, store: Store, number: int, *, now: datetime) -> bool:
    """Ask a job to stop before its next file; False where it has ended already. What is stored stays stored."""
    status(grant, store, number)
    with store.write() as change:
        stopped = jobs.cancel(change, number, now)
        if stopped:
            audit.add(change, now, grant, "job.cancel", str(number))
    return stopped


def draft(grant: Grant, store: Store, number: int) -> Draft | None:
    """The draft that a job of kind ``preview`` has read; None while it is not done."""
    job = status(grant, store, number)
    if job.kind != "preview" or job.state != "done":
        return None
    with store.read() as view:
        return from_plain(jobs.result(view, number))


def confirm(grant: Grant, store: Store, number: int, *, now: datetime, drop: Collection[str] = ()) -> Receipt:
    """Store the draft of a job of kind ``preview``, and remember what was said about the words in its files.

    Files with errors go into a draft of their own. Confirmed again, in another tab or after a lost connection, it
    gives the same receipt and stores nothing. Raises
    LookupError where there is no draft, or another one than that which was looked at.
    """
    job = status(grant, store, number)
    earlier = receipt(grant, store, number)
    if earlier is not None:
        return earlier
    found = draft(grant, store, number)
    if found is None or not found.reports:
        raise LookupError(f"job {number} holds no draft")
    with store.read() as view:
        files = jobs.files(view, number)
    told = preview(grant, store, found, drop).reports
    scores = {(one.key.community, one.key.period): (one.score_before, one.score_after) for one in told}
    rejected = {file.sha256 for file in found.files if not file.accepted}
    left = [file for file in files if file.sha256 in rejected]
    confirmed = Confirmed(number, job.ended_at, scores, left)
    made = submit(grant, store, found, files, now=now, drop=drop, confirmed=confirmed)
    with store.write() as change:
        keep_words(change, grant, said_in(job.details).answers, _unit(found), now=now)
    store.job_arrived.ring()
    return made


def receipt(grant: Grant, store: Store, number: int) -> Receipt | None:
    """The receipt that a draft was confirmed with; None while it waits."""
    job = status(grant, store, number)
    with store.read() as view:
        return receipt_of(view, job)


def _unit(found: Draft) -> str:
    """Whose files they were, where all are of one community; the words of others hold everywhere."""
    units = {report.key.community for report in found.reports if report.key.kept_by == "community"}
    return units.pop() if len(units) == 1 else EVERYWHERE


def answer(grant: Grant, store: Store, number: int, more: Answers, *, now: datetime) -> None:
    """Have the files of a draft read again with more answers to its problems; what was answered before stays.

    Raises LookupError where the grant has no such draft, it is stored already, or an answer is about a file that is
    not in it or a cell that it does not show, or longer than a cell.
    """
    found = draft(grant, store, number)
    if found is None or not _is_about(found, more):
        raise LookupError(f"job {number} holds no such draft")
    _read_again(grant, store, number, lambda before: before.joined(more), now)


def take_back(grant: Grant, store: Store, number: int, places: Collection[Place], *, now: datetime) -> None:
    """Have the files of a draft read again without the fixes of these cells; raises LookupError as ``answer`` does."""
    _read_again(grant, store, number, lambda before: before.taking_back(places), now)


def again(grant: Grant, store: Store, number: int, *, now: datetime) -> None:
    """Have the files of a draft read once more, after reading was cancelled or failed; raises LookupError likewise."""
    _read_again(grant, store, number, lambda before: before, now)


def discard(grant: Grant, store: Store, number: int, *, now: datetime) -> None:
    """Forget a draft with its files. Nothing happens to one that is stored already, or is being read."""
    job = status(grant, store, number)
    with store.write() as change:
        if job.kind == "preview" and jobs.remove(change, number):
            audit.add(change, now, grant, "preview.discard", str(number))


def _is_about(found: Draft, more: Answers) -> bool:
    files = {file.sha256 for file in found.files}
    if any(len(fix.text) > LONGEST for fix in more.fixes):
        return False
    return {known.sha256 for known in more.belongings} <= files and {fix.place for fix in more.fixes} <= found.cells


def _read_again(grant: Grant, store: Store, number: int, changed: Callable[[Answers], Answers], now: datetime) -> None:
    job = status(grant, store, number)
    said = said_in(job.details)
    fresh = replace(said, answers=changed(said.answers))
    with store.write() as change:
        if job.kind != "preview" or not jobs.read_again(change, number, {**job.details, **_said(fresh)}):
            raise LookupError(f"job {number} waits for no answer")
        audit.add(change, now, grant, "preview.answer", str(number), answers=_noted(fresh.answers))
    store.job_arrived.ring()


def _noted(said: Answers) -> dict[str, Any]:
    """The answers as the audit keeps them: which cells were put right, never what was typed, which may be anybody's."""
    plain = answers.to_plain(said)
    return masked_all({**plain, "fixes": [{**fix, "text": "…"} for fix in plain["fixes"]]})  # type: ignore[no-any-return]


def _said(said: Said) -> dict[str, Any]:
    return {"community": said.community, "period": said.period, "answers": answers.to_plain(said.answers)}


def outcomes(grant: Grant, store: Store, number: int) -> tuple[Outcome, ...]:
    """What became of each file of a job of kind ``import``, in the order given; while it runs, of those stored so far.

    Where it was cancelled before it began or failed half-way, the files that it did not reach are told as well.
    """
    job = status(grant, store, number)
    with store.read() as view:
        found = {outcome.position: outcome for outcome in outcomes_of(jobs.result(view, number))}
        left = jobs.listing(view, number) if job.state in ("cancelled", "failed") else ()
    for file in left:
        rest: State = "failed" if job.state == "failed" else "cancelled"
        found.setdefault(file.position, Outcome(file.name, file.sha256, rest, position=file.position))
    return tuple(found[position] for position in sorted(found))


def _may_see(grant: Grant, job: Job) -> bool:
    return may_everywhere(grant, "set_up") or job.made_by == grant.actor
