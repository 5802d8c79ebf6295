"""What all rooms' tests share: a store on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from beicha.actions import passwords
from beicha.demo import load
from beicha.store import Store, open_store
from tests.databases import Cluster, running_cluster

BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests in a browser first: few and long, they would else end on one worker while the others stand idle."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server; missing it is a failure, not a reason to skip."""
    yield from running_cluster()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "beicha.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: Cluster) -> str:
    """The name of an empty PostgreSQL database at the newest schema, to be used as a template."""
    name = postgresql.new_database()
    open_store(postgresql.url(name)).close()
    return name


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """Where a migrated, empty SQLite database lies."""
    shutil.copy(migrated_sqlite, tmp_path / "beicha.db")
    return f"sqlite:///{tmp_path / 'beicha.db'}"


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a migrated, empty database is found: a SQLite file, then a PostgreSQL database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    name = cluster.new_database(request.getfixturevalue("migrated_postgresql"))
    yield cluster.url(name)
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite database of the whole demo district, loaded once for all tests: to be read, or copied first."""
    path = tmp_path_factory.mktemp("demo") / "beicha.db"
    store = open_store(f"sqlite:///{path}")
    load(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def demo_store(demo_database: Path) -> Iterator[Store]:
    """The demo district's store, to be read alone."""
    store = open_store(f"sqlite:///{demo_database}")
    yield store
    store.close()


@pytest.fixture
def open_another(database_url: str) -> Iterator[Callable[[], Store]]:
    """Opens the same database again, as a second process would."""
    opened: list[Store] = []

    def open_again() -> Store:
        opened.append(open_store(database_url))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed at a hundredth of the cost, for tests that are about something else."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store; the test runs once on SQLite and once on PostgreSQL."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """An empty store on SQLite alone, for rooms whose tests do not depend on the database."""
    opened = open_store(sqlite_url)
    yield opened
    opened.close()
