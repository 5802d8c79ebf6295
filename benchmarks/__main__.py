"""All ratios in one table: ``python -m benchmarks [--quick] [PART ...]``.

Each is taken side by side in one run, equality asserted first: the median of the rounds, the lowest and the highest.
"""

import argparse
from collections.abc import Callable, Iterable

from benchmarks import (
    dashboard_read,
    growth,
    hostile_files,
    overview_time,
    rehearsal,
    reupload,
    scoring_rows,
    share_page,
    signin,
    spread,
    throughput,
    upload,
)

QUICK_ROWS = {45_000: 3, 450_000: 3}


def _rows(*, quick: bool) -> list[str]:
    return scoring_rows.run(QUICK_ROWS if quick else scoring_rows.SIZES)


PARTS: dict[str, Callable[..., Iterable[str]]] = {
    "rows": _rows,
    "upload": upload.run,
    "reupload": reupload.run,
    "dashboard": dashboard_read.run,
    "overview": overview_time.run,
    "throughput": throughput.run,
    "hostile": hostile_files.run,
    "signin": signin.run,
    "shares": share_page.run,
    "rehearsal": rehearsal.run,
    "growth": growth.run,
    "spread": spread.run,
}


def main() -> None:
    """Runs the parts that were asked for and prints their lines."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller sizes")
    asked = parser.parse_args()
    unknown = [name for name in asked.parts if name not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    print(f"{'':<68} {'median':>9}  (lowest - highest)  goal", flush=True)
    for name in asked.parts or PARTS:
        for line in PARTS[name](quick=asked.quick):
            print(line, flush=True)


if __name__ == "__main__":
    main()
