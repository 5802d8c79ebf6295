"""Backups (备份): a copy of everything while people work, taking it back, moving to another database, and the proof
that the scores are right.

A backup is one SQLite file, whatever the database. The keys in ``sealing.keys`` are not in it: they are kept apart, so
that a stolen backup opens no second factor.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from beicha.actions.assessing import everybody, live_periods
from beicha.actions.grants import Grant, require_everywhere
from beicha.actions.lots import lots, newest_scores, score_lot
from beicha.actions.opening import Store, StoreError, open_store
from beicha.store import assessments, audit, copying
from beicha.store.assessments import Packed

KEEP = 14
"""So many backups are kept, and besides the newest of each of the last twelve months."""
MONTHS = 12
_NAME = re.compile(r"beicha-(\d{6})\d{2}-\d{6}\.db")


class NotEmptyError(Exception):
    """The database that is to be filled holds data already."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its file, and older ones that were removed for it."""

    path: Path
    size: int
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Verified:
    """Stored scores beside those that the facts give: their number, and "month community" of each that differs."""

    scores: int
    differing: tuple[str, ...]


def back_up(grant: Grant, store: Store, folder: Path, now: datetime, keep: int = KEEP) -> Backup:
    """Write a backup into the folder while people work, and remove those that are older than is kept.

    It has its name only once it is whole and on the disk. Raises StoreError or OSError where it cannot be written.
    """
    require_everywhere(grant, "set_up")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"beicha-{now:%Y%m%d-%H%M%S}.db"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as part:
        made = Path(part) / path.name
        copying.snapshot(store, str(made))
        copying.check_whole(made)
        made.chmod(0o600)
        _sync(made)
        made.rename(path)
    _sync(folder)
    removed = tuple(_outdated([one.name for one in folder.iterdir()], keep, path.name))
    for name in removed:
        (folder / name).unlink()
    with store.write() as change:
        audit.add(change, now, grant, "store.backup", path.name)
    return Backup(path, path.stat().st_size, removed)


def restore(grant: Grant, store: Store, backup: Path, now: datetime) -> dict[str, int]:
    """Fill an empty database with a backup, brought to the newest schema first; the number of rows by table.

    Nobody stays signed in. Raises NotEmptyError where the database holds anything, StoreError where the file is no
    backup or was made by a newer program.
    """
    require_everywhere(grant, "set_up")
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "backup.db"
        shutil.copyfile(backup, copied)
        copying.check_whole(copied)
        source = open_store(f"sqlite:///{copied}")
        try:
            return _fill(grant, source, store, ("store.restore", backup.name), now)
        finally:
            source.close()


def move(grant: Grant, store: Store, url: str, now: datetime) -> dict[str, int]:
    """Copy everything into the empty database at the URL; the number of rows by table. The old one stays as it is.

    Nobody should work meanwhile: what comes later is not copied. Raises as ``restore`` does.
    """
    require_everywhere(grant, "set_up")
    target = open_store(url)
    try:
        return _fill(grant, store, target, ("store.move", target.place), now)
    finally:
        target.close()


def verify(grant: Grant, store: Store) -> Verified:
    """Score every month anew beside the stored scores; nothing is changed."""
    require_everywhere(grant, "set_up")
    with store.read() as view:
        wanted = {period: everybody(view, period) for period in live_periods(view)}
    scores, wrong = 0, list[Packed]()
    for lot in lots(store, wanted):
        found = score_lot(lot)
        with store.read() as view:
            for edition, packed in newest_scores(view, lot, found):
                wrong += assessments.differing(view, edition, packed)
                scores += len(packed)
    return Verified(scores, tuple(sorted(f"{one.period} {one.community}" for one in wrong)))


def _fill(grant: Grant, source: Store, target: Store, deed: tuple[str, str], now: datetime) -> dict[str, int]:
    with source.read() as view, target.write() as change:
        if any(copying.counts(change).values()):
            raise NotEmptyError(target.place)
        copied = copying.copy_rows(view, change)
        if copying.counts(change) != copied:
            raise StoreError(f"{target.place}: not every row arrived")
        copying.forget_sessions(change)
        audit.add(change, now, grant, deed[0], deed[1])
    return copied


def _outdated(names: Iterable[str], keep: int, made: str) -> list[str]:
    """Backups by our names alone that are neither among the newest, nor the newest of one of the last months."""
    ours = sorted((name for name in names if _NAME.fullmatch(name)), reverse=True)
    newest_of_month: dict[str, str] = {}
    for name in ours:
        newest_of_month.setdefault(name[len("beicha-") :][:6], name)
    kept = {made, *ours[: max(keep, 1)], *list(newest_of_month.values())[:MONTHS]}
    return [name for name in ours if name not in kept]


def _sync(path: Path) -> None:
    """Have a file, or what a folder lists, on the disk."""
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
