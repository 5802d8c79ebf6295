"""(g) Others' pages while ten files that nobody should send are read, beside the same pages in peace."""

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from websockets.sync.client import ClientConnection

from beicha.actions import imports
from beicha.actions.grants import OFFICE
from beicha.store import Store, open_store
from beicha.store.files import NamedFile
from benchmarks.overview_time import fill_database, rerun, served, tab
from benchmarks.timing import line

SIZE = (24, 14, 70)
ROUNDS = 3
FEWEST = 40
"""So many pages are asked for in peace in each round, and at least so many beside the files."""

_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_FOOT = b"</sheetData></worksheet>"


def far_cells(last: str) -> bytes:
    """A workbook with a cell at A1 and one far away, which a reader may want to fill the space between."""
    book = Workbook()
    book.active["A1"], book.active[last] = "台账", "远"
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def heavy_sheet(megabytes: int) -> bytes:
    """A workbook whose only sheet is as much XML as is just let in, of texts that pack badly."""
    chance = random.Random(megabytes)
    source = _saved(Workbook())
    target = BytesIO()
    with ZipFile(BytesIO(source)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if "sheet1.xml" not in name else b"".join(_cells(chance, megabytes)))
    return target.getvalue()


def _cells(chance: random.Random, megabytes: int) -> Iterator[bytes]:
    yield _HEAD
    written = 0
    while written < megabytes * 2**20:
        texts = (f'<c t="inlineStr"><is><t>{chance.getrandbits(64):x}</t></is></c>' for _ in range(200))
        row = f"<row>{''.join(texts)}</row>".encode()
        written += len(row)
        yield row
    yield _FOOT


def hostile_files() -> list[NamedFile]:
    """Ten files, each of which takes much memory, much time, or the reading process itself."""
    deep = b"<html>" + b"<table><tr><td>" * 200_000 + b"</html>"
    quoted = ("日期,主题\n" + '"' * 4_000_001).encode("gb18030")
    made = [
        *(far_cells(last) for last in ("XFD1048576", "L1048576", "ZZ100000", "CV900000")),
        *(heavy_sheet(megabytes) for megabytes in (60, 70, 80, 90)),
        deep,
        quoted,
    ]
    return [NamedFile(f"坏文件{number}.xlsx", content) for number, content in enumerate(made, 1)]


def _pages(connection: ClientConnection, until: float, fewest: int) -> list[float]:
    """Seconds of page after page until the moment, at least so many."""
    taken: list[float] = []
    while len(taken) < fewest or time.perf_counter() < until:
        start = time.perf_counter()
        rerun(connection)
        taken.append(time.perf_counter() - start)
    return taken


def _pages_beside(connection: ClientConnection, store: Store, files: list[NamedFile]) -> tuple[list[float], float]:
    """Seconds of page after page while the files are read, and how long that took."""
    number = imports.start(OFFICE, store, files, now=datetime.now(UTC), kind="preview")
    start, taken = time.perf_counter(), []
    while imports.status(OFFICE, store, number).active:
        taken += _pages(connection, 0, 5)
    read = time.perf_counter() - start
    draft = imports.draft(OFFICE, store, number)
    assert draft is not None
    assert not draft.reports, "none of them holds a report"
    return taken, read


def measure(rounds: int) -> tuple[list[float], list[float], float]:
    """Seconds of the pages in peace and beside the files, and the seconds that the files took in a round."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'ours.db'}"
        token = fill_database(url, *SIZE)
        store, files = open_store(url), hostile_files()
        peace: list[float] = []
        beside: list[float] = []
        reading: list[float] = []
        with served("overview", url, Path(name)) as port, tab(port, token) as connection:
            _pages(connection, 0, FEWEST)
            for _ in range(rounds):
                peace += _pages(connection, 0, FEWEST)
                pages, seconds = _pages_beside(connection, store, files)
                beside += pages
                reading.append(seconds)
            assert rerun(connection) > 0, "the server lives"
        store.close()
    return peace, beside, sum(reading) / len(reading)


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    peace, beside, reading = measure(1 if quick else ROUNDS)
    calm, loud = _p95(peace), _p95(beside)
    ratio = (loud / calm, loud / calm, loud / calm)
    pages = f"{len(peace)} and {len(beside)} pages, p95 {calm * 1e3:.0f} and {loud * 1e3:.0f} ms"
    return [
        line("(g) p95 of a page: while 10 hostile files are read / in peace", ratio, "<= 2x", ratio[1] <= 2),
        f"    {pages}; the files took {reading:.1f} s a round",
    ]


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]
