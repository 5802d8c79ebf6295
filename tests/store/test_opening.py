"""Opening a database: made where new, brought to the newest schema, refused with a sentence where it cannot be used."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from beicha.store import StoreError, jobs, open_store, opening
from beicha.store.files import NamedFile
from beicha.store.job_parts import PART
from beicha.store.jobs import NewJob
from beicha.store.migrating import downgrade, upgrade
from beicha.store.schema import metadata


def _tables(store):
    return set(inspect(store._engine).get_table_names()) - {"alembic_version"}


def test_a_new_database_has_every_table(store):
    assert _tables(store) == set(metadata.tables)


def test_migrations_say_the_same_as_the_schema(store):
    with store.read() as view:
        context = MigrationContext.configure(view, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_run_down_and_up_again(store):
    downgrade(store._engine, "base")
    assert _tables(store) == set()
    upgrade(store._engine)
    assert _tables(store) == set(metadata.tables)


def test_opening_twice_changes_nothing(store, open_another):
    with store.write() as change:
        change.execute(text("INSERT INTO settings VALUES ('a', '1')"))
    with open_another().read() as view:
        assert view.execute(text("SELECT value FROM settings")).scalar_one() == "1"


def test_a_newer_database_is_refused_and_left_as_it_is(store, open_another):
    with store.write() as change:
        change.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="schema 9999"):
        open_another()
    with store.read() as view:
        assert view.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_an_exception_in_the_middle_of_a_write_leaves_nothing(store):
    with pytest.raises(ZeroDivisionError), store.write() as change:
        change.execute(text("INSERT INTO settings VALUES ('a', '1')"))
        raise ZeroDivisionError
    with store.read() as view:
        assert view.execute(text("SELECT count(*) FROM settings")).scalar_one() == 0


def test_a_reader_sees_one_moment_while_another_writes(store, open_another):
    with store.read() as view:
        assert view.execute(text("SELECT count(*) FROM settings")).scalar_one() == 0
        with open_another().write() as change:
            change.execute(text("INSERT INTO settings VALUES ('a', '1')"))
        assert view.execute(text("SELECT count(*) FROM settings")).scalar_one() == 0


def test_a_sqlite_writer_has_the_database_to_itself_from_the_start(sqlite_url, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    first, second = open_store(sqlite_url), open_store(sqlite_url)
    with first.write(), pytest.raises(StoreError, match="locked"), second.write():
        pytest.fail("a second writer came in")
    with first.write(), second.read() as view:
        assert view.execute(text("SELECT count(*) FROM settings")).scalar_one() == 0
    first.close()
    second.close()


def test_sqlite_is_durable_and_holds_foreign_keys(sqlite_store):
    with sqlite_store.read() as view:
        pragmas = {
            name: view.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")
        }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2}
        assert view.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert view.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 5000


def test_the_home_folder_is_made_on_first_use(tmp_path, monkeypatch):
    monkeypatch.delenv("BEICHA_DATABASE_URL", raising=False)
    monkeypatch.setenv("BEICHA_HOME", str(tmp_path / "new" / "home"))
    store = open_store()
    assert store.place == str(tmp_path / "new" / "home" / "beicha.db")
    store.close()


@pytest.mark.parametrize("url", ["mysql://x", "sqlite://", "nonsense"])
def test_an_unusable_url_is_refused_in_one_sentence(url):
    with pytest.raises(StoreError):
        open_store(url)


def test_an_unreachable_server_is_named_without_its_password(postgresql):
    with pytest.raises(StoreError) as refused:
        open_store(f"postgresql://beicha:secret@127.0.0.1:{postgresql.port}/absent")
    assert "absent" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "beicha.db").write_bytes(b"hello, this is no database at all" * 40)
    with pytest.raises(StoreError):
        open_store(f"sqlite:///{tmp_path / 'beicha.db'}")


def test_a_migration_that_fails_half_way_leaves_the_old_schema(tmp_path, monkeypatch):
    from alembic import op

    made = []

    def failing(name, *columns, **options):
        made.append(name)
        if name == "jobs":
            raise ZeroDivisionError
        return create(name, *columns, **options)

    create = op.create_table
    monkeypatch.setattr(op, "create_table", failing)
    url = f"sqlite:///{tmp_path / 'beicha.db'}"
    with pytest.raises(ZeroDivisionError):
        open_store(url)
    assert len(made) > 3
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_lost_connection_is_told_and_the_next_one_works(postgresql, migrated_postgresql):
    name = postgresql.new_database(migrated_postgresql)
    store = open_store(postgresql.url(name))
    cut = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(StoreError), store.read() as view:
        view.execute(cut)
    with pytest.raises(StoreError), store.write() as change:
        change.execute(cut)
    with store.read() as view:
        assert view.execute(text("SELECT 1")).scalar_one() == 1
    store.close()
    postgresql.drop_database(name)


def test_files_of_jobs_that_wait_are_taken_along_both_ways(store):
    large = NamedFile("大.zip", bytes(range(256)) * (PART // 256) * 2 + b"end")
    sent = (large, NamedFile("空.csv", b""), NamedFile("整.zip", b"x" * PART))
    with store.write() as change:
        job = jobs.enqueue(change, NewJob("import", sent, 3, {}), by="local", at=datetime(2026, 4, 2, tzinfo=UTC))
    downgrade(store._engine, "0003")
    with store.read() as view:
        sizes = view.execute(text("SELECT length(content) FROM job_files ORDER BY position")).scalars()
        assert list(sizes) == [len(file.content) for file in sent]
    upgrade(store._engine)
    with store.read() as view:
        assert jobs.files(view, job) == sent
        assert [listed.size for listed in jobs.listing(view, job)] == [len(file.content) for file in sent]
        parts = view.execute(text("SELECT position, number, length(content) FROM job_parts ORDER BY position, number"))
        assert [tuple(row) for row in parts] == [(0, 0, PART), (0, 1, PART), (0, 2, 3), (2000, 0, PART)]
