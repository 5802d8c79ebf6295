"""Bringing a database to the schema this program knows, or back, in one transaction that either happens or does not."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

_LOCK = 20_260_301
"""Any number of our own: it keeps two starting processes from migrating one PostgreSQL database at once."""


class StoreTooNewError(Exception):
    """The database was migrated by a newer program than this one."""


def revisions() -> list[str]:
    """The revisions of all schemas, the oldest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest schema; raises StoreTooNewError where its schema is unknown here."""
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        if _revision(connection) == scripts.get_current_head():
            return
    with _alone(engine) as connection, connection.begin():
        _lock(connection)
        found = _revision(connection)
        if found is not None and found not in revisions():
            raise StoreTooNewError(
                f"the database has schema {found}, which this version does not know: update the program"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to an earlier schema (``base``: empty). What only the newer one can hold is lost."""
    config = _config()
    with _alone(engine) as connection, connection.begin():
        _lock(connection)
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def _alone(engine: Engine) -> Connection:
    return engine.connect().execution_options(for_writing=True)


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
