"""(f) Many small workbooks to durable scores in one import, beside reading their cells and doing nothing with them."""

import tempfile
from io import BytesIO
from itertools import count
from pathlib import Path

from python_calamine import load_workbook

from beicha.actions.edition_files import find_edition
from beicha.actions.grants import OFFICE
from beicha.actions.importing import import_files
from beicha.store.files import NamedFile
from benchmarks.timing import Timing, alternate, line
from benchmarks.upload import EDITION, NOW, settled
from benchmarks.workbooks import district, workbook

FILES = 1000
ROWS_EACH = 10
"""Five ledgers of ten rows: what a small community hands in."""


def read_alone(files: list[NamedFile]) -> int:
    """Has the reader of cells open every file in this process; the number of rows there were."""
    rows = 0
    for file in files:
        book = load_workbook(BytesIO(file.content))
        rows += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return rows


def measure(rounds: int, many: int) -> dict[str, Timing]:
    """The timings of both, a fresh store in every round."""
    edition, tree = find_edition(EDITION), district(many)
    members = [area for area in tree if area.kind == "community"]
    files = [NamedFile(f"{area.name}.xlsx", workbook(edition, area, ROWS_EACH)) for area in members]
    with tempfile.TemporaryDirectory() as name:
        folders = (Path(name) / str(number) for number in count())

        def import_all() -> None:
            folder = next(folders)
            folder.mkdir()
            store = settled(folder, tree)
            told = import_files(OFFICE, store, files, now=NOW)
            assert {outcome.state for outcome in told} == {"stored"}
            store.close()

        return alternate({"ours": import_all, "reader": lambda: read_alone(files)}, rounds)


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    many = FILES // 5 if quick else FILES
    timings = measure(2 if quick else 3, many)
    ratio = timings["ours"].over(timings["reader"])
    each = ", ".join(f"{name} {timing.median / many * 1e3:.2f} ms a file" for name, timing in timings.items())
    return [line(f"(f) {many} small workbooks: ours / the reader alone", ratio, "<= 2x", ratio[1] <= 2), f"    {each}"]
