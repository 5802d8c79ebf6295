"""Databases of earlier programs: brought to the newest schema and back on a copy, with everything that lay in them."""

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, inspect, select, text

from beicha.actions.backups import restore, verify
from beicha.actions.grants import OFFICE
from beicha.store import copying, open_store
from beicha.store.migrating import downgrade, revisions, upgrade
from tests.actions.office import later
from tests.store.old_schemas import FOLDER, dump

REVISIONS = revisions()


@pytest.fixture
def old(tmp_path):
    """Lays a database as an earlier program left it into a file; gives its path."""

    def laid(revision) -> Path:
        path = tmp_path / f"{revision}.db"
        connection = sqlite3.connect(path)
        connection.executescript((FOLDER / f"{revision}.sql").read_text("utf-8"))
        connection.close()
        return path

    return laid


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_of(request, old):
    """Opens an old database, on PostgreSQL a copy of its rows in the schema of that time."""
    opened = []

    def engine(revision):
        source = create_engine(f"sqlite:///{old(revision)}")
        opened.append(source)
        if request.param == "sqlite":
            return source
        cluster = request.getfixturevalue("postgresql")
        store = open_store(cluster.url(cluster.new_database()))
        opened.append(store._engine)
        downgrade(store._engine, revision)
        _copy(source, store._engine)
        return store._engine

    yield engine
    for one in opened:
        one.dispose()


def _copy(source, target):
    """All rows, from one database to another of the same schema."""
    there, here = MetaData(), MetaData()
    there.reflect(source)
    here.reflect(target)
    with source.connect() as view, target.begin() as change:
        change.execute(text("DELETE FROM alembic_version"))
        for table in here.sorted_tables:
            rows = [row._asdict() for row in view.execute(select(there.tables[table.name]))]
            if rows:
                change.execute(table.insert(), rows)


def rows_of(engine):
    """By table, how often each row lies there, as text."""
    known = MetaData()
    known.reflect(engine)
    with engine.connect() as view:
        return {
            name: Counter(str(sorted(row._asdict().items())) for row in view.execute(select(table)))
            for name, table in known.tables.items()
        }


def test_every_schema_that_people_may_have_is_kept():
    """For a new one: python -m tests.store.old_schemas."""
    assert sorted(path.stem for path in FOLDER.glob("*.sql")) == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_migration_that_people_have_run_is_not_changed_afterwards(revision, old, tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'now.db'}")
    downgrade(store._engine, revision)
    store.close()
    assert _schema(tmp_path / "now.db") == _schema(old(revision))


def _schema(path):
    return [line for line in dump(path).splitlines() if not line.startswith(("INSERT", "DELETE"))]


@pytest.mark.parametrize("revision", REVISIONS)
def test_up_and_down_again_leaves_every_row_as_it_was(revision, engine_of):
    engine = engine_of(revision)
    before = rows_of(engine)
    assert all(before.values())  # there is a row in every table
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) >= set(before)
    kept = rows_of(engine)
    assert {name: rows.total() for name, rows in kept.items() if name in before} == {
        name: rows.total() for name, rows in before.items()
    }
    downgrade(engine, revision)
    assert rows_of(engine) == before


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_backup_of_any_time_is_restored_and_its_scores_are_true(revision, old, store):
    counted = restore(OFFICE, store, old(revision), later())
    assert counted["submissions"] > 0
    found = verify(OFFICE, store)
    assert found.scores > 0
    assert found.differing == ()
    with store.read() as view:
        assert copying.counts(view)["assessments"] == found.scores
