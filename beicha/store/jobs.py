"""Jobs: what a worker does outside of any page, with its files, its progress and its result."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, case, delete, exists, func, insert, select, update

from beicha.store import job_parts
from beicha.store.conflicts import insert_if_missing
from beicha.store.content import compress, expand
from beicha.store.files import NamedFile
from beicha.store.schema import MOST_NUMBER, job_files, jobs

State = Literal["queued", "running", "done", "failed", "cancelled"]
ACTIVE: tuple[State, ...] = ("queued", "running")
SPACING = 1000
"""Between the positions of two files lies room for what an archive among them holds."""
MOST_ATTEMPTS = 3
"""A job whose process died so often is not tried again: it may be what kills it."""


@dataclass(frozen=True)
class Job:
    """A job as a page shows it: ``done`` of ``total`` steps, and whether someone asked it to stop."""

    id: int
    kind: str
    state: State
    done: int
    total: int
    cancel: bool
    attempts: int
    worker: str | None
    heartbeat: datetime | None
    made_by: str
    made_at: datetime
    ended_at: datetime | None
    details: Mapping[str, Any]

    @property
    def active(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in ACTIVE


_SHOWN = [column for column in jobs.c if column.name != "result"]


@dataclass(frozen=True)
class NewJob:
    """A job to be queued: its kind, its files, how many steps it has, and JSON values for the worker."""

    kind: str
    files: Sequence[NamedFile]
    total: int
    details: Mapping[str, Any]


def enqueue(change: Connection, new: NewJob, *, by: str, at: datetime) -> int:
    """Queue a job and return its number."""
    values = {"kind": new.kind, "state": "queued", "done": 0, "total": new.total, "cancel": False, "attempts": 0}
    text = json.dumps(new.details, ensure_ascii=False)
    statement = insert(jobs).values(**values, made_by=by, made_at=at, details=text).returning(jobs.c.id)
    number: int = change.execute(statement).scalar_one()
    for place, file in enumerate(new.files):
        add_file(change, number, place * SPACING, file)
    return number


def job(view: Connection, number: int) -> Job | None:
    """The job with this number, None where there is none."""
    if number > MOST_NUMBER:
        return None
    row = view.execute(select(*_SHOWN).where(jobs.c.id == number)).one_or_none()
    return None if row is None else _job(row)


def recent(view: Connection, limit: int = 50) -> tuple[Job, ...]:
    """The newest jobs, newest first."""
    return tuple(_job(row) for row in view.execute(select(*_SHOWN).order_by(jobs.c.id.desc()).limit(limit)))


def waiting(view: Connection, kinds: Sequence[str]) -> bool:
    """Whether a job of one of these kinds waits."""
    statement = select(jobs.c.id).where(*_waits(kinds)).limit(1)
    return view.execute(statement).scalar_one_or_none() is not None


def by_state(view: Connection) -> dict[str, int]:
    """How many jobs there are in each state; states without any are left out."""
    rows = view.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state)).all()
    return {str(state): int(number) for state, number in rows}


def waiting_since(view: Connection) -> datetime | None:
    """When the job was queued that has waited longest; None where none waits."""
    found: datetime | None = view.execute(select(func.min(jobs.c.made_at)).where(jobs.c.state == "queued")).scalar_one()
    return found


def claim(change: Connection, worker: str, now: datetime, kinds: Sequence[str]) -> Job | None:
    """Take a waiting job for a worker, never one that another takes at the same moment; None: none waits.

    Jobs of the kind named first go first, of one kind the oldest.
    """
    rank = case({kind: place for place, kind in enumerate(kinds)}, value=jobs.c.kind)
    waiting = select(jobs.c.id).where(*_waits(kinds)).order_by(rank, jobs.c.id).limit(1)
    oldest = waiting.with_for_update(skip_locked=True).scalar_subquery()
    taken = {"state": "running", "worker": worker, "heartbeat": now, "attempts": jobs.c.attempts + 1}
    row = change.execute(update(jobs).where(jobs.c.id == oldest).values(**taken).returning(*_SHOWN)).one_or_none()
    return None if row is None else _job(row)


def _waits(kinds: Sequence[str]) -> tuple[Any, ...]:
    return jobs.c.state == "queued", jobs.c.kind.in_(list(kinds))


def beat(change: Connection, number: int, worker: str, now: datetime, done: int | None = None) -> bool:
    """Say that a job is alive and how far it is; False where it was cancelled or taken from this worker."""
    values: dict[str, Any] = {"heartbeat": now} if done is None else {"heartbeat": now, "done": done}
    row = change.execute(
        update(jobs).where(_held(number, worker)).values(**values).returning(jobs.c.cancel)
    ).one_or_none()
    return row is not None and not row.cancel


@dataclass(frozen=True)
class Ended:
    """How a job ends: its state, its result, a JSON value, and what its details say from now on (None: as before)."""

    state: State
    result: Any
    details: Mapping[str, Any] | None = None


def end(change: Connection, number: int, worker: str, ended: Ended, now: datetime) -> bool:
    """End a job; False, and nothing changed, where it was taken from this worker."""
    values: dict[str, Any] = {"state": ended.state, "ended_at": now, "result": compress(ended.result)}
    if ended.details is not None:
        values["details"] = json.dumps(ended.details, ensure_ascii=False)
    return change.execute(update(jobs).where(_held(number, worker)).values(**values)).rowcount == 1


def release(change: Connection, number: int, worker: str) -> None:
    """Put a job back that its worker leaves because the process ends; it counts as not tried."""
    values = {"state": "queued", "worker": None, "attempts": jobs.c.attempts - 1, "done": 0}
    change.execute(update(jobs).where(_held(number, worker)).values(**values))


def read_again(change: Connection, number: int, details: Mapping[str, Any]) -> bool:
    """Queue a job that has ended once more, with other details; False where it is active, or its files are dropped."""
    fresh = {"state": "queued", "done": 0, "attempts": 0, "cancel": False}
    blank = {"worker": None, "ended_at": None, "result": None}
    chosen = (jobs.c.id == number) & jobs.c.state.not_in(ACTIVE) & _has_files(number)
    text = json.dumps(details, ensure_ascii=False)
    return change.execute(update(jobs).where(chosen).values(**fresh, **blank, details=text)).rowcount == 1


def note(change: Connection, number: int, details: Mapping[str, Any]) -> None:
    """Write down other details of a job."""
    change.execute(update(jobs).where(jobs.c.id == number).values(details=json.dumps(details, ensure_ascii=False)))


def with_files(view: Connection, kind: str, by: str, limit: int) -> dict[int, tuple[str, ...]]:
    """Somebody's jobs of a kind whose files are not dropped, with the files' names: the newest, newest first."""
    own = select(jobs.c.id).where((jobs.c.kind == kind) & (jobs.c.made_by == by) & _has_files(jobs.c.id))
    numbers = list(view.execute(own.order_by(jobs.c.id.desc()).limit(limit)).scalars())
    names: dict[int, tuple[str, ...]] = dict.fromkeys(numbers, ())
    chosen = select(job_files.c.job, job_files.c.name).where(job_files.c.job.in_(numbers))
    for row in view.execute(chosen.order_by(job_files.c.job, job_files.c.position)):
        names[row.job] += (row.name,)
    return names


def remove(change: Connection, number: int) -> bool:
    """Forget a job with its files and its result; False where it is active, or its files are dropped."""
    chosen = (jobs.c.id == number) & jobs.c.state.not_in(ACTIVE) & _has_files(number)
    if change.execute(select(jobs.c.id).where(chosen).with_for_update()).one_or_none() is None:
        return False
    drop_files(change, number)
    change.execute(delete(jobs).where(jobs.c.id == number))
    return True


def _held(number: int, worker: str) -> ColumnElement[bool]:
    return (jobs.c.id == number) & (jobs.c.worker == worker) & (jobs.c.state == "running")


def cancel(change: Connection, number: int, now: datetime) -> bool:
    """Ask a job to stop: one that waits ends at once, one that runs before its next step. False: it has ended."""
    waiting = (jobs.c.id == number) & (jobs.c.state == "queued")
    ended = update(jobs).where(waiting).values(state="cancelled", cancel=True, ended_at=now)
    if change.execute(ended).rowcount:
        return True
    running = (jobs.c.id == number) & (jobs.c.state == "running")
    return change.execute(update(jobs).where(running).values(cancel=True)).rowcount == 1


def requeue_orphans(change: Connection, silent_since: datetime, now: datetime) -> tuple[int, ...]:
    """Queue the jobs of workers that were last heard of before a moment; those tried too often have failed.

    A cancelled one ends as cancelled. Returns the numbers of all of them.
    """
    chosen = (jobs.c.state == "running") & (jobs.c.heartbeat < silent_since)
    orphans = change.execute(select(jobs.c.id, jobs.c.attempts, jobs.c.cancel).where(chosen).with_for_update()).all()
    for orphan in orphans:
        state = "cancelled" if orphan.cancel else "failed" if orphan.attempts >= MOST_ATTEMPTS else "queued"
        values = {"state": state, "worker": None, "done": 0, "ended_at": None if state == "queued" else now}
        change.execute(update(jobs).where(jobs.c.id == orphan.id).values(**values))
    return tuple(orphan.id for orphan in orphans)


def result(view: Connection, number: int) -> Any:
    """What a job has come to, None while it is active or where it left nothing."""
    blob = view.execute(select(jobs.c.result).where(jobs.c.id == number)).scalar_one_or_none()
    return None if blob is None else expand(blob)


def files(view: Connection, number: int) -> tuple[NamedFile, ...]:
    """The files of a job, in the order in which they were given; empty once they are dropped."""
    listed = listing(view, number)
    return tuple(NamedFile(file.name, job_parts.whole(view, number, file.position)) for file in listed)


@dataclass(frozen=True)
class ListedFile:
    """A file of a job without its bytes."""

    position: int
    name: str
    sha256: str
    size: int


def listing(view: Connection, number: int) -> tuple[ListedFile, ...]:
    """The files of a job without their bytes, in their order."""
    chosen = select(*_LISTED).where(job_files.c.job == number).order_by(job_files.c.position)
    return tuple(ListedFile(*row) for row in view.execute(chosen))


def file(view: Connection, number: int, position: int) -> NamedFile | None:
    """One file of a job; None where it is dropped or was never there."""
    chosen = (job_files.c.job == number) & (job_files.c.position == position)
    name = view.execute(select(job_files.c.name).where(chosen)).scalar_one_or_none()
    return None if name is None else NamedFile(name, job_parts.whole(view, number, position))


def add_file(change: Connection, number: int, position: int, file: NamedFile) -> None:
    """Add a file to a job, unless its position is taken: done again it changes nothing."""
    if insert_if_missing(change, job_files, _file(number, position, file)):
        job_parts.keep(change, number, position, file.content)


def drop_file(change: Connection, number: int, position: int) -> None:
    """Forget one file of a job."""
    change.execute(delete(job_files).where((job_files.c.job == number) & (job_files.c.position == position)))


_LISTED = (job_files.c.position, job_files.c.name, job_files.c.sha256, job_files.c.size)


def describe(change: Connection, number: int, worker: str, details: Mapping[str, Any]) -> bool:
    """Put other details in the place of those that a running job had; False where it was taken from this worker."""
    text = json.dumps(details, ensure_ascii=False)
    return change.execute(update(jobs).where(_held(number, worker)).values(details=text)).rowcount == 1


def resize(change: Connection, number: int, worker: str, total: int) -> None:
    """Say how many steps a running job has, where that turns out only while it runs."""
    change.execute(update(jobs).where(_held(number, worker)).values(total=total))


def keep_result(change: Connection, number: int, worker: str, result: Any) -> None:
    """Keep what a running job has come to so far, for the case that its worker dies."""
    change.execute(update(jobs).where(_held(number, worker)).values(result=compress(result)))


def sent(view: Connection, number: int, sha256: str) -> NamedFile | None:
    """The file of a job with these bytes; None where there is none, or it is dropped."""
    chosen = select(job_files.c.position).where((job_files.c.job == number) & (job_files.c.sha256 == sha256))
    position = view.execute(chosen.order_by(job_files.c.position).limit(1)).scalar_one_or_none()
    return None if position is None else file(view, number, position)


def drop_files(change: Connection, number: int, but: Collection[str] = ()) -> None:
    """Forget the bytes of a job, which are needed no more, but for files with these digests."""
    kept = job_files.c.sha256.not_in(list(but))
    change.execute(delete(job_files).where((job_files.c.job == number) & kept))


def forget_files(change: Connection, digests: Collection[str]) -> int:
    """Forget every job that holds one of these files or a draft read from one; how many there were."""
    wanted = set(digests)
    holding = select(job_files.c.job).where(job_files.c.sha256.in_(list(wanted)))
    found = set(change.execute(holding).scalars())
    drafts = select(jobs.c.id, jobs.c.result).where(jobs.c.kind == "preview", jobs.c.result.is_not(None))
    for number, blob in change.execute(drafts):
        if wanted & {file["sha256"] for file in (expand(blob) or {}).get("files", ())}:
            found.add(number)
    change.execute(delete(job_files).where(job_files.c.job.in_(found)))
    return change.execute(delete(jobs).where(jobs.c.id.in_(found))).rowcount


def drop_ended(change: Connection, before: datetime) -> int:
    """Remove jobs that ended before a moment, with their files and results; how many there were."""
    ended = select(jobs.c.id).where(jobs.c.ended_at < before)
    change.execute(delete(job_files).where(job_files.c.job.in_(ended)))
    return change.execute(delete(jobs).where(jobs.c.ended_at < before)).rowcount


def _has_files(number: Any) -> Any:
    return exists().where(job_files.c.job == number)


def _file(number: int, position: int, file: NamedFile) -> dict[str, Any]:
    values = {"name": file.name, "sha256": file.sha256, "size": len(file.content)}
    return {"job": number, "position": position, **values}


def _job(row: Any) -> Job:
    return Job(**row._asdict() | {"details": json.loads(row.details)})
