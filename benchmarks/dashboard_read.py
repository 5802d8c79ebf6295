"""(d) The findings of a dashboard as arrays, beside pandas reading the same findings as rows."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Engine, create_engine, text

from beicha.store import Store, assessments, editions, open_store
from benchmarks.timing import Timing, alternate, line
from scoring.assessment import Assessment
from scoring.cells import Cells
from scoring.edition import Edition
from scoring.outcomes import Reason
from scoring.periods import month_number, period_text
from scoring.states import STATES

NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
FIRST = month_number("2024-07")
_REASON = Reason("no_rows", {})


def edition_of(criteria: int) -> Edition:
    """An edition of so many plain criteria, eight sections and four lines."""
    ledger = {"code": "rows", "title": "台账", "keeps": "state", "fields": [{"code": "name", "title": "名称"}]}
    return Edition.model_validate(
        {
            "name": f"benchmark-{criteria}",
            "title": "测速",
            "version": "1",
            "lines": [{"code": f"line{n}", "title": f"条线{n}"} for n in range(4)],
            "ledgers": [ledger],
            "sections": [{"code": f"S{n}", "title": f"项目{n}"} for n in range(8)],
            "criteria": [_criterion(n) for n in range(criteria)],
        }
    )


def _criterion(number: int) -> dict[str, Any]:
    return {
        "code": f"S{number % 8}-{number:03d}",
        "section": f"S{number % 8}",
        "title": f"测评标准{number}",
        "standard": "每月一行。",
        "points": 1,
        "lead": f"line{number % 4}",
        "from": "rows",
        "window": "month",
        "rule": {"kind": "count", "target": 4},
        "source": {"document": "测速", "grade": "K", "points": "assigned"},
    }


def findings(edition: Edition, month: int, communities: tuple[str, ...]) -> Assessment:
    """Invented findings, the same at every run: met, in part, unmet, and for some communities not reported."""
    shape = (len(communities), len(edition.criteria))
    rng = np.random.default_rng(month)
    states = rng.integers(0, 3, shape).astype(np.int8)
    fraction = np.where(states == 0, 1.0, np.where(states == 1, np.round(rng.random(shape), 3), 0.0))
    reported = rng.random(len(communities)) > 0.1
    states[~reported], fraction[~reported] = STATES.index("not_reported"), 0.0
    blank, none = np.full(shape, np.nan), np.zeros((len(communities), 0))
    cells = (states, fraction, blank, none, none.astype(bool), reported)
    return Assessment(edition, month, communities, *cells, [lambda _community: _REASON] * shape[1])


def fill(store: Store, edition: Edition, communities: tuple[str, ...], months: int) -> None:
    """Puts the edition in force and the findings of so many months into the store."""
    with store.write() as change:
        seq, _ = editions.add(change, edition, "local", NOW)
        editions.activate(change, seq, period_text(FIRST), "local", NOW)
        for month in range(FIRST, FIRST + months):
            assessments.keep(change, seq, assessments.pack(findings(edition, month, communities)))


def read_ours(store: Store) -> dict[str, Cells]:
    """The cells of all months as arrays."""
    with store.read() as view:
        return assessments.read(view, editions.load(view, 1), assessments.periods(view))


def fill_rows(engine: Engine, cells: dict[str, Cells], edition: Edition) -> None:
    """The same findings, a database row each, in the order in which they are asked for."""
    codes = [criterion.code for criterion in edition.criteria]
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE findings (period TEXT, community TEXT, criterion TEXT, state INTEGER, fraction REAL, "
                "PRIMARY KEY (period, community, criterion)) WITHOUT ROWID"
            )
        )
        for period, found in cells.items():
            rows = [
                (period, community, code, int(found.state[c, k]), float(found.fraction[c, k]))
                for c, community in enumerate(found.communities)
                for k, code in enumerate(codes)
            ]
            connection.exec_driver_sql("INSERT INTO findings VALUES (?, ?, ?, ?, ?)", rows)


def read_rows(engine: Engine) -> pd.DataFrame:
    """All findings as pandas reads rows."""
    return pd.read_sql("SELECT period, community, criterion, state, fraction FROM findings", engine)


def check_equal(cells: dict[str, Cells], rows: pd.DataFrame) -> None:
    """Stops unless both say the same of every finding."""
    rows = rows.sort_values(["period", "community", "criterion"], kind="stable")
    order = np.argsort(sorted_codes(cells), kind="stable")
    state = np.concatenate([found.state[:, order].ravel() for found in cells.values()])
    fraction = np.concatenate([found.fraction[:, order].ravel() for found in cells.values()])
    assert np.array_equal(rows["state"], state)
    assert np.array_equal(rows["fraction"], fraction)


def sorted_codes(cells: dict[str, Cells]) -> list[str]:
    """The codes of the criteria in the edition's order."""
    return [_criterion(n)["code"] for n in range(next(iter(cells.values())).state.shape[1])]


def measure(months: int, rounds: int) -> tuple[int, dict[str, Timing]]:
    """How many findings, and the timings of both."""
    edition, communities = edition_of(150), tuple(f"C{n:03d}" for n in range(150))
    with tempfile.TemporaryDirectory() as name:
        store = open_store(f"sqlite:///{Path(name) / 'ours.db'}")
        engine = create_engine(f"sqlite:///{Path(name) / 'rows.db'}")
        fill(store, edition, communities, months)
        cells = read_ours(store)
        fill_rows(engine, cells, edition)
        check_equal(cells, read_rows(engine))
        timings = alternate({"ours": lambda: read_ours(store), "rows": lambda: read_rows(engine)}, rounds)
        store.close()
        engine.dispose()
    return len(cells) * 150 * 150, timings


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    count, timings = measure(6 if quick else 24, 3 if quick else 7)
    ahead = timings["rows"].over(timings["ours"])
    return [
        line(f"(d) {count:,} findings: pandas.read_sql of rows / ours", ahead, ">= 100x", ahead[1] >= 100),
        "    " + ", ".join(f"{name} {timing.median * 1e3:.1f} ms" for name, timing in timings.items()),
    ]
