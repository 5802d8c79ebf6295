"""The queue of jobs as a worker sees it: take one, say how far it is, end it, put back what dead workers left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BufferedReader
from typing import Any, BinaryIO, Literal

from beicha.store import Store, job_parts, jobs
from beicha.store.files import NamedFile
from beicha.store.job_parts import Parts
from beicha.store.jobs import Ended, Job, ListedFile, State

Clock = Callable[[], datetime]
Kind = Literal["preview", "import"]
KINDS: tuple[Kind, ...] = ("preview", "import")
"""The kinds of job: somebody waits in front of the screen for the first, which therefore goes first."""

SILENT = timedelta(minutes=2)
"""A worker that says nothing for so long is taken for dead; between two words it reads one file at most (20 s)."""
KEPT = timedelta(days=7)
"""Ended jobs, with the bytes of previews that nobody confirmed, are kept so long."""


class StoppedError(Exception):
    """The job goes on no further: somebody cancelled it, or this worker lost or leaves it."""

    def __init__(self, why: Literal["cancelled", "lost", "leaving"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Claim:
    """A job that a worker holds. ``leaving`` tells whether the worker's process is about to end."""

    store: Store
    job: Job
    worker: str
    clock: Clock
    leaving: Callable[[], bool] = lambda: False

    def files(self) -> tuple[NamedFile, ...]:
        """The job's files."""
        with self.store.read() as view:
            return jobs.files(view, self.job.id)

    def listing(self) -> tuple[ListedFile, ...]:
        """The job's files without their bytes."""
        with self.store.read() as view:
            return jobs.listing(view, self.job.id)

    def file(self, position: int) -> NamedFile:
        """One of the listed files; raises StoppedError where it is gone, because somebody else does the job."""
        with self.store.read() as view:
            found = jobs.file(view, self.job.id, position)
        if found is None:
            raise StoppedError("lost")
        return found

    def open_file(self, listed: ListedFile) -> BinaryIO:
        """One of the listed files, to be read piece by piece; reading raises StoppedError as ``file`` does."""

        def fetch(number: int) -> bytes:
            with self.store.read() as view:
                found = job_parts.part(view, self.job.id, listed.position, number)
            if found is None:
                raise StoppedError("lost")
            return found

        return BufferedReader(Parts(listed.size, fetch))

    def add_file(self, position: int, file: NamedFile) -> None:
        """Add a file that was found in another."""
        with self.store.write() as change:
            jobs.add_file(change, self.job.id, position, file)

    def replace_file(self, position: int, details: Mapping[str, Any]) -> None:
        """Forget a file, whose place others have taken, and say more about the job."""
        with self.store.write() as change:
            if jobs.describe(change, self.job.id, self.worker, {**self.job.details, **details}):
                jobs.drop_file(change, self.job.id, position)

    def resize(self, total: int) -> None:
        """Say how many steps the job has after all."""
        with self.store.write() as change:
            jobs.resize(change, self.job.id, self.worker, total)

    def result(self) -> Any:
        """What an earlier worker kept of this job; None where it kept nothing."""
        with self.store.read() as view:
            return jobs.result(view, self.job.id)

    def keep(self, result: Any) -> None:
        """Keep what the job has come to so far."""
        with self.store.write() as change:
            jobs.keep_result(change, self.job.id, self.worker, result)

    def step(self, done: int) -> None:
        """Say that so many steps are done; raises StoppedError where the job is to go no further."""
        if self.leaving():
            raise StoppedError("leaving")
        with self.store.write() as change:
            goes_on = jobs.beat(change, self.job.id, self.worker, self.clock(), done)
        if not goes_on:
            with self.store.read() as view:
                now = jobs.job(view, self.job.id)
            cancelled = now is not None and now.cancel and now.worker == self.worker
            raise StoppedError("cancelled" if cancelled else "lost")

    def end(self, state: State, result: Any, details: Mapping[str, Any] | None = None) -> None:
        """End the job with a JSON value, and other details if given; nothing happens where it was lost."""
        with self.store.write() as change:
            jobs.end(change, self.job.id, self.worker, Ended(state, result, details), self.clock())

    def leave(self) -> None:
        """Put the job back for another worker."""
        with self.store.write() as change:
            jobs.release(change, self.job.id, self.worker)


@dataclass(frozen=True)
class Taker:
    """Who takes jobs: a worker's name, its clock, the kinds it takes, the urgent ones first, and whether it leaves."""

    store: Store
    worker: str
    clock: Clock
    kinds: tuple[Kind, ...] = KINDS
    leaving: Callable[[], bool] = lambda: False

    def claim(self) -> Claim | None:
        """A waiting job, now this worker's; None where none waits. A look before it holds up nobody."""
        with self.store.read() as view:
            if not jobs.waiting(view, self.kinds):
                return None
        with self.store.write() as change:
            job = jobs.claim(change, self.worker, self.clock(), self.kinds)
        return None if job is None else Claim(self.store, job, self.worker, self.clock, self.leaving)


def tidy(store: Store, now: datetime) -> None:
    """Put back the jobs of dead workers, and remove those that ended long ago."""
    with store.write() as change:
        jobs.requeue_orphans(change, now - SILENT, now)
        jobs.drop_ended(change, now - KEPT)
