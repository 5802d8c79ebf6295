"""Who waits for whom. A SQLite writer has the database to itself; PostgreSQL needs these locks.

They last to the end of the transaction and are always taken in one order: structure, communities, door, papers, audit.
"""

from collections.abc import Iterable
from zlib import crc32

from sqlalchemy import Connection, func, select

_STRUCTURE, _COMMUNITY, _AUDIT, _DOOR, _PAPERS = 101, 102, 103, 104, 105


def hold_communities(change: Connection, communities: Iterable[str]) -> None:
    """Keep others from uploading for these communities, and from changing what all scores depend on."""
    if change.dialect.name != "postgresql":
        return
    change.execute(select(func.pg_advisory_xact_lock_shared(_STRUCTURE, 0)))
    for key in sorted({crc32(code.encode()) - 2**31 for code in communities}):
        change.execute(select(func.pg_advisory_xact_lock(_COMMUNITY, key)))


def hold_structure(change: Connection) -> None:
    """Keep every upload waiting while editions, areas or whole months change."""
    if change.dialect.name == "postgresql":
        change.execute(select(func.pg_advisory_xact_lock(_STRUCTURE, 0)))


def hold_door(change: Connection) -> None:
    """Let tries to sign in be counted one after the other, so that none slips past a limit."""
    if change.dialect.name == "postgresql":
        change.execute(select(func.pg_advisory_xact_lock(_DOOR, 0)))


def hold_papers(change: Connection) -> None:
    """Let papers be numbered one after the other."""
    if change.dialect.name == "postgresql":
        change.execute(select(func.pg_advisory_xact_lock(_PAPERS, 0)))


def hold_audit(change: Connection) -> None:
    """Let audit rows be numbered in the order in which their transactions end."""
    if change.dialect.name == "postgresql":
        change.execute(select(func.pg_advisory_xact_lock(_AUDIT, 0)))
