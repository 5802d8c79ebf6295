"""Processes killed with SIGKILL at a random moment, again and again, on one database."""

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

from beicha.actions import job_queue, recomputing
from beicha.actions.grants import OFFICE
from beicha.jobs.worker import Worker
from beicha.store import Store, StoreError, open_store
from beicha.store.schema import assessments, jobs
from tests.actions.office import NOW, day, lecture, lectures, send, set_up
from tests.faults.checks import Found, Look, check_whole, scores
from tests.faults.children import PLACES, READY, begin

REACH = 2.5
"""A process is killed at a random moment within so many times what its first acknowledgement takes."""
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.children"])


@dataclass
class Outcome:
    """What became of so many kills."""

    name: str
    kills: int = 0
    acknowledged: int = 0
    refused: int = 0
    slowest: float = 0.0
    found: Found = field(default_factory=Found)

    @property
    def broken(self) -> bool:
        """Whether a promise is broken."""
        return self.found.broken

    def __str__(self) -> str:
        refused = f", {self.refused} refused" if self.refused else ""
        return (
            f"{self.name}: {self.kills} kills, {self.acknowledged} acknowledged{refused}; {self.found}; "
            f"back in {self.slowest:.2f} s at most"
        )


@contextmanager
def running(name: str, url: str, run: str, variant: str = "") -> Iterator[tuple[Any, Connection]]:
    """A process that does one of the works; killed at the end. A fork server holds no connection to any database."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=begin, args=(name, url, theirs, run, variant), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()


def heard(pipe: Connection, seconds: float = 0.0) -> Iterator[Any]:
    """What came through the pipe, and what comes within so many seconds more."""
    until = time.monotonic() + seconds
    try:
        while pipe.poll(max(until - time.monotonic(), 0.0)):
            yield pipe.recv()
    except EOFError:
        return


def pace(name: str, url: str, variant: str = "") -> float:
    """The seconds from the beginning of a work to what it acknowledges first."""
    with running(name, url, "pace", variant) as (_, pipe):
        assert pipe.recv() == READY
        start = time.monotonic()
        next(heard(pipe, 60))
        return time.monotonic() - start


def killed(name: str, url: str, run: str, longest: float, variant: str = "") -> list[Any]:
    """Runs a process and kills it within so many seconds; what it had acknowledged until then."""
    with running(name, url, run, variant) as (process, pipe):
        assert pipe.recv() == READY
        told = list(heard(pipe, random.uniform(0.0, longest)))
        process.kill()
        process.join()
        return [*told, *heard(pipe)]


def uploads(url: str, kills: int, variant: str = "", name: str = "upload") -> Outcome:
    """Kills while files are stored; after each, everything acknowledged is there and nothing is half there."""
    store = open_store(url)
    set_up(store)
    store.close()
    outcome, look, longest = Outcome(name), Look(), REACH * pace(name, url)
    while outcome.kills < kills and not outcome.broken:
        told = killed(name, url, str(outcome.kills), longest, variant)
        look.acknowledged.update(told)
        outcome.kills += 1
        outcome.acknowledged += len(told)
        _look_again(url, look, outcome)
    return outcome


def _look_again(url: str, look: Look, outcome: Outcome) -> None:
    start = time.monotonic()
    store = open_store(url)
    if outcome.name == "job":
        job_queue.tidy(store, NOW + timedelta(minutes=10 * outcome.kills))
    outcome.slowest = max(outcome.slowest, time.monotonic() - start)
    outcome.found = look.at(store)
    check_whole(store, outcome.found)
    store.close()


def swept(url: str) -> int:
    """Lets a worker do the jobs that dead ones left; how many are still not at their end."""
    store = open_store(url)
    job_queue.tidy(store, NOW + timedelta(days=1))
    Worker(store, clock=lambda: NOW + timedelta(days=1)).run_waiting()
    with store.read() as view:
        states = view.execute(jobs.select()).mappings().all()
    store.close()
    return sum(row["state"] in ("queued", "running") for row in states)


def recomputations(url: str, kills: int, variant: str = "") -> Outcome:
    """Kills while everything is scored anew after all scores were lost; what is left is gone on with and is right."""
    store, outcome = open_store(url), Outcome("recompute")
    set_up(store)
    for place in PLACES:
        send(store, lectures(lecture(day(3, 5)), community=place))
    send(store, lectures(lecture(day(6, 5)), month="2026-06"))
    right, longest = scores(store), pace("recompute", url) * 1.2
    while outcome.kills < kills and not outcome.broken:
        _forget_scores(store)
        outcome.acknowledged += len(killed("recompute", url, str(outcome.kills), longest, variant))
        outcome.kills += 1
        start = time.monotonic()
        begun = bool(recomputing.to_resume(store)) or bool(scores(store))
        recomputing.resume(OFFICE, store, NOW)
        outcome.slowest = max(outcome.slowest, time.monotonic() - start)
        outcome.found.half += begun and scores(store) != right
    store.close()
    return outcome


def _forget_scores(store: Store) -> None:
    with store.write() as change:
        change.execute(assessments.delete())


def migrations(new_database: Callable[[], str], kills: int, variant: str = "") -> Outcome:
    """Kills while an empty database is brought to the newest schema; the next start brings it there."""
    outcome, longest = Outcome("migrate"), pace("migrate", new_database()) * 1.2
    while outcome.kills < kills and not outcome.broken:
        url = new_database()
        told = killed("migrate", url, str(outcome.kills), longest, variant)
        outcome.kills += 1
        outcome.acknowledged += len(told)
        start = time.monotonic()
        try:
            store = open_store(url)
            set_up(store)
            check_whole(store, outcome.found)
            store.close()
        except StoreError:
            outcome.found.half += 1
        outcome.slowest = max(outcome.slowest, time.monotonic() - start)
    return outcome
