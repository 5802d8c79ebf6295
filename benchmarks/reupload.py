"""(c) Scoring one community of a district again, beside scoring the whole district again."""

import tempfile
from pathlib import Path

import numpy as np

from beicha.actions.edition_files import find_edition
from beicha.store import Store, assessments, editions
from benchmarks.timing import Timing, alternate, line
from benchmarks.upload import EDITION, settled
from benchmarks.workbooks import LEDGERS, PERIOD, ROWS_EACH, district, facts_of
from scoring.assess import assess
from scoring.edition import Edition
from scoring.facts import Report, Rows
from scoring.periods import month_number

MONTH = month_number(PERIOD)


def reports_of(edition: Edition, communities: int) -> list[Report]:
    """A report of 300 rows of every community; each has as many of its rows as its number leaves it."""
    whole = {code: facts_of(edition.ledger(code)) for code in LEDGERS}
    return [
        Report(f"C{n:04d}", MONTH, {code: _first(rows, ROWS_EACH - n % 7) for code, rows in whole.items()})
        for n in range(communities)
    ]


def _first(rows: Rows, count: int) -> Rows:
    values = {name: column[:count] for name, column in rows.values.items()}
    return Rows(rows.sheet[:count], rows.row[:count], values)


def rescore(store: Store, edition: Edition, reports: list[Report]) -> None:
    """Scores the communities of these reports for the month and stores what comes out, durable on return."""
    with store.write() as change:
        seq = editions.timeline(change).at(PERIOD)
        assert seq is not None
        made = assess(edition, MONTH, [report.community for report in reports], reports)
        assessments.keep(change, seq, assessments.pack(made))


def check_equal(store: Store, edition: Edition, reports: list[Report]) -> None:
    """Stops unless communities scored alone have what they have when scored with all."""
    together = assess(edition, MONTH, [report.community for report in reports], reports).cells()
    for number in (0, len(reports) // 2, len(reports) - 1):
        rescore(store, edition, [reports[number]])
        with store.read() as view:
            kept = editions.load(view, 1)
            alone = assessments.read(view, kept, [PERIOD], [reports[number].community])[PERIOD]
        assert np.array_equal(alone.state[0], together.state[number]), number
        assert np.allclose(alone.fraction[0], together.fraction[number], rtol=0, atol=1e-9, equal_nan=True), number


def measure(communities: int, rounds: int) -> dict[str, Timing]:
    """The timings of both."""
    edition = find_edition(EDITION)
    reports = reports_of(edition, communities)
    with tempfile.TemporaryDirectory() as name:
        store = settled(Path(name), district(communities))
        check_equal(store, edition, reports)
        timings = alternate(
            {
                "one": lambda: rescore(store, edition, reports[:1]),
                "district": lambda: rescore(store, edition, reports),
            },
            rounds,
        )
        store.close()
    return timings


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    timings = measure(150 if quick else 1500, 2 if quick else 3)
    ahead = timings["district"].over(timings["one"])
    size = "150" if quick else "1 500"
    return [
        line(f"(c) district of {size} rescored / one community again", ahead, ">= 10x", ahead[1] >= 10),
        "    " + ", ".join(f"{name} {timing.median * 1e3:.1f} ms" for name, timing in timings.items()),
    ]
