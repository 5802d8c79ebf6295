"""The worker: threads of a process that take jobs from the store and do them, whatever becomes of the page.

There are two lanes. One takes previews alone, for which somebody waits in front of the screen; the other takes
imports too, and previews before them. So neither many files nor one slow file makes the next person wait.
"""

import logging
import os
import socket
import threading
import time
from datetime import UTC, datetime
from uuid import uuid4

from beicha.actions.assessing import complete
from beicha.actions.importing import run
from beicha.actions.job_queue import KINDS, Claim, Clock, Kind, StoppedError, Taker, tidy
from beicha.actions.opening import Store, StoreError

LANES: tuple[tuple[Kind, ...], ...] = (("preview",), KINDS)
"""The kinds of job that each thread takes, the urgent ones first."""
LOOK_SECONDS = 1.0
"""How long a job from another process may wait before this one looks; one of this process is taken at once."""
TIDY_LOOKS = 30
"""So many looks lie between two searches for jobs that dead workers left."""

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """Does the jobs of a store in threads of its own, one job at a time in each, from ``start`` to ``stop``."""

    def __init__(self, store: Store, clock: Clock = _now, look_seconds: float = LOOK_SECONDS) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        self._store, self._clock, self._look_seconds = store, clock, look_seconds
        self._leaving = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(kinds,), name=f"beicha-worker-{lane}", daemon=True)
            for lane, kinds in enumerate(LANES)
        ]

    @property
    def is_alive(self) -> bool:
        """Whether any of its threads still runs."""
        return any(thread.is_alive() for thread in self._threads)

    def start(self) -> None:
        """Start the threads; returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 30.0) -> None:
        """Leave after the steps at hand and wait for that; the jobs go back to the queue for another worker."""
        self._leaving.set()
        self._store.job_arrived.ring()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0.0))

    def run_waiting(self, kinds: tuple[Kind, ...] = KINDS) -> int:
        """Do the jobs of these kinds that wait now, in the caller's thread; how many there were."""
        taker = Taker(self._store, self.name, self._clock, kinds, self._leaving.is_set)
        done = 0
        while not self._leaving.is_set() and (held := taker.claim()) is not None:
            _do(held)
            done += 1
        return done

    def _work(self, kinds: tuple[Kind, ...]) -> None:
        looks = 0
        while not self._leaving.is_set():
            heard = self._store.job_arrived.rings
            try:
                if looks % TIDY_LOOKS == 0:
                    self._tidy(kinds)
                self.run_waiting(kinds)
            except StoreError:
                _log.exception("the database did not answer; the worker tries again")
            looks += 1
            if not self._leaving.is_set():
                self._store.job_arrived.wait(heard, self._look_seconds)

    def _tidy(self, kinds: tuple[Kind, ...]) -> None:
        """Put back what dead workers left; the lane that takes everything also scores whoever has no score yet."""
        tidy(self._store, self._clock())
        if kinds == KINDS:
            complete(self._store)


def _do(held: Claim) -> None:
    """Do a job. A fault of the program ends it as failed and is noted in the log.

    Where the database does not answer, the job stays as it is, and is put back once it has been silent long enough.
    """
    try:
        run(held)
    except StoreError:
        raise
    except StoppedError as stopped:
        if stopped.why == "leaving":
            held.leave()
    except Exception:
        _log.exception("job %s failed", held.job.id)
        held.end("failed", {})
