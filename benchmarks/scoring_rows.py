"""(a) Scoring rows beside polars and DuckDB, and beside one pass over the bytes."""

import argparse
import time

import duckdb
import numpy as np

from benchmarks import peers
from benchmarks.rows import MONTH, coded, edition, raw_rows, rows_bytes
from benchmarks.timing import Timing, alternate, line
from scoring.assess import CodedFacts, assess_surviving
from scoring.coding import surviving
from scoring.edition import Edition
from scoring.judges import judge
from scoring.plan import plan_of
from scoring.presence import presence
from scoring.tally import Tally

SIZES = {45_000: 9, 450_000: 7, 6_000_000: 5}
"""Rows, and how many rounds are taken."""


def asked(made: Edition, facts: CodedFacts) -> tuple[dict[str, Tally], peers.Questions]:
    """The questions that the edition's criteria put to each ledger, with the tallies that answer them."""
    newest = presence(MONTH, facts.arrivals, "community").newest
    tallies = {code: Tally(rows, MONTH, newest) for code, rows in facts.ledgers.items()}
    for plan in plan_of(made).criteria:
        for task in plan.tasks:
            judge(task, tallies[task.selection.ledger], plan.criterion.points)
    return tallies, {code: tally.questions for code, tally in tallies.items()}


def check_equal(tallies: dict[str, Tally], answers: peers.Questions, polars: dict, duck: dict) -> None:
    """Stops unless both peers give exactly our counts, and our sums to 1e-9."""
    for code, (asks, sums) in answers.items():
        for n, ask in enumerate(asks):
            ours = tallies[code].count(ask)()
            assert np.array_equal(ours, polars[code][f"c{n}"].to_numpy()), (code, n)
            assert np.array_equal(ours, duck[code][f"c{n}"]), (code, n)
        for n, (ask, field) in enumerate(sums):
            ours = tallies[code].total(ask, field)()
            assert np.allclose(ours, polars[code][f"s{n}"].to_numpy(), atol=1e-9), (code, n)
            assert np.allclose(ours, duck[code][f"s{n}"], atol=1e-9), (code, n)


def measure(rows: int, rounds: int) -> dict[str, Timing]:
    """The timings of one size: ours, the two peers, the pass over the bytes; encoding and de-duplication apart."""
    made = edition()
    communities = rows // 300
    raw = raw_rows(made, communities)
    start = time.perf_counter()
    facts = coded(raw, communities)
    encoded = time.perf_counter()
    alive = CodedFacts(
        facts.communities, facts.arrivals, {code: surviving(rows, MONTH) for code, rows in facts.ledgers.items()}
    )
    print(
        f"    {rows:>9,} rows: encoding {encoded - start:.2f} s, de-duplication {time.perf_counter() - encoded:.2f} s"
    )
    tallies, questions = asked(made, alive)
    data = peers.frames(alive)
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    for code, frame in data.items():
        connection.register(f"{code}_frame", frame.to_arrow())
        connection.execute(f"CREATE TABLE {code} AS SELECT * FROM {code}_frame")
    check_equal(
        tallies,
        questions,
        peers.with_polars(data, questions, alive, MONTH),
        peers.with_duckdb(connection, questions, alive, MONTH),
    )
    arrays = rows_bytes(alive)
    return alternate(
        {
            "ours": lambda: assess_surviving(made, MONTH, alive),
            "polars": lambda: peers.with_polars(data, questions, alive, MONTH),
            "duckdb": lambda: peers.with_duckdb(connection, questions, alive, MONTH),
            "bytes": lambda: [array.sum() for array in arrays],
        },
        rounds,
    )


def run(sizes: dict[int, int]) -> list[str]:
    """The rows of the table for these sizes."""
    lines, medians = [], {}
    for rows, rounds in sizes.items():
        timings = measure(rows, rounds)
        ours = medians[rows] = timings["ours"].median
        best = min("polars", "duckdb", key=lambda name: timings[name].median)
        ahead = timings[best].over(timings["ours"])
        goal = ">= 5x" if rows >= 450_000 else "-"
        lines.append(
            line(f"(a) {rows:,} rows: {best} (better peer) / ours", ahead, goal, ahead[1] >= 5 or rows < 450_000)
        )
        lines.append(
            line(
                f"    {rows:,} rows: ours / one pass over the bytes", timings["ours"].over(timings["bytes"]), "-", True
            )
        )
        lines.append(
            f"    {rows:,} rows: ours {ours * 1e3:.1f} ms, "
            + ", ".join(f"{n} {t.median * 1e3:.1f} ms" for n, t in timings.items() if n != "ours")
        )
    if {450_000, 6_000_000} <= set(medians):
        growth = np.log(medians[6_000_000] / medians[450_000]) / np.log(6_000_000 / 450_000)
        lines.append(line("(a) growth exponent, 450 000 to 6 000 000 rows", (growth,) * 3, "<= 1.1", growth <= 1.1))
    return lines


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=list(SIZES))
    print("\n".join(run({rows: SIZES.get(rows, 5) for rows in parser.parse_args().rows})))
