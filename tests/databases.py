"""Real databases for tests: throw-away SQLite files and PostgreSQL databases, each already migrated once and copied."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

USER = "beicha"
REVIVE_SECONDS = 60


class Cluster:
    """A PostgreSQL server of our own on loopback, without a password, gone with everything in it when the tests end."""

    def __init__(self, binaries: Path, *, durable: bool = False, place: Path | None = None):
        self._binaries, self._durable = binaries, durable
        self._folder = Path(tempfile.mkdtemp(prefix="beicha-postgres-", dir=place))
        self.port = free_port()
        self._made = 0
        with contextlib.suppress(KeyError):
            if os.geteuid() == 0:
                owner = pwd.getpwnam(_unprivileged_user())
                os.chown(self._folder, owner.pw_uid, owner.pw_gid)

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        self._run("initdb", "-D", self._data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self._start()

    def fall(self) -> None:
        """Stop the server as a failing machine would, at once and in the middle of everything, and start it again."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")
        self._start()

    def revive(self) -> None:
        """Start the server where it has ended by itself; returns once it answers; raises RuntimeError."""
        until = time.monotonic() + REVIVE_SECONDS
        while True:
            if not self._is_up():
                self._start()
            try:
                self._execute("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def _is_up(self) -> bool:
        try:
            self._run("pg_ctl", "-D", self._data, "status")
        except RuntimeError:
            return False
        return True

    def _start(self) -> None:
        durable = "on" if self._durable else "off"
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync={durable}"
        self._run("pg_ctl", "-D", self._data, "-l", self._folder / "log", "-w", "-o", settings, "start")

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def url(self, database: str) -> str:
        """Where a database of this server is found."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """The name of a fresh database, a copy of the template."""
        self._made += 1
        name = f"test_{self._made}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._binaries / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", _unprivileged_user(), "--", *command]
        with (self._folder / "output").open("a+b") as output:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", timeout=120)
            if done.returncode:
                output.seek(0)
                raise RuntimeError(f"{program} failed: {output.read().decode(errors='replace')}")


def running_cluster(*, durable: bool = False, place: Path | None = None) -> Iterator[Cluster]:
    """A started cluster, stopped when the iterator is closed; ``durable``: it syncs to the disk, as a real one does.

    It lies in a folder of its own in ``place``, or else where temporary files do.
    """
    cluster = Cluster(_server_binaries(), durable=durable, place=place)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def _server_binaries() -> Path:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[4]))
    if not installed:
        raise RuntimeError("no PostgreSQL server was found; the tests need one: apt-get install postgresql")
    return installed[-1].parent


def _unprivileged_user() -> str:
    """initdb refuses root: the server runs as the user its package made, or as nobody."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    """A port of this machine that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
