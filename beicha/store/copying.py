"""Copying everything that a database holds into another, of the same kind or not, with every number as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, insert, select

from beicha.store.opening import Store, StoreError, open_store
from beicha.store.schema import half_sessions, metadata, sessions

_AT_ONCE = 200
"""So many rows are in memory at a time; the largest hold a whole workbook."""


def counts(view: Connection) -> dict[str, int]:
    """The number of rows of each table, by its name."""
    return {table.name: view.execute(select(func.count()).select_from(table)).scalar_one() for table in _TABLES}


def copy_rows(view: Connection, change: Connection) -> dict[str, int]:
    """Copy all rows that ``view`` sees into an empty database of the newest schema; the number of rows by table."""
    copied = {table.name: _copy_table(table, view, change) for table in _TABLES}
    if change.dialect.name == "postgresql":
        _go_on_counting(change)
    return copied


def forget_sessions(change: Connection) -> None:
    """End every session that was copied: it may have been ended since, where it came from."""
    change.execute(delete(half_sessions))
    change.execute(delete(sessions))


def snapshot(store: Store, path: str) -> None:
    """Write a SQLite file that holds what the store held at one moment, while others read and write.

    The path must be free. Of PostgreSQL it is made row by row within one transaction.
    """
    if not store.is_postgresql:
        store.vacuum_into(path)
        return
    rows = Path(f"{path}.rows")
    made = open_store(f"sqlite:///{rows}")
    with store.read() as view, made.write() as change:
        copy_rows(view, change)
    made.vacuum_into(path)
    made.close()
    rows.unlink()


def check_whole(path: Path) -> None:
    """Raises StoreError where the file is not a whole SQLite database with tables of ours."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("SELECT version_num FROM alembic_version")
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path.name}: {error}") from error
    if found != "ok":
        raise StoreError(f"{path.name}: {found}")


_TABLES = metadata.sorted_tables


def _copy_table(table: Table, view: Connection, change: Connection) -> int:
    rows = view.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*table.primary_key))
    count = 0
    for part in rows.mappings().partitions(_AT_ONCE):
        change.execute(insert(table), [dict(row) for row in part])
        count += len(part)
    return count


def _go_on_counting(change: Connection) -> None:
    """Let PostgreSQL number new rows after the copied ones; SQLite does by itself."""
    for table in _TABLES:
        column = table.autoincrement_column
        if column is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            change.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))
