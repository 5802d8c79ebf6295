"""Figures of the service for whoever runs it, and for nobody else; nothing in them tells of people."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from beicha.actions import health, imports
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.web import metrics
from beicha.web.gate import Gate
from beicha.web.metrics import REGISTRY, ROUTES, Counted, kind_of
from tests.actions.office import NOW, lectures, set_up
from tests.web.clients import FAREWELL

TOKEN = "0123456789abcdef"


async def fails(_: Request) -> PlainTextResponse:
    raise ZeroDivisionError


@pytest.fixture
def client(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    monkeypatch.setenv(metrics.TOKEN_VARIABLE, TOKEN)
    app = Starlette(
        routes=[*ROUTES, Route("/login", fails)],
        middleware=[Middleware(Counted), Middleware(Gate, farewell=FAREWELL)],
    )
    yield TestClient(app, base_url="http://127.0.0.1:8501", client=("127.0.0.1", 5), raise_server_exceptions=False)
    the_store().close()


def asked(client: TestClient, token: str = TOKEN) -> tuple[int, str]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.text


def test_whoever_has_the_token_gets_the_figures(client: TestClient) -> None:
    status, text = asked(client)
    assert status == 200
    assert "beicha_database_up 1.0" in text
    assert "process_resident_memory_bytes" in text


@pytest.mark.parametrize("token", ["", "0123456789abcdeF", f"{TOKEN}0", "令牌"])
def test_without_the_token_they_do_not_exist(client: TestClient, token: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}".encode()})
    assert (answer.status_code, answer.text) == (404, "Not found")


@pytest.mark.parametrize(("token", "status"), [("0123456789abcde", 404), (TOKEN, 200), ("", 404)])
def test_a_token_that_could_be_guessed_counts_as_none(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, token: str, status: int
) -> None:
    monkeypatch.setenv(metrics.TOKEN_VARIABLE, token)
    assert asked(client, token)[0] == status


def test_answers_are_counted_by_kind_and_status_a_fault_as_500(client: TestClient) -> None:
    def counted(kind: str, status: str) -> float:
        return REGISTRY.get_sample_value("beicha_requests_total", {"kind": kind, "status": status}) or 0.0

    before = counted("page", "303"), counted("sign-in", "500")
    client.get("/community?community=某社区", follow_redirects=False)
    client.get("/login")
    assert (counted("page", "303"), counted("sign-in", "500")) == (before[0] + 1, before[1] + 1)
    assert "某社区" not in asked(client)[1]


def test_jobs_are_told_by_state_and_how_long_the_first_waits(client: TestClient) -> None:
    store = the_store()
    set_up(store)
    imports.start(OFFICE, store, [lectures()], now=NOW)
    found = health.queue(store, NOW + timedelta(seconds=90))
    assert (found.by_state, found.waited) == ({"queued": 1}, 90)
    assert health.queue(store, NOW - timedelta(days=1)).waited == 0
    assert 'beicha_jobs{state="queued"} 1.0' in asked(client)[1]


def test_nobody_waits_where_no_job_does(client: TestClient) -> None:
    assert health.queue(the_store(), datetime.now(UTC)) == health.Queue({}, 0.0)


def test_faults_in_the_log_are_counted_and_ordinary_entries_are_not(client: TestClient) -> None:
    def logged(level: str) -> float:
        return REGISTRY.get_sample_value("beicha_log_entries_total", {"level": level}) or 0.0

    before = logged("error"), logged("info")
    log = logging.Logger("tried", logging.DEBUG)
    log.addHandler(metrics.Ear())
    log.error("a fault")
    log.info("nothing")
    assert (logged("error"), logged("info")) == (before[0] + 1, before[1])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/community", "page"),
        ("/s/abc", "share"),
        ("/download/x", "download"),
        ("/login/code", "sign-in"),
    ],
)
def test_an_address_is_told_by_what_it_is_for(path: str, kind: str) -> None:
    assert kind_of(path) == kind
