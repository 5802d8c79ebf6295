"""(b) A workbook to a durable score, beside unzipping, scanning and syncing its bytes, and beside pandas and rows."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

import numpy as np

from beicha.actions.edition_files import find_edition
from beicha.actions.editions import activate
from beicha.actions.grants import OFFICE
from beicha.actions.submissions import read, submit
from beicha.store import Store, areas, assessments, editions, open_store
from beicha.store.files import NamedFile
from benchmarks.row_store import RowStore
from benchmarks.timing import Timing, alternate, line
from benchmarks.workbooks import LEDGERS, PERIOD, ROWS_EACH, district, workbook
from scoring.edition import Edition
from scoring.facts import Area

NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
EDITION = "community-archive"


@dataclass(frozen=True)
class Parcel:
    """A community's file."""

    community: Area
    file: NamedFile


def parcels(edition: Edition, members: tuple[Area, ...]) -> list[Parcel]:
    """A file for each of the communities among the areas."""
    return [
        Parcel(area, NamedFile(f"{area.name}.xlsx", workbook(edition, area)))
        for area in members
        if area.kind == "community"
    ]


def settled(folder: Path, tree: tuple[Area, ...]) -> Store:
    """A new store with the tree and the edition in force all year."""
    store = open_store(f"sqlite:///{folder / 'ours.db'}")
    with store.write() as change:
        areas.add(change, [areas.AreaVersion(area) for area in tree])
    activate(OFFICE, store, EDITION, "2026-01", NOW)
    return store


def upload(store: Store, parcel: Parcel) -> int:
    """Reads, stores and scores a file; the number of rows taken."""
    draft = read(OFFICE, store, [parcel.file])
    receipt = submit(OFFICE, store, draft, [parcel.file], now=NOW)
    assert receipt.stored, draft.problems
    return receipt.stored[0].row_count


def scan(path: Path, content: bytes) -> None:
    """What cannot be saved: inflating and scanning the sheets, and having the bytes on the disk."""
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                expat.ParserCreate().Parse(archive.read(name), True)
    with path.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def check_equal(store: Store, edition: Edition, community: str, theirs: dict[str, float]) -> None:
    """Stops unless the peer's fractions are those that the store has."""
    with store.read() as view:
        seq = editions.timeline(view).at(PERIOD)
        assert seq is not None
        cells = assessments.read(view, editions.load(view, seq), [PERIOD], [community])[PERIOD]
    places = {criterion.code: number for number, criterion in enumerate(edition.criteria)}
    for code, fraction in theirs.items():
        assert np.isclose(cells.fraction[0, places[code]], fraction, rtol=0, atol=1e-9), (code, fraction)


def measure(rounds: int) -> dict[str, Timing]:
    """The timings of the three, each round another community of a month that is open already."""
    edition, tree = find_edition(EDITION), district(rounds + 3)
    made = parcels(edition, tree)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, rows = settled(folder, tree), RowStore(folder / "rows.db", edition)
        assert upload(store, made[0]) == len(LEDGERS) * ROWS_EACH
        check_equal(store, edition, made[0].community.code, rows.upload(made[0].community.code, made[0].file.content))
        ours, theirs, bounds = (iter(made[1:]) for _ in range(3))
        timings = alternate(
            {
                "ours": lambda: upload(store, next(ours)),
                "rows": lambda: _upload_rows(rows, theirs),
                "bound": lambda: scan(folder / "bytes", next(bounds).file.content),
            },
            rounds,
        )
        store.close()
    return timings


def _upload_rows(rows: RowStore, following: Iterator[Parcel]) -> None:
    parcel = next(following)
    rows.upload(parcel.community.code, parcel.file.content)


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    timings = measure(5 if quick else 15)
    limit, ahead = timings["ours"].over(timings["bound"]), timings["rows"].over(timings["ours"])
    return [
        line("(b) 300-row upload: ours / unzip, scan, fsync", limit, "<= 4x", limit[1] <= 4),
        line("(b) 300-row upload: pandas, openpyxl, row inserts / ours", ahead, ">= 10x", ahead[1] >= 10),
        "    " + ", ".join(f"{name} {timing.median * 1e3:.1f} ms" for name, timing in timings.items()),
    ]
