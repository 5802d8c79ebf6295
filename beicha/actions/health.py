"""Whether this process can serve: its database answers, and there is room for uploads and for what is made of them."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from beicha.actions.opening import Store, StoreError
from beicha.store import jobs, settings

ROOM = 200 * 2**20
"""So many bytes have to be free: some dozens of the largest workbooks with their log."""
ROOM_FOR_MAKING = 50 * 2**20
"""So many among temporary files: a workbook is made of them, and without room it can come out damaged, unsaid."""


def checks(store: Store) -> dict[str, bool]:
    """The checks by name and whether each is passed; nothing about the data, so that anybody may ask."""
    found = {"database": _answers(store), "temporary": _has_room(Path(tempfile.gettempdir()), ROOM_FOR_MAKING)}
    if not store.is_postgresql:
        found["disk"] = _has_room(Path(store.place).parent, ROOM)
    return found


@dataclass(frozen=True)
class Queue:
    """The jobs of all processes: how many there are by state, and the seconds that the first of them has waited."""

    by_state: dict[str, int]
    waited: float


def queue(store: Store, now: datetime) -> Queue:
    """The queue as it is; raises StoreError where the database does not answer."""
    with store.read() as view:
        since = jobs.waiting_since(view)
        return Queue(jobs.by_state(view), max((now - since).total_seconds(), 0.0) if since else 0.0)


def _answers(store: Store) -> bool:
    try:
        with store.read() as view:
            settings.get(view, "due_day")
    except StoreError:
        return False
    return True


def _has_room(folder: Path, needed: int) -> bool:
    """Whether the disk has room; whether it may be written to as well, as after a fault it may not."""
    return shutil.disk_usage(folder).free >= needed and os.access(folder, os.W_OK)
