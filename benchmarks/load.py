"""Load: many people at their pages, as plain Streamlit serves them, from one process, and from two behind nginx.

``python -m benchmarks.load [--people N ...] [--seconds S]``. People and servers share the machine, so that figures are
to be read beside each other. ``shares`` adds 500 views of a share link a minute beside 100 people.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from beicha.actions import shares
from beicha.actions.grants import OFFICE
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Made, Terms
from beicha.store import open_store
from benchmarks.entering import entered
from benchmarks.overview_time import ROOT, fill_database
from benchmarks.people import Felt, Habit, crowd
from benchmarks.share_page import crowd as viewers
from scoring.periods import month_number, period_text
from tests.databases import free_port, running_cluster

COMMUNITIES, MONTHS, CRITERIA = 150, 24, 150
PEOPLE = (1, 10, 50, 100)
PAUSES = (5.0, 0.0)
SECONDS = 30.0
VIEWS_A_SECOND = 500 / 60
PLAIN, ONE, TWO = "streamlit run", "one process", "two and nginx"
LESS = 20
"""The goal: p95 of 100 people with a change every five seconds at most so small a part of plain Streamlit's."""


@dataclass(frozen=True)
class Town:
    """A filled database: its URL, the sessions of people, and a link to all of it."""

    url: str
    home: Path
    tokens: tuple[str, ...]
    link: Made

    @property
    def queries(self) -> tuple[str, ...]:
        """Addresses of the first screen in its newest months."""
        newest = month_number("2026-06")
        return tuple(f"period={period_text(newest - back)}" for back in range(4))


def founded(url: str, home: Path) -> Town:
    """A district with a year's findings and a session for everybody."""
    home.mkdir(exist_ok=True)
    fill_database(url, COMMUNITIES, MONTHS, CRITERIA)
    store = open_store(url)
    tokens = tuple(entered(store, f"person{number}") for number in range(max(PEOPLE)))
    link = shares.make(OFFICE, store, "测速", Scope(), Terms(), now=datetime.now(UTC))
    store.close()
    return Town(url, home, tokens, link)


def commands(kind: str, port: int) -> list[str]:
    """What starts a server of a kind."""
    if kind == PLAIN:
        options = ["--server.port", str(port), "--runner.postScriptGC", "true", "--server.headless", "true"]
        return [sys.executable, "-m", "streamlit", "run", str(ROOT / "benchmarks" / "plain_app.py"), *options]
    if kind == ONE:
        return [sys.executable, "manage.py", "serve", "--port", str(port)]
    return [sys.executable, "manage.py", "cluster", "--processes", "2", "--port", str(port)]


@contextmanager
def serving(kind: str, town: Town) -> Iterator[tuple[int, int]]:
    """A server of the town: its port and its process."""
    port = free_port()
    places = {"BEICHA_DATABASE_URL": town.url, "BEICHA_HOME": str(town.home), "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        commands(kind, port), cwd=ROOT, env=os.environ | places, stdin=quiet, stdout=quiet, stderr=quiet
    )
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    """Until the server answers, and nginx with the processes behind it."""
    for _ in range(1200):
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(f"no server at port {port}")


def memory(pid: int) -> float:
    """The MiB that a process and all below it hold in memory; what they share is counted once."""
    held, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text()
            held += next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return held / 1024


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    kind: str
    people: int
    pause: float
    felt: Felt
    memory: float
    """The most that the servers held while the pages were open, in MiB."""

    def __str__(self) -> str:
        pace = f"every {self.pause:.0f} s" if self.pause else "no pause"
        felt = f"p50 {self.felt.at(50) * 1e3:6.0f} ms, p95 {self.felt.at(95) * 1e3:6.0f} ms"
        said = f"{self.kind:<14} {self.people:>4} people, {pace:<9} {felt}"
        return f"{said}, {len(self.felt.seconds):>5} changes, {self.felt.errors} errors, {self.memory:4.0f} MiB"


