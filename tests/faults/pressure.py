"""A database that does not answer: locked by another, without room on its disk, or gone in the middle of the work."""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from beicha.store import StoreError, open_store
from tests.actions.office import send, set_up
from tests.databases import Cluster, running_cluster
from tests.faults.checks import Look, check_whole
from tests.faults.children import PLACES, REFUSED, book
from tests.faults.kills import Outcome, heard, running

ROOT = Path(__file__).resolve().parents[2]
ROOM_MIB = {"sqlite": 8, "postgresql": 160}
LEFT_MIB = 2
WRITERS = 2
RECOVERY_SECONDS = 60.0
NO_MOUNT, BROKEN = 77, 78
Filling = Callable[[Path], AbstractContextManager[None]]


def restarts(cluster: Cluster, url: str, times: int) -> Outcome:
    """PostgreSQL falls and comes back while two processes upload: nothing acknowledged is gone."""
    store = open_store(url)
    set_up(store)
    outcome, look = Outcome("restart"), Look()
    with ExitStack() as stack:
        pipes = [stack.enter_context(running("persist", url, f"w{n}"))[1] for n in range(WRITERS)]
        for pipe in pipes:
            pipe.recv()
        for _ in range(times):
            told = [one for pipe in pipes for one in heard(pipe, random.uniform(1.0, 2.0))]
            start = time.monotonic()
            cluster.fall()
            told += _until_answered(pipes[0])
            outcome.slowest = max(outcome.slowest, time.monotonic() - start)
            outcome.kills += 1
            _count(told, outcome, look)
        _count([one for pipe in pipes for one in heard(pipe, 0.5)], outcome, look)
    outcome.found = look.at(store)
    check_whole(store, outcome.found)
    store.close()
    return outcome


def _until_answered(pipe: Connection) -> list[object]:
    told: list[object] = []
    until = time.monotonic() + RECOVERY_SECONDS
    refused = False
    while time.monotonic() < until:
        for one in heard(pipe, 0.05):
            told.append(one)
            refused = refused or one == REFUSED
            if refused and one != REFUSED:
                return told
        if not refused and len(told) > 3:
            return told
    raise TimeoutError("nothing was stored after the restart")


def _count(told: list[object], outcome: Outcome, look: Look) -> None:
    receipts = [one for one in told if isinstance(one, int)]
    look.acknowledged.update(receipts)
    outcome.acknowledged += len(receipts)
    outcome.refused += len(told) - len(receipts)


def locked(path: Path, seconds: float) -> tuple[bool, float]:
    """Another process holds a SQLite database for so long; whether an upload was stored, and how long it waited."""
    store = open_store(f"sqlite:///{path}")
    set_up(store)
    send(store, book("lock", 0, PLACES[0]))
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(seconds, lambda: other.execute("COMMIT"))
    release.start()
    start, stored = time.monotonic(), True
    try:
        send(store, book("lock", 1, PLACES[0]))
    except StoreError:
        stored = False
    waited = time.monotonic() - start
    release.join()
    other.close()
    assert send(store, book("lock", 2, PLACES[0])).number, "an upload after the lock is stored"
    store.close()
    return stored, waited


def filled(folder: Path, make_full: Filling) -> Outcome:
    """A SQLite file on a disk without room (``uploads_until_full``)."""
    return uploads_until_full(f"sqlite:///{folder / 'beicha.db'}", partial(make_full, folder))


def uploads_until_full(
    url: str, make_full: Callable[[], AbstractContextManager[None]], revive: Callable[[], None] = lambda: None
) -> Outcome:
    """Uploads until there is no room, once more, and again when there is room: nothing acknowledged is gone."""
    store, outcome, look = open_store(url), Outcome("disk full"), Look()
    set_up(store)
    number = 0
    with make_full():
        while not outcome.refused:
            number += 1
            try:
                look.acknowledged.add(int(send(store, book("full", number, PLACES[number % 3])).text))
            except StoreError:
                outcome.refused += 1
    start = time.monotonic()
    revive()
    look.acknowledged.add(int(send(store, book("full", 0, PLACES[0])).text))
    outcome.slowest = time.monotonic() - start
    outcome.acknowledged = len(look.acknowledged)
    outcome.found = look.at(store)
    check_whole(store, outcome.found)
    store.close()
    return outcome


@contextmanager
def no_more_room(folder: Path) -> Iterator[None]:
    """Lets no file of this process grow beyond what the database has now and a little: a write fails in its middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(path.stat().st_size for path in folder.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 400_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def ballast(folder: Path) -> Iterator[None]:
    """Leaves a small disk almost without room, and takes the ballast away at the end."""
    heavy = folder / "ballast"
    heavy.write_bytes(bytes(shutil.disk_usage(folder).free - (LEFT_MIB << 20)))
    try:
        yield
    finally:
        heavy.unlink()


def on_a_small_disk(backend: str = "sqlite") -> tuple[bool, str] | None:
    """The same on a disk of its own that is really full: whether a promise was broken, and what was counted.

    Of PostgreSQL the whole server lies on it, its log of changes too. None where this machine lets nobody mount one, or
    where a server cannot be started there, as that takes root; raises RuntimeError where it came to no end.
    """
    if backend == "postgresql" and os.geteuid() != 0:
        return None
    with tempfile.TemporaryDirectory() as name:
        mount = f"mount -t tmpfs -o size={ROOM_MIB[backend]}m,mode=755 none {name} || exit {NO_MOUNT}"
        script = f"{mount}; exec {sys.executable} -m tests.faults.pressure {name} {backend}"
        alone = ["--map-root-user"] if backend == "sqlite" else []  # other users would be missing there
        command = ["unshare", "--mount", *alone, "sh", "-c", script]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode == NO_MOUNT or done.stderr.startswith("unshare:"):
        return None
    if done.returncode not in (0, BROKEN):
        raise RuntimeError(done.stderr)
    return done.returncode == BROKEN, done.stdout.strip()


def _on_this_disk(folder: Path, backend: str) -> Outcome:
    if backend == "sqlite":
        return filled(folder, ballast)
    with contextmanager(running_cluster)(durable=True, place=folder) as cluster:
        url = cluster.url(cluster.new_database())
        return uploads_until_full(url, partial(ballast, folder), cluster.revive)


if __name__ == "__main__":
    told = _on_this_disk(Path(sys.argv[1]), sys.argv[2])
    print(told)
    sys.exit(BROKEN if told.broken else 0)
