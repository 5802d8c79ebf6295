"""(k) What grows with the communities and the months: size on disk, an upload, views of the whole and of one part, a
month scored anew.

A store is filled straight: one community's uploaded month is copied, as it lies, to every community and month.
"""

import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from beicha.actions.assessing import live_periods
from beicha.actions.edition_effects import effect_of
from beicha.actions.edition_files import find_edition
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.recomputing import recompute
from beicha.actions.views.alerts_reading import read_alerts
from beicha.actions.views.compare_reading import CompareAsk, read_comparison
from beicha.actions.views.leaving import read_readiness
from beicha.actions.views.months import Month
from beicha.actions.views.overview import overview_of
from beicha.actions.views.reading import read_history, read_months
from beicha.actions.views.stakes import stakes_of
from beicha.store import Store, open_store
from beicha.store.files import NamedFile
from benchmarks.upload import EDITION, Parcel, settled, upload
from benchmarks.workbooks import PERIOD, workbook
from scoring.facts import Area
from scoring.periods import month_number, period_text

PART = 150
STREET = 30
"""Communities of a district of a province, and of one of its streets."""
MONTHS = 36
SIZES = {150: MONTHS, 1_500: MONTHS, 20_000: MONTHS}
MOST_ANEW = 1_500
"""A month of more communities is not scored anew here: it takes as long again for each of them."""
LAST = month_number(PERIOD)
COPIED = {
    "submissions": "community, period, kept_by, version, content_hash, row_count, receipt, made_by, made_at, content",
    "assessments": "period, community, edition, cells, self_fractions",
    "reasons": "period, community, content",
}
NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def tree_of(communities: int) -> tuple[Area, ...]:
    """A district for every 150 communities, and in it a street for every 30."""
    districts = [Area(f"D{n}", f"第{n}样例区", "district", order=n) for n in range(-(-communities // PART))]
    each = range(-(-communities // STREET))
    streets = [Area(f"S{n}", f"第{n}街道", "street", f"D{n * STREET // PART}", order=n) for n in each]
    leaves = [Area(_code(n), f"第{n}样例社区", "community", f"S{n // STREET}", order=n) for n in range(communities)]
    return *districts, *streets, *leaves


def _code(number: int) -> str:
    return f"C{number:06d}"


def fill(path: Path, communities: int, months: int) -> None:
    """Copies the first community's last month to all others and to the months before."""
    periods = [period_text(LAST - back) for back in range(months)]
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("CREATE TEMP TABLE keys (community TEXT, period TEXT)")
    keys = ((_code(number), period) for period in reversed(periods) for number in range(communities))
    connection.executemany("INSERT INTO keys VALUES (?, ?)", keys)
    for table, columns in COPIED.items():
        _copy(connection, table, columns)
    connection.execute("UPDATE activations SET from_period = ?", (periods[-1],))
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _copy(connection: sqlite3.Connection, table: str, columns: str) -> None:
    model = f"(SELECT * FROM {table} WHERE community = '{_code(0)}' AND period = '{PERIOD}')"
    chosen = ", ".join(
        f"keys.{name}" if name in ("community", "period") else f"model.{name}" for name in columns.split(", ")
    )
    other = f"NOT (keys.community = '{_code(0)}' AND keys.period = '{PERIOD}')"
    connection.execute(f"DELETE FROM {table} WHERE NOT (community = '{_code(0)}' AND period = '{PERIOD}')")
    connection.execute(f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM keys, {model} model WHERE {other}")


def view(store: Store, grant: Grant, street: str = "") -> float:
    """What the first screen reads and works out; the score that it shows."""
    month = read_months(grant, store, PERIOD, PERIOD)[0]
    return overview_of(month, read_history(grant, store), street).score


def _newest(store: Store) -> Month:
    return read_months(OFFICE, store, PERIOD, PERIOD)[0]


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The quickest of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def settle(folder: Path, communities: int, months: int) -> Parcel:
    """A folder's ``ours.db`` with so many communities and months; gives what each of them sent."""
    tree = {area.code: area for area in tree_of(communities)}
    store, first = settled(folder, tuple(tree.values())), tree[_code(0)]
    sent = Parcel(first, NamedFile("first.xlsx", workbook(find_edition(EDITION), first)))
    upload(store, sent)
    store.close()
    fill(folder / "ours.db", communities, months)
    return sent


def measure(communities: int, months: int, folder: Path) -> Iterator[str]:
    """The lines of one size, each when it is there."""
    start = time.perf_counter()
    sent = settle(folder, communities, months)
    filled, size = time.perf_counter() - start, (folder / "ours.db").stat().st_size
    head = f"(k) {communities:,} communities x {months} months: {size / 2**20:,.0f} MiB, "
    head += f"{size / communities / months:,.0f} B a submission and {len(sent.file.content):,} B its workbook"
    yield f"{head}; filled in {filled:.0f} s"
    store = open_store(f"sqlite:///{folder / 'ours.db'}")
    with store.read() as transaction:
        assert len(live_periods(transaction)) >= months
    for name, (work, rounds) in works(store, communities).items():
        taken = seconds(work, rounds)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield f"    {name:<40} {taken * 1e3:>12,.0f} ms   (at most {most:,.0f} MiB so far)"
    store.close()


def works(store: Store, communities: int) -> dict[str, tuple[Callable[[], object], int]]:
    """What is timed, and how often each is done."""
    edition, second = find_edition(EDITION), next(area for area in tree_of(communities) if area.code == _code(1))
    sent = iter([Parcel(second, NamedFile("second.xlsx", workbook(edition, second, rows))) for rows in (55, 56, 57)])
    part = Grant("benchmark", (Post("office", "D0"),))
    ask, ahead = CompareAsk("months", PERIOD, period_text(LAST - 1)), period_text(LAST + 3)
    found: dict[str, tuple[Callable[[], object], int]] = {
        "an upload": (lambda: upload(store, next(sent)), 3),
        f"first screen of one district of {PART}": (lambda: view(store, part), 3),
        "first screen of the whole": (lambda: view(store, OFFICE), 3),
        "points at stake": (lambda: stakes_of(_newest(store)), 3),
        "two months compared": (lambda: read_comparison(OFFICE, store, ask), 3),
        "warnings, asked for the first time": (lambda: read_alerts(OFFICE, store, now=NOW), 1),
        "warnings again": (lambda: read_alerts(OFFICE, store, now=NOW), 3),
    }
    if communities <= MOST_ANEW:
        found |= {
            "what an edition would do": (lambda: effect_of(OFFICE, store, edition, PERIOD), 1),
            "readiness on a day": (lambda: read_readiness(OFFICE, store, _newest(store), ahead), 1),
            "a month scored anew": (lambda: recompute(OFFICE, store, NOW, [PERIOD]), 1),
            "all months scored anew": (lambda: recompute(OFFICE, store, NOW), 1),
        }
    return found


def run(*, quick: bool = False) -> Iterator[str]:
    """The lines of the table; quick: the smallest size alone."""
    for communities, months in list(SIZES.items())[: 1 if quick else None]:
        with tempfile.TemporaryDirectory() as name:
            yield from measure(communities, months, Path(name))
