"""All faults on both databases, with figures: ``python -m tests.faults [--share S] [PART ...]``; status 1 where one
promise was broken, or a fault that was built in on purpose was not noticed.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from beicha.store.opening import BUSY_SECONDS
from tests.databases import Cluster, running_cluster
from tests.faults import crowds, kills, pressure
from tests.faults.children import BROKEN

KILLS = {"upload": 40, "job": 30, "recompute": 20, "migrate": 20}
"""So many kills of each work on each database."""
UNTIL_NOTICED = 60
"""A fault that was built in must be noticed within so many kills."""
RESTARTS = 4

New = Callable[[], str]
Told = tuple[bool, str]
"""Whether a promise was broken, and a line about it."""


def killing(work: str, new: New, times: int, variant: str = "") -> kills.Outcome:
    """Kills one of the works so many times, each on a database that is new to it."""
    if work == "recompute":
        return kills.recomputations(new(), times, variant)
    if work == "migrate":
        return kills.migrations(new, times, variant)
    return kills.uploads(new(), times, variant, work)


def kill_part(new: New, share: float) -> Iterator[Told]:
    """Every work killed; afterwards no job is left."""
    for work, times in KILLS.items():
        url = new()
        here = new if work == "migrate" else partial(str, url)
        outcome = killing(work, here, max(int(times * share), 1))
        left = kills.swept(url) if work == "job" else 0
        yield outcome.broken or bool(left), str(outcome) + (f"; {left} jobs left when swept" if work == "job" else "")


def broken_part(new: New, share: float) -> Iterator[Told]:
    """Faults built in on purpose: each must be noticed."""
    for work, variants in BROKEN.items():
        for variant in variants:
            outcome = killing(work, new, UNTIL_NOTICED, variant)
            said = f"noticed at kill {outcome.kills}" if outcome.broken else f"NOT noticed in {outcome.kills} kills"
            yield not outcome.broken, f"broken on purpose, {work}, {variant}: {said}"


def crowd_part(new: New, share: float) -> Iterator[Told]:
    """Many at once, the same again, the clock, a reader that hangs."""
    found, told = crowds.writers(new())
    yield (
        found.broken or found.stored != told,
        f"{crowds.WRITERS} writers, one month: {crowds.WRITERS * crowds.EACH} calls, {told} receipts; {found}",
    )
    versions = crowds.replayed(new())
    yield versions != 1, f"the same upload 10 times, 10 jobs confirmed twice: {versions} version"
    wrong = crowds.turned_clock(new())
    yield bool(wrong), f"clock put back and forward: {'; '.join(wrong) or 'nothing wrong'}"


def reader_part() -> Iterator[Told]:
    """A reading process that hangs."""
    meanwhile, took, code = crowds.hung_reader()
    said = (
        f"a reader that hangs: another file took {meanwhile:.2f} s meanwhile, this one was given up after {took:.1f} s"
    )
    yield code != "took_too_long" or meanwhile > 2, f"{said} ({code})"


def sqlite_part(folder: Path) -> Iterator[Told]:
    """A SQLite file that is locked, and a disk that is full."""
    for number, (held, expected) in enumerate(((BUSY_SECONDS - 2, True), (BUSY_SECONDS + 3, False))):
        stored, waited = pressure.locked(folder / f"locked-{number}.db", held)
        said = f"locked for {held} s: {'stored' if stored else 'refused'} after {waited:.1f} s, the next one stored"
        yield stored is not expected, said
    limited = folder / "limited"
    limited.mkdir()
    outcome = pressure.filled(limited, pressure.no_more_room)
    yield outcome.broken, f"a write that fails in its middle: {outcome}"
    yield _small_disk("sqlite")


def _small_disk(backend: str) -> Told:
    broken, told = pressure.on_a_small_disk(backend) or (False, "not tried, nothing can be mounted here")
    return broken, f"a disk of its own, full: {told}"


def restart_part(cluster: Cluster) -> Iterator[Told]:
    """PostgreSQL falling under load, and on a disk that is full."""
    yield _small_disk("postgresql")
    outcome = pressure.restarts(cluster, cluster.url(cluster.new_database()), RESTARTS)
    yield outcome.broken, f"PostgreSQL fell {outcome.kills} times under load: {outcome}"


PARTS = ("kills", "broken", "crowds", "reader", "sqlite", "restarts")


def parts(asked: list[str], share: float, folder: Path, cluster: Cluster) -> Iterator[tuple[str, Iterator[Told]]]:
    """The parts that were asked for, each on both databases where it is about one."""
    numbers = count()
    backends: dict[str, New] = {
        "SQLite": lambda: f"sqlite:///{folder / f'{next(numbers)}.db'}",
        "PostgreSQL": lambda: cluster.url(cluster.new_database()),
    }
    for name, part in (("kills", kill_part), ("broken", broken_part), ("crowds", crowd_part)):
        for backend, new in backends.items():
            if name in asked:
                yield backend, part(new, share)
    alone = {
        "reader": ("-", reader_part),
        "sqlite": ("SQLite", partial(sqlite_part, folder)),
        "restarts": ("PostgreSQL", partial(restart_part, cluster)),
    }
    yield from ((backend, part()) for name, (backend, part) in alone.items() if name in asked)


def main() -> int:
    """Runs the parts that were asked for; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--share", type=float, default=1.0, help="of the kills: 1 is 110 on each database")
    given = parser.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    wrong = 0
    clusters = running_cluster(durable=True)
    with tempfile.TemporaryDirectory() as name:
        for backend, part in parts(given.parts or list(PARTS), given.share, Path(name), next(clusters)):
            for broken, line in part:
                wrong += broken
                print(f"{'BROKEN ' if broken else ''}{backend}  {line}", flush=True)
    clusters.close()  # type: ignore[attr-defined]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
