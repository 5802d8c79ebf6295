"""Many at once, the same again, a clock that is put back and forward, a reader that hangs."""

import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from multiprocessing import get_context

from sqlalchemy import select

from beicha.actions import imports, job_queue, submissions
from beicha.actions.grants import OFFICE
from beicha.intake import child
from beicha.intake.book import Book, Refusal
from beicha.jobs.worker import Worker
from beicha.store import open_store
from beicha.store.schema import submissions as versions
from tests.actions.office import MARCH, NOW, day, later, lecture, lectures, send, set_up
from tests.faults.checks import Found, Look, check_whole
from tests.faults.children import PLACES, book

WRITERS, EACH = 8, 20


def _write(url: str, writer: int, each: int) -> list[int]:
    """Uploads of one process: every other one is a workbook that all send alike; the receipts."""
    store = open_store(url)
    runs = [(f"w{writer}" if number % 2 else "same", number) for number in range(each)]
    receipts = [send(store, book(run, number, PLACES[0])).number for run, number in runs]
    store.close()
    return [receipt for receipt in receipts if receipt is not None]


def writers(url: str, each: int = EACH) -> tuple[Found, int]:
    """Eight processes upload for one community and month; what was found, and how many receipts were given."""
    store = open_store(url)
    set_up(store)
    with ProcessPoolExecutor(WRITERS, get_context("spawn")) as pool:
        told = [one for found in pool.map(_write, [url] * WRITERS, range(WRITERS), [each] * WRITERS) for one in found]
    assert len(told) == len(set(told)), "no receipt is given twice"
    found = Look(acknowledged=set(told)).at(store)
    with store.read() as view:
        hashes = view.execute(select(versions.c.content_hash).order_by(versions.c.version)).scalars().all()
    found.half += sum(one == following for one, following in pairwise(hashes))
    check_whole(store, found)
    store.close()
    return found, len(told)


def replayed(url: str, times: int = 10) -> int:
    """The same upload so many times, by itself and as jobs that are confirmed twice; the versions there are then."""
    store = open_store(url)
    set_up(store)
    worker = Worker(store, clock=lambda: NOW)
    for number in range(times):
        send(store, lectures(lecture(day(3, 5)), name=f"{number}.xlsx"), now=later(number))
        made = imports.start(OFFICE, store, [lectures(lecture(day(3, 5)))], now=NOW, kind="preview")
        worker.run_waiting()
        first, second = (imports.confirm(OFFICE, store, made, now=later(number)) for _ in range(2))
        assert first.stored == second.stored
    found = len(submissions.history(OFFICE, store, MARCH))
    store.close()
    return found


def turned_clock(url: str) -> list[str]:
    """Uploads while the clock goes back a day and forward a month, a job meanwhile; what is wrong afterwards."""
    store = open_store(url)
    set_up(store)
    shifts = (timedelta(0), -timedelta(days=1), timedelta(days=31), -timedelta(hours=3))
    for number, shift in enumerate(shifts):
        send(store, book("clock", number, PLACES[0]), now=NOW + shift)
    wrong = []
    history = submissions.history(OFFICE, store, MARCH)
    if [entry.version.version for entry in history] != [4, 3, 2, 1] or not history[0].current:
        wrong.append("versions are not in the order in which they came")
    made = imports.start(OFFICE, store, [book("clock", 9, PLACES[1])], now=NOW)
    slow = job_queue.Taker(store, "slow", lambda: NOW).claim()
    job_queue.tidy(store, NOW - timedelta(days=1))
    if imports.status(OFFICE, store, made).worker != "slow":
        wrong.append("a clock put back takes a job from the one who does it")
    job_queue.tidy(store, NOW + timedelta(days=1))
    Worker(store, clock=lambda: NOW + timedelta(days=1)).run_waiting()
    with suppress(job_queue.StoppedError):
        assert slow is not None
        slow.step(1)
        wrong.append("a worker that was taken for dead goes on")
    if len(submissions.history(OFFICE, store, submissions.Key("C02", MARCH.period))) != 1:
        wrong.append("a job that was taken over is not stored once")
    found = Look().at(store)
    check_whole(store, found)
    store.close()
    return [*wrong, str(found)] if found.broken else wrong


def hung_reader(seconds: float = 3.0) -> tuple[float, float, str]:
    """A reading process hangs; how long another file took meanwhile, how long the first, and what was said of it."""
    reader, content = child.Reader(seconds=seconds), book("hung", 0, PLACES[0]).content
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(reader.read, [content] * 2))
            pid = reader._idle[-1]._process.pid
            os.kill(pid, signal.SIGSTOP)
            start = time.monotonic()
            hanging = pool.submit(reader.read, content)
            while len(reader._idle) > 1:
                time.sleep(0.005)
            other = reader.read(content)
            meanwhile = time.monotonic() - start
            refused = hanging.result()
            took = time.monotonic() - start
    finally:
        reader.close()
    assert isinstance(other, Book)
    return meanwhile, took, refused.code if isinstance(refused, Refusal) else "read"
