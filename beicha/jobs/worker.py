"""The worker: one thread per process that takes jobs from the store and does them, whatever becomes of the page."""

import logging
import os
import socket
import threading
from datetime import UTC, datetime
from uuid import uuid4

from beicha.actions.assessing import complete
from beicha.actions.importing import run
from beicha.actions.job_queue import Claim, Clock, StoppedError, claim, tidy, waiting
from beicha.actions.opening import Store, StoreError

LOOK_SECONDS = 1.0
"""How long a job from another process may wait before this one looks; one of this process is taken at once."""
TIDY_LOOKS = 30
"""So many looks lie between two searches for jobs that dead workers left."""

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """Does the jobs of a store in a thread of its own, one at a time, from ``start`` to ``stop``."""

    def __init__(self, store: Store, clock: Clock = _now, look_seconds: float = LOOK_SECONDS) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        self._store, self._clock, self._look_seconds = store, clock, look_seconds
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._work, name="beicha-worker", daemon=True)

    def start(self) -> None:
        """Start the thread; returns at once."""
        self._thread.start()

    def stop(self, seconds: float = 30.0) -> None:
        """Leave after the step at hand and wait for that; the job goes back to the queue for another worker."""
        self._leaving.set()
        self._store.job_arrived.set()
        self._thread.join(seconds)

    def run_waiting(self) -> int:
        """Do the jobs that wait now, in the caller's thread; how many there were."""
        done = 0
        while not self._leaving.is_set() and waiting(self._store):
            held = claim(self._store, self.name, self._clock, self._leaving.is_set)
            if held is None:
                break
            _do(held)
            done += 1
        return done

    def _work(self) -> None:
        looks = 0
        while not self._leaving.is_set():
            self._store.job_arrived.clear()
            try:
                if looks % TIDY_LOOKS == 0:
                    tidy(self._store, self._clock())
                    complete(self._store)
                self.run_waiting()
            except StoreError:
                _log.exception("the database did not answer; the worker tries again")
            looks += 1
            self._store.job_arrived.wait(self._look_seconds)


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
