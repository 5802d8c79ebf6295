"""(l) Everything scored anew: here, and by one and by two workers of a Dask cluster on the same two cores.

The store is that of (k). What each of them stores is asserted to be the same to the last byte.
"""

import os
import sqlite3
import tempfile
import time
from pathlib import Path

from beicha.actions.grants import OFFICE
from beicha.actions.recomputing import recompute
from beicha.actions.spreading import ADDRESS
from beicha.store import open_store
from benchmarks.growth import NOW, settle
from tests.dask_cluster import dask_cluster

COMMUNITIES, MONTHS = 300, 36
WORKERS = (0, 1, 2)


def anew(path: Path, workers: int) -> float:
    """The seconds that scoring everything anew takes; without workers here."""
    if workers:
        with dask_cluster(workers) as (address, _):
            os.environ[ADDRESS] = address
            try:
                return _timed(path)
            finally:
                del os.environ[ADDRESS]
    return _timed(path)


def _timed(path: Path) -> float:
    store = open_store(f"sqlite:///{path}")
    start = time.perf_counter()
    recompute(OFFICE, store, NOW)
    taken = time.perf_counter() - start
    store.close()
    return taken


def _scores(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    asked = "SELECT * FROM assessments JOIN reasons USING (period, community) ORDER BY period, community"
    found = connection.execute(asked).fetchall()
    connection.execute("DELETE FROM assessments")
    connection.commit()
    connection.close()
    return found


def run(*, quick: bool = False) -> list[str]:
    """The lines of the table."""
    communities = 60 if quick else COMMUNITIES
    lines = [f"(l) {communities:,} communities x {MONTHS} months scored anew"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settle(folder, communities, MONTHS)
        right: list[tuple[object, ...]] = []
        first = 0.0
        for workers in WORKERS:
            taken = anew(folder / "ours.db", workers)
            found = _scores(folder / "ours.db")
            assert found == (right or found)
            right, first = found, first or taken
            place = f"{workers} workers" if workers else "here"
            lines.append(f"    {place:<24} {taken:8.1f} s {first / taken:8.2f}x")
    return lines
