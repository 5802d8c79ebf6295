"""The gate lets in this machine and its own pages, and nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from beicha.actions.grants import Post
from beicha.actions.opening import the_store
from beicha.web.people import COOKIE, grant_of
from tests.ui.district import signed_in
from tests.web.clients import stranger


async def hello(_: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def told(request: Request) -> PlainTextResponse:
    """What the pages are told in our headers, and whom the action would note."""
    ours = [f"{name}={value}" for name, value in request.headers.items() if name.startswith("x-beicha-")]
    return PlainTextResponse("\n".join([*ours, grant_of(request).address]))


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("open")
    await websocket.close()


@pytest.fixture
def open_client(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    routes = [
        Route("/told", told),
        Route("/{path:path}", hello, methods=["GET", "POST"]),
        WebSocketRoute("/_stcore/stream", socket),
    ]
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    token = signed_in(the_store(), Post("office"))

    def build(host: str = "127.0.0.1:8501", client: str = "127.0.0.1", cookie: str = token) -> TestClient:
        built = stranger(routes, host, client)
        built.cookies.set(COOKIE, cookie)
        return built

    yield build
    the_store().close()


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "127.0.0.1"])
def test_this_machine_gets_in_by_each_of_its_names(open_client: Any, host: str) -> None:
    assert open_client(host).get("/").text == "hello"


@pytest.mark.parametrize(
    "host", ["beicha.example.cn", "192.168.1.5:8501", "127.0.0.1.example.cn", "localhost.example.cn"]
)
def test_another_name_for_this_machine_is_refused(open_client: Any, host: str) -> None:
    answer = open_client(host).get("/")
    assert answer.status_code == 403
    assert "只能在本机" in answer.text


def test_the_pages_are_told_the_clients_own_address_and_not_what_it_says(open_client: Any) -> None:
    forged = {"X-Beicha-Address": "10.9.9.9", "x-beicha-session": "7", "X-Beicha-Other": "1"}
    answer = open_client(client="127.0.0.2").get("/told", headers=forged)
    assert answer.text.split("\n") == ["x-beicha-session=1", "x-beicha-address=127.0.0.2", "127.0.0.2"]


def test_another_machine_is_refused_whatever_it_calls_the_host(open_client: Any) -> None:
    assert open_client(client="192.168.1.5").get("/").status_code == 403


def test_a_request_from_its_own_page_gets_in(open_client: Any) -> None:
    answer = open_client().post("/x", headers={"Origin": "http://127.0.0.1:8501"})
    assert answer.status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "file://", "http://[bad"])
def test_a_request_from_another_page_is_refused(open_client: Any, origin: str) -> None:
    assert open_client().post("/x", headers={"Origin": origin}).status_code == 403


def test_a_websocket_from_its_own_page_opens(open_client: Any) -> None:
    with open_client().websocket_connect(
        "ws://127.0.0.1:8501/_stcore/stream", headers={"Origin": "http://127.0.0.1:8501"}
    ) as opened:
        assert opened.receive_text() == "open"


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:8501"])
def test_a_websocket_from_another_page_never_opens(open_client: Any, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        open_client().websocket_connect("ws://127.0.0.1:8501/_stcore/stream", headers={"Origin": origin}),
    ):
        pass


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/agent/mcp"]
)
def test_metrics_and_agent_addresses_do_not_exist(open_client: Any, path: str) -> None:
    assert open_client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/_stcore/metrics", "/nowhere"])
def test_every_answer_carries_the_security_headers(open_client: Any, path: str) -> None:
    headers = open_client().get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script-src 'self';" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_refusal_carries_them_too_and_is_not_stored(open_client: Any) -> None:
    headers = open_client("evil.example").get("/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
