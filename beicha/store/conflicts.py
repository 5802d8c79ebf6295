"""Inserts that know what to do where the row is there already: both databases say it alike, SQLAlchemy by dialect."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_missing(change: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose primary key is not there yet."""
    change.execute(_missing(change.dialect.name, table), rows)


def insert_if_missing(change: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert one row unless its primary key is there; whether it was missing."""
    statement = _missing(change.dialect.name, table).returning(*table.primary_key)
    return change.execute(statement, row).one_or_none() is not None


def insert_or_replace(change: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows, each in place of the one with the same primary key."""
    change.execute(_replacing(change.dialect.name, table), rows)


@cache
def _missing(dialect: str, table: Table) -> Any:
    return _INSERT[dialect](table).on_conflict_do_nothing()


@cache
def _replacing(dialect: str, table: Table) -> Any:
    statement = _INSERT[dialect](table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)


_INSERT: dict[str, Callable[[Table], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
