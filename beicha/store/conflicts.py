"""Inserts that know what to do where the row is there already: both databases say it alike, SQLAlchemy by dialect."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_missing(change: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose primary key is not there yet."""
    change.execute(_insert(change, table).on_conflict_do_nothing(), rows)


def insert_or_replace(change: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows, each in place of the one with the same primary key."""
    statement = _insert(change, table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    change.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest), rows)


def _insert(change: Connection, table: Table) -> Any:
    return postgresql.insert(table) if change.dialect.name == "postgresql" else sqlite.insert(table)