def measured(kind: str, town: Town, people: int, pause: float, seconds: float) -> Row:
    """A crowd at a server of its own."""
    with serving(kind, town) as (port, pid):
        crowd(port, town.tokens[:2], Habit(town.queries, 0.0, 2.0))
        with ThreadPoolExecutor(1) as pool:
            coming = pool.submit(crowd, port, town.tokens[:people], Habit(town.queries, pause, seconds))
            held = memory(pid)
            while not coming.done():
                time.sleep(1)
                held = max(held, memory(pid))
        return Row(kind, people, pause, coming.result(), held)


def beside_views(town: Town, kind: str, seconds: float) -> list[str]:
    """100 people by themselves, with share links being opened beside them, and by themselves again."""
    with serving(kind, town) as (port, _), ThreadPoolExecutor(1) as pool:
        one = partial(crowd, port, town.tokens, Habit(town.queries, 5.0, seconds))
        one()  # all pages once, so that what the first of them waits for is not counted
        before = one()
        opened = pool.submit(viewers, port, town.link, int(VIEWS_A_SECOND * seconds), seconds)
        beside = one()
        taken, failed = opened.result()
        after = one()
    quiet = (before.at(95) + after.at(95)) / 2
    views, ratio = Felt(taken), beside.at(95) / quiet
    return [
        f"{kind}: p95 of 100 people with {len(taken)} views in {seconds:.0f} s beside: {beside.at(95) * 1e3:.0f} ms, "
        f"without {before.at(95) * 1e3:.0f} and {after.at(95) * 1e3:.0f} ms: {ratio:.2f}x, goal <= 1.25x",
        f"    views p95 {views.at(95) * 1e3:.0f} ms, {failed} failed; {beside.errors} errors of people",
    ]


def table(towns: dict[str, Town], people: list[int], seconds: float) -> Iterator[str]:
    """The rows: every kind in turn for each crowd, so that the machine's moods meet all alike."""
    for pause in PAUSES:
        for number in people:
            rows = {kind: measured(kind, town, number, pause, seconds) for kind, town in towns.items()}
            yield from map(str, rows.values())
            if ONE in rows and PLAIN in rows:
                best = min(row.felt.at(95) for kind, row in rows.items() if kind != PLAIN)
                goal = f", goal >= {LESS}x" if (number, pause) == (max(PEOPLE), max(PAUSES)) else ""
                yield f"    p95 of streamlit run / of ours: {rows[PLAIN].felt.at(95) / best:.1f}x{goal}"


def main() -> None:
    """Runs the table, then the share links."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=list(PEOPLE), metavar="N", help="1, 10, 50 and 100")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"of each crowd; {SECONDS:.0f}")
    parser.add_argument("--without", nargs="*", default=[], metavar="KIND", help=f"{PLAIN}, {ONE}, {TWO}, shares")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end, too
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        cluster = next(clusters := running_cluster(durable=True))
        stack.callback(clusters.close)  # type: ignore[attr-defined]
        found: dict[str, Callable[[], Town]] = {
            PLAIN: lambda: founded(f"sqlite:///{folder / 'plain.db'}", folder / "plain"),
            ONE: lambda: founded(f"sqlite:///{folder / 'one.db'}", folder / "one"),
            TWO: lambda: founded(cluster.url(cluster.new_database()), folder / "two"),
        }
        begun = time.monotonic()
        towns = {kind: town() for kind, town in found.items() if kind not in given.without}
        print(f"{COMMUNITIES} communities x {MONTHS} months x {CRITERIA} criteria, {os.cpu_count()} cores", flush=True)
        for line in table(towns, given.people, given.seconds):
            print(line, flush=True)
        if "shares" not in given.without:
            print("\n".join(beside_views(towns.get(TWO) or towns[ONE], TWO if TWO in towns else ONE, given.seconds)))
        print(f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
