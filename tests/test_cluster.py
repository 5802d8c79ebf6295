"""Several processes behind nginx: what one is told, all know; one that is killed is missed by nobody for long."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from websockets.sync.client import connect

from beicha.actions import sessions, shares
from beicha.actions.grants import OFFICE
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Terms
from beicha.commands import cluster
from beicha.commands.cluster_files import UNITS, Shape, cookie_secret, write_nginx, write_units
from beicha.commands.watched import Keeper, Watched
from beicha.store import open_store
from beicha.web.people import COOKIE
from manage import main
from tests.actions.office import set_up
from tests.ui.district import signed_in

ROOT = Path(__file__).resolve().parents[1]
WAIT = 90.0


def shape(folder, **changed):
    return Shape(**{"processes": 2, "host": "127.0.0.1", "port": 8600, "folder": folder / "cluster"} | changed)


def test_the_units_name_every_process_and_leave_no_place_empty(tmp_path):
    made = write_units(shape(tmp_path, processes=3), "postgresql://beicha@db/beicha")
    texts = {path.name: path.read_text("utf-8") for path in made}
    assert set(texts) == {*UNITS, "nginx.conf", "environment"}
    assert not [name for name, text in texts.items() if "{{" in text]
    assert "beicha@8601.service beicha@8602.service beicha@8603.service" in texts["beicha.target"]
    assert texts["nginx.conf"].count("max_fails") == 3
    assert "BEICHA_DATABASE_URL=postgresql://beicha@db/beicha\n" in texts["environment"]


def test_what_the_processes_sign_with_is_made_once_and_for_their_owner_alone(tmp_path):
    folder = shape(tmp_path).folder
    write_units(shape(tmp_path), "postgresql://beicha@db/beicha")
    assert cookie_secret(folder) == cookie_secret(folder)
    for name in ("cookie-secret", "environment"):
        assert (folder / name).stat().st_mode & 0o077 == 0
    assert len(cookie_secret(folder)) == 64


def test_nginx_takes_its_configuration(tmp_path):
    path = write_nginx(shape(tmp_path, port=8700))
    checked = subprocess.run([str(cluster.nginx()), "-t", "-c", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7"])
def test_the_address_that_others_reach_is_the_one_nginx_listens_at(tmp_path, host):
    text = write_units(shape(tmp_path, host=host), "postgresql://beicha@db/beicha")[-1].read_text("utf-8")
    assert f"BEICHA_HOST={host}\n" in text
    assert f"listen {f'[{host}]' if ':' in host else host}:8600;" in (shape(tmp_path).folder / "nginx.conf").read_text()


def test_several_processes_need_postgresql(sqlite_url, monkeypatch, capsys):
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    assert main(["--language", "en", "cluster"]) == 1
    assert "Several processes need PostgreSQL" in capsys.readouterr().err


@pytest.mark.postgres
def test_without_nginx_it_says_how_to_get_it(postgresql, monkeypatch, capsys):
    monkeypatch.setenv("BEICHA_DATABASE_URL", postgresql.url(postgresql.new_database()))
    monkeypatch.setattr(cluster, "nginx", lambda: None)
    assert main(["--language", "en", "cluster"]) == 1
    assert "nginx is missing" in capsys.readouterr().err


@pytest.mark.postgres
def test_other_machines_come_in_only_where_people_have_accounts(postgresql, monkeypatch, capsys):
    monkeypatch.setenv("BEICHA_DATABASE_URL", postgresql.url(postgresql.new_database()))
    assert main(["--language", "en", "cluster", "--host", "192.0.2.7"]) == 1
    assert "Make an account first" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "65", "-1"])
def test_a_number_of_processes_that_makes_no_sense_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError):
        cluster._number(text)


def test_a_process_that_ends_is_started_again_later_and_later_and_all_end_together():
    fell = []
    short = Watched("short", (sys.executable, "-c", "raise SystemExit(3)"), os.environ)
    long = Watched("long", (sys.executable, "-c", "import time; time.sleep(60)"), os.environ)
    keeper = Keeper([short, long], lambda *told: fell.append(told))
    keeper.start()
    short.process.wait()
    first = short.process.pid
    keeper._look(short, time.monotonic())
    assert (fell, short.process, short.pause) == ([("short", 3, 1.0)], None, 2.0)
    keeper._look(short, short.due - 0.01)
    assert short.process is None
    keeper._look(short, short.due)
    assert short.process.pid != first
    keeper.stop()
    assert long.process.returncode == -signal.SIGTERM


def test_a_process_that_ran_well_for_a_while_is_started_again_soon():
    steady = Watched("steady", (sys.executable, "-c", ""), os.environ, pause=16.0)
    keeper = Keeper([steady], lambda *told: None)
    keeper.start()
    steady.process.wait()
    keeper._look(steady, steady.started + 61)
    assert steady.due == steady.started + 61 + 1
    keeper.stop()


def ports_in_a_row(count):
    """The first of so many ports in a row that are free."""
    for first in range(21_000, 60_000, 10):
        probes = [socket.socket() for _ in range(count)]
        try:
            for number, probe in enumerate(probes):
                probe.bind(("127.0.0.1", first + number))
        except OSError:
            continue
        finally:
            for probe in probes:
                probe.close()
        return first
    raise AssertionError("no ports are free")


def asked(port, path="/", **cookies):
    """The status, the address led to, and the headers of an answer; (0, "", {}) where there is none."""
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", path, headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers.get("location", ""), answer.headers
    except OSError:
        return 0, "", {}
    finally:
        line.close()


def soon(true, seconds=WAIT):
    """Waits until something is true; whether it became so."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def running(postgresql, tmp_path):
    """A cluster of two: its database, its first port, its process."""
    url, port = postgresql.url(postgresql.new_database()), ports_in_a_row(3)
    store = open_store(url)
    set_up(store)
    environment = os.environ | {"BEICHA_DATABASE_URL": url, "BEICHA_HOME": str(tmp_path)}
    command = [sys.executable, "manage.py", "--language", "en", "cluster", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert soon(lambda: all(asked(port + n, "/readyz")[0] == 200 for n in (1, 2, 0)))
    yield store, port, process
    process.terminate()
    process.wait(60)
    process.stdout.close()
    store.close()


def processes_of(port, below):
    """The process that serves a port, among the children of another."""
    children = Path(f"/proc/{below}/task/{below}/children").read_text().split()
    return next(int(one) for one in children if f"--port\0{port}\0" in Path(f"/proc/{one}/cmdline").read_text())


@pytest.mark.postgres
def test_what_one_process_is_told_all_know_and_a_killed_one_is_missed_by_nobody(running):
    store, port, process = running
    now = datetime.now(UTC)
    token = signed_in(store, *OFFICE.posts)
    link = shares.make(OFFICE, store, "看板", Scope(), Terms(), now=now)
    nodes = {}
    for _ in range(40):
        headers = asked(port, "/healthz")[2]
        nodes[headers["set-cookie"].split(";")[0].removeprefix("node=")] = headers
    assert len(nodes) == 40, "every browser gets a mark of its own"
    for one in (port, port + 1, port + 2):
        assert asked(one, "/", **{COOKIE: token})[0] == 200
        assert asked(one, link.path)[0] == 303
    os.kill(processes_of(port + 1, process.pid), signal.SIGKILL)
    for node in list(nodes)[:20]:
        assert asked(port, "/", node=node, **{COOKIE: token})[0] == 200
        with connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"http://127.0.0.1:{port}",
            additional_headers={"Cookie": f"{COOKIE}={token}; node={node}"},
            proxy=None,
        ):
            pass
    assert soon(lambda: asked(port + 1, "/readyz")[0] == 200), "it is started again"
    shares.revoke(OFFICE, store, link.public_id, now=now)
    sessions.end(store, sessions.by_token(store, token, now), now=now)
    for one in (port, port + 1, port + 2):
        assert asked(one, "/", **{COOKIE: token})[:2] == (303, "/login")
        assert asked(one, link.path)[0] == 410
    process.terminate()
    assert process.wait(60) == 0
    assert {asked(one, "/healthz")[0] for one in (port, port + 1, port + 2)} == {0}
