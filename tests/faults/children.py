"""What a process does until it is killed, and faults built in on purpose that the checks must notice.

Each tells through its pipe what it has acknowledged to a person: nothing it told may ever be missing.
"""

import time
from collections.abc import Callable
from contextlib import nullcontext
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import Engine, event

from beicha.actions import imports, lots, recomputing, storing, submitting
from beicha.actions.grants import OFFICE
from beicha.intake import child
from beicha.intake.opening import open_book
from beicha.jobs.worker import Worker
from beicha.store import Store, StoreError, files, open_store
from beicha.store.files import NamedFile
from tests.actions.office import NOW, day, lecture, lectures, send

Child = Callable[[str, Connection, str, str], None]
PLACES = ("桂花社区", "荷塘社区", "松柏社区")
READY, REFUSED = "ready", "refused"
PATIENCE = 0.05


def book(run: str, number: int, place: str) -> NamedFile:
    """A workbook that nobody has sent before."""
    return lectures(lecture(day(3, 5), f"主题{run}-{number}"), community=place, name=f"{run}-{number}.xlsx")


def upload(url: str, told: Connection, run: str, variant: str) -> None:
    """Uploads one workbook after another, and tells each receipt once the submission is stored."""
    store = _ready(url, told, variant)
    for number in count():
        file = book(run, number, PLACES[number % 3])
        if variant == "told before it is stored":
            told.send(_next_receipt(store))
        receipt = send(store, file)
        if variant == "file after its submission":
            time.sleep(PATIENCE)
            with store.write() as change:
                _keep(change, file)
        told.send(receipt.number)


def _next_receipt(store: Store) -> int:
    with store.read() as view:
        return int(view.exec_driver_sql("SELECT coalesce(max(receipt), 0) + 1 FROM submissions").scalar_one())


def persist(url: str, told: Connection, run: str, variant: str) -> None:
    """The same, but asks again where the database gives no answer, as a person would."""
    store, number = _ready(url, told, variant), 0
    while True:
        try:
            told.send(send(store, book(run, number, PLACES[number % 3])).number)
            number += 1
        except StoreError:
            told.send(REFUSED)
            time.sleep(PATIENCE)


def job(url: str, told: Connection, run: str, variant: str) -> None:
    """Imports files as jobs, as the worker of a server does, and tells the receipts that each job ended with."""
    store = _ready(url, told, variant)
    worker = Worker(store, clock=lambda: NOW)
    for number in count():
        made = imports.start(OFFICE, store, [book(run, number, place) for place in PLACES], now=NOW)
        worker.run_waiting()
        for outcome in imports.outcomes(OFFICE, store, made):
            told.send(int(outcome.receipt))


def recompute(url: str, told: Connection, run: str, variant: str) -> None:
    """Scores everything anew, a community at a time, and tells when that is done."""
    store = _ready(url, told, variant)
    lots.AT_ONCE = 1
    recomputing.recompute(OFFICE, store, NOW)
    told.send(run)


def migrate(url: str, told: Connection, run: str, variant: str) -> None:
    """Brings an empty database to the newest schema, and tells when that is done."""
    _ready(url, told, variant)
    told.send(run)


CHILDREN: dict[str, Child] = {
    "upload": upload,
    "persist": persist,
    "job": job,
    "recompute": recompute,
    "migrate": migrate,
}
BROKEN = {
    "upload": ("told before it is stored", "each statement by itself", "file after its submission"),
    "job": ("each statement by itself",),
    "recompute": ("progress before the scores",),
    "migrate": ("each statement by itself",),
}
"""The faults that can be built in, by what a process does meanwhile."""


def begin(name: str, url: str, told: Connection, run: str, variant: str) -> None:
    """Runs one of them in a process of its own; a file is read in it too, as no reader is what is tried here."""
    child._reader.read = open_book  # type: ignore[method-assign]
    CHILDREN[name](url, told, run, variant)


def _ready(url: str, told: Connection, variant: str) -> Store:
    """Builds the fault in, tells that the work begins, and opens the store."""
    if variant == "each statement by itself":
        event.listen(Engine, "after_cursor_execute", _commit)
        submitting.part_of = nullcontext
    if variant == "file after its submission":
        storing.stored_files.keep = _nothing_yet  # type: ignore[attr-defined]
    if variant == "progress before the scores":
        recomputing.store_lot = _forgetful(recomputing.store_lot)  # type: ignore[attr-defined]
    told.send(READY)
    return open_store(url)


_keep = files.keep


def _nothing_yet(change: Any, file: NamedFile) -> None:
    """Keeps the place of a file whose bytes come later."""
    _keep(change, file)
    files.blank(change, [file.sha256])


def _commit(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
    """Ends the transaction after a statement that changes something, and begins another."""
    changes = statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"))
    if changes and "RETURNING" not in statement:  # whose rows are still to be fetched
        with_own = cursor.connection.cursor()
        with_own.execute("COMMIT")
        with_own.execute("BEGIN")


def _forgetful(store_lot: Callable[..., None]) -> Callable[..., None]:
    """Leaves the scores of a lot to the next one, though the lot is noted as done."""
    waiting: list[tuple[Any, ...]] = []

    def stored(change: Any, *lot: Any) -> None:
        for late in waiting:
            store_lot(change, *late)
        waiting[:] = [lot]

    return stored
