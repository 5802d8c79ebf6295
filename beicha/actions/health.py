"""Whether this process can serve: its database answers, and the disk below it has room for uploads."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from beicha.actions.opening import Store, StoreError
from beicha.store import jobs, settings

ROOM = 200 * 2**20
"""So many bytes have to be free: some dozens of the largest workbooks with their log."""


def checks(store: Store) -> dict[str, bool]:
    """The checks by name and whether each is passed; nothing about the data, so that anybody may ask."""
    found = {"database": _answers(store)}
    if not store.is_postgresql:
        found["disk"] = _has_room(Path(store.place).parent)
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


def _has_room(folder: Path) -> bool:
    """Whether the disk has room; whether it may be written to as well, as after a fault it may not."""
    return shutil.disk_usage(folder).free >= ROOM and os.access(folder, os.W_OK)
