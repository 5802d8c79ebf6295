"""Removing old rows of the audit: those of more than 180 days, written out first, and never without a trace.

The rows that are left still begin where the removed ones ended: the purge is an action itself and notes their last
digest. Nobody may who is not system administrator, office and auditor in one, which only the command line is.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO

from beicha.actions.audit_chain import verify
from beicha.actions.grants import Grant, Right, require_everywhere
from beicha.store import Store, Transaction, audit
from beicha.store.chain import Link, written

KEPT = timedelta(days=180)
NEEDED: tuple[Right, ...] = ("audit", "accounts", "set_up")


class PurgeRefusedError(ValueError):
    """The rows are not removed: ``young`` where some are not old enough, ``broken`` where the chain does not fit."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Purged:
    """What was removed: so many rows, up to the number ``last``."""

    rows: int
    last: int


def purge(grant: Grant, store: Store, before: datetime, path: Path, *, now: datetime) -> Purged:
    """Remove the rows of before a moment, once they are written to a new file; nothing where there are none.

    Removed are the oldest rows up to the first that is not older, whatever a clock once showed. Raises
    PurgeRefusedError, and FileExistsError where the file is there.
    """
    for right in NEEDED:
        require_everywhere(grant, right)
    if before > now - KEPT:
        raise PurgeRefusedError("young")
    if verify(grant, store).wrong is not None:
        raise PurgeRefusedError("broken")
    with store.read() as view:
        stop, oldest = _stop(view, before), next(audit.links(view, 0, 1), None)
        if oldest is None or oldest.said.seq >= stop:
            return Purged(0, 0)
        with path.open("xb") as file:
            last, sha256 = _write(file, view, stop)
    with store.write() as change:
        rows = audit.remove_before(change, stop)
        details = {"rows": rows, "last": last.said.seq, "digest": last.digest, "sha256": sha256}
        audit.add(change, now, grant, "audit.purge", path.name, **details)
    return Purged(rows, last.said.seq)


def _stop(view: Transaction, before: datetime) -> int:
    """The number of the first row that stays: the newest stays always, so that numbers go on from it."""
    newest, young = audit.head(view), audit.first_from(view, before)
    at_most = newest.seq if newest else 0
    return at_most if young is None else min(young, at_most)


def _write(file: BinaryIO, view: Transaction, stop: int) -> tuple[Link, str]:
    """Write the rows below a number, a JSON object a line, durably; gives the last one and the file's SHA-256."""
    whole, last = hashlib.sha256(), None
    for link in takewhile(lambda link: link.said.seq < stop, audit.links(view)):
        line = b'{"row":%b,"previous":"%b","digest":"%b"}\n' % (
            written(link.said), link.previous.encode(), link.digest.encode(),
        )  # fmt: skip
        whole.update(line)
        file.write(line)
        last = link
    assert last is not None, "there is a row to be removed"
    file.flush()
    os.fsync(file.fileno())
    return last, whole.hexdigest()
