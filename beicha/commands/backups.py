"""The commands ``backup``, ``restore``, ``verify`` and ``move-store``."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from beicha.actions import backups
from beicha.actions.backups import NotEmptyError
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.words.language import Language, later, say

NOT_EMPTY = later("{place} holds data already. Nothing was changed: give a new, empty database.")
DIFFERING = later("{n} of {of} stored scores are not what their facts give: {names}")
MOST_NAMED = 20


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the four commands."""
    backup = commands.add_parser("backup", help="copy the whole database into a file, while people work")
    backup.add_argument(
        "--to", type=Path, default=Path("var") / "backups", metavar="FOLDER", help="where to; var/backups"
    )
    backup.add_argument("--keep", type=_number, default=backups.KEEP, metavar="N", help="the newest that stay; 14")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="fill a new, empty database with a backup, and verify it")
    restore.add_argument("file", type=Path, metavar="FILE", help="a file that backup made")
    restore.set_defaults(run=_restore)
    verify = commands.add_parser("verify", help="score everything anew and compare; change nothing")
    verify.set_defaults(run=_verify)
    move = commands.add_parser("move-store", help="copy everything into another, empty database")
    move.add_argument("--to", required=True, metavar="URL", help="postgresql://… or sqlite:///…")
    move.set_defaults(run=_move)


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _now() -> datetime:
    return datetime.now(UTC)


def _backup(given: argparse.Namespace) -> int:
    made = backups.back_up(OFFICE, the_store(), given.to, _now(), given.keep)
    size = f"{made.size / 2**20:.1f}"
    print(say(given.language, "Backup made: {file}, {size} MiB", file=made.path, size=size))
    for name in made.removed:
        print(say(given.language, "Removed, as older than is kept: {file}", file=name))
    return 0


def _restore(given: argparse.Namespace) -> int:
    if not given.file.is_file():
        print(say(given.language, "{file}: there is no such file.", file=given.file), file=sys.stderr)
        return 1
    try:
        copied = backups.restore(OFFICE, the_store(), given.file, _now())
    except NotEmptyError as error:
        return _refuse(given.language, str(error))
    print(say(given.language, "Restored: {n} rows of {tables} tables.", n=sum(copied.values()), tables=len(copied)))
    return _verify(given)


def _verify(given: argparse.Namespace) -> int:
    found = backups.verify(OFFICE, the_store())
    if not found.differing:
        print(say(given.language, "Verified: all {n} stored scores are what their facts give.", n=found.scores))
        return 0
    names = ", ".join(found.differing[:MOST_NAMED])
    print(
        say(given.language, DIFFERING, n=len(found.differing), of=found.scores, names=names),
        file=sys.stderr,
    )
    return 1


def _move(given: argparse.Namespace) -> int:
    try:
        copied = backups.move(OFFICE, the_store(), given.to, _now())
    except NotEmptyError as error:
        return _refuse(given.language, str(error))
    rows, tables = sum(copied.values()), len(copied)
    print(say(given.language, "Moved: {n} rows of {tables} tables, each table counted there.", n=rows, tables=tables))
    print(say(given.language, "Now set BEICHA_DATABASE_URL to the new place, and run: manage.py verify"))
    return 0


def _refuse(language: Language, place: str) -> int:
    print(say(language, NOT_EMPTY, place=place), file=sys.stderr)
    return 1
