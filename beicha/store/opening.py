"""Opening a database: SQLite in a folder of ours, or PostgreSQL by URL, always at the newest schema."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError, OperationalError

from beicha.store.bell import Bell
from beicha.store.migrating import StoreTooNewError, upgrade

Transaction = Connection
"""What the functions of this room take first: handed out by ``Store.read`` and ``Store.write``, opaque elsewhere."""

BUSY_SECONDS = 5
_PRAGMAS = (
    "PRAGMA page_size=8192",  # twice the usual, so that the cells of 150 criteria stay within their page
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is deleted is written over, so that an erased file is not left in a free page
)


class StoreError(Exception):
    """The database cannot be opened or used; ``str`` says why in one English line, without a password."""


class ConflictError(StoreError):
    """Another transaction was faster; trying again from the beginning may help."""


class Store:
    """An open database. Safe to share between threads; a transaction is not.

    ``job_arrived`` rings whenever this process queues a job, so that its worker need not wait for the next look.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.job_arrived = Bell()

    @property
    def is_postgresql(self) -> bool:
        """Whether a PostgreSQL server holds the data, rather than a SQLite file."""
        return self._engine.dialect.name == "postgresql"

    @property
    def place(self) -> str:
        """Where the data lie, for a person to read: a file's path or a URL without its password."""
        url = self._engine.url
        return url.render_as_string(hide_password=True) if self.is_postgresql else str(url.database)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that sees one moment of the data and changes nothing; raises StoreError as ``write`` does."""
        with _told(), self._engine.connect() as connection:
            if self.is_postgresql:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction that is durable when the block ends, and leaves nothing where it raises.

        Raises ConflictError where another was faster, StoreError where the database does not answer (in time).
        """
        engine = self._engine.execution_options(for_writing=True)
        with _told(), engine.begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Let nothing that was deleted stand in the log beside a SQLite file; waits a little for whoever reads.

        PostgreSQL keeps deleted rows until it vacuums its tables, and in logs and archives of its own.
        """
        if self.is_postgresql:
            return
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()

    def vacuum_into(self, path: str) -> None:
        """Write a compact copy of a SQLite database, as it is at one moment, to a path that is free.

        It has no log beside it, and nothing in it of what was deleted. Raises StoreError where it cannot be written.
        """
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (path,))
        except SqliteError as error:
            raise StoreError(str(error)) from error
        finally:
            raw.close()

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


@contextmanager
def part_of(change: Transaction) -> Iterator[None]:
    """A part of a writing transaction that is taken back alone where it raises; raises StoreError as ``write`` does."""
    with _told(), change.begin_nested():
        yield


@contextmanager
def _told() -> Iterator[None]:
    """Tells what the database refuses in this room's own exceptions."""
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(str(error.orig)) from error
    except (OperationalError, InterfaceError) as error:
        raise StoreError(str(error.orig).strip()) from error


def home() -> Path:
    """The folder of what is kept on this machine: ``BEICHA_HOME``, or else ``./var``."""
    return Path(os.environ.get("BEICHA_HOME") or "var").resolve()


def url_from_environment() -> str:
    """``BEICHA_DATABASE_URL``, or else the SQLite file ``beicha.db`` in the home folder."""
    return os.environ.get("BEICHA_DATABASE_URL") or f"sqlite:///{home() / 'beicha.db'}"


def open_store(url: str | None = None) -> Store:
    """The store at the URL (default: from the environment), created where new and migrated to the newest schema.

    Raises StoreError where the database cannot be reached, is not one of these two, or is newer than this program.
    """
    engine = _engine(_checked(url or url_from_environment()))
    try:
        upgrade(engine)
    except (DatabaseError, StoreTooNewError) as error:
        engine.dispose()
        reason = str(error.orig) if isinstance(error, DatabaseError) else str(error)
        raise StoreError(f"{engine.url.render_as_string(hide_password=True)}: {reason.strip()}") from error
    return Store(engine)


def _checked(text: str) -> URL:
    try:
        url = make_url(text)
    except Exception as error:
        raise StoreError("the database URL cannot be understood") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreError(f"{url.drivername} is not supported: use sqlite:/// or postgresql://")
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError("SQLite needs a file: sqlite:////path/to/beicha.db")
    return url


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from error
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    """Durable commits beside readers. The driver's own implicit transactions are switched off: see _begin_sqlite."""
    raw.isolation_level = None
    for statement in _PRAGMAS:
        raw.execute(statement)


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once; taking it at the first write could fail after reads that are then outdated."""
    writing = connection.get_execution_options().get("for_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
