"""Whoever watches over the service learns without an account whether it lives and is ready, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from beicha.actions import health
from beicha.actions.opening import the_store
from beicha.web.health import ROUTES
from tests.web.clients import stranger


@pytest.fixture
def client(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    yield stranger(list(ROUTES))
    the_store().close()


def test_who_is_not_signed_in_learns_that_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok"
    answer = client.get("/readyz")
    passed = {"database": True, "disk": True, "temporary": True}
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "checks": passed})
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_lives_but_is_not_ready_without_its_tables(client: TestClient, sqlite_url: str) -> None:
    the_store().close()
    Path(sqlite_url.removeprefix("sqlite:///")).write_bytes(b"")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)
    assert client.get("/healthz").text == "ok"


@pytest.mark.parametrize(("missing", "status"), [(0, 200), (1, 503)])
def test_it_is_not_ready_below_the_room_that_uploads_need(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, missing: int, status: int
) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: type("Usage", (), {"free": health.ROOM - missing}))
    assert client.get("/readyz").status_code == status


@pytest.mark.parametrize(("missing", "status"), [(0, 200), (1, 503)])
def test_it_is_not_ready_without_room_for_what_is_made_of_temporary_files(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: int, status: int
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    free = {elsewhere: health.ROOM_FOR_MAKING - missing}
    monkeypatch.setattr(health.tempfile, "gettempdir", lambda: str(elsewhere))
    monkeypatch.setattr(
        health.shutil, "disk_usage", lambda place: type("Usage", (), {"free": free.get(place, health.ROOM)})
    )
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["temporary"]) == (status, not missing)


def test_another_machine_learns_nothing_while_only_this_one_may_come_in(client: TestClient) -> None:
    assert stranger(list(ROUTES), client="192.168.1.9").get("/readyz").status_code == 403
