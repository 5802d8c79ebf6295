"""Signing in and out over plain HTTP, behind the gate: cookies, forced change, what strangers get, where next leads."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from beicha.actions import accounts, sessions
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.web import entrance, own_account, page_shell
from beicha.web.people import COOKIE, grant_of, local_path, now
from beicha.web.sockets import SOCKETS
from tests.ui.district import settle, signed_in
from tests.web.clients import FAREWELL, HERE, client_as, stranger

GOOD = "correct horse 电池"


async def echo(request: Request) -> PlainTextResponse:
    """What the pages would be told: the gate's header, and whose grant it is."""
    return PlainTextResponse(f"{request.headers.getlist('x-beicha-session')} {grant_of(request).actor}")


async def socket(websocket: WebSocket) -> None:
    await websocket.accept("streamlit")
    await websocket.send_text(",".join(websocket.headers.getlist("x-beicha-session")))
    await websocket.receive()


ROUTES = (
    *page_shell.ROUTES,
    *entrance.ROUTES,
    *own_account.ROUTES,
    WebSocketRoute("/_stcore/stream", socket),
    Route("/_stcore/health", lambda _: PlainTextResponse("ok")),
    Route("/{path:path}", echo, methods=["GET", "POST", "PUT", "DELETE"]),
)


@pytest.fixture(autouse=True)
def place(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, quick_passwords: None) -> Iterator[None]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    yield
    the_store().close()


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def send(client: TestClient, place: str, **fields: str) -> Any:
    """Opens the form of the place and sends it, as a browser does."""
    seen = "/account/sessions" if place == "/logout" else place
    token = token_in(client.get(seen).text)
    return client.post(place, files=[(name, (None, value)) for name, value in {"token": token, **fields}.items()])


def account(login: str = "li", *posts: Post, password: str = GOOD) -> None:
    """An account whose person has set a password."""
    code = accounts.add(OFFICE, the_store(), login, "李强", posts, now=now())
    client = stranger(ROUTES)
    send(client, "/login", login=login, password=code)
    assert send(client, "/account/password", new=password, again=password).headers["location"] == "/"


def test_an_empty_database_says_how_the_first_account_is_made() -> None:
    page = stranger(ROUTES).get("/login").text
    assert "manage.py account add" in page
    account()
    assert "manage.py account add" not in stranger(ROUTES).get("/login").text


def test_the_way_in_leads_back_to_where_one_wanted_to() -> None:
    account()
    client = stranger(ROUTES)
    asked = client.get("/community?community=红旗社区&period=2026-04")
    assert asked.status_code == 303
    page = client.get(asked.headers["location"]).text
    after = re.search(r'name="next" value="([^"]+)"', page)
    assert after
    answer = send(client, "/login", login="LI", password=GOOD, next=after[1].replace("&amp;", "&"))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/community?community=")
    assert client.get(answer.headers["location"]).text.endswith(" li")


def test_the_cookie_is_for_this_site_alone_and_out_of_scripts_reach() -> None:
    account()
    answer = send(stranger(ROUTES), "/login", login="li", password=GOOD)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    secure = send(stranger(ROUTES, scheme="https"), "/login", login="li", password=GOOD)
    assert "secure" in secure.headers["set-cookie"].lower()


@pytest.mark.parametrize(("login", "password"), [("li", "wrong"), ("nobody", GOOD), ("nobody", "wrong"), ("", "")])
def test_a_wrong_pair_gets_one_answer_whichever_of_the_two_is_wrong(login: str, password: str) -> None:
    account()
    answer = send(stranger(ROUTES), "/login", login=login, password=password)
    assert answer.status_code == 401
    assert "登录名或密码不对" in answer.text
    assert COOKIE not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("login", ["li", "nobody"])
def test_too_many_tries_are_told_to_wait(login: str) -> None:
    account()
    client = stranger(ROUTES)
    for _ in range(5):
        assert send(client, "/login", login=login, password="wrong").status_code == 401
    answer = send(client, "/login", login=login, password=GOOD)
    assert answer.status_code == 429
    assert "之后再试" in answer.text


def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it() -> None:
    account()
    client = stranger(ROUTES)
    client.cookies.set(COOKIE, "chosen-by-a-thief")
    send(client, "/login", login="li", password=GOOD)
    thief = stranger(ROUTES)
    thief.cookies.set(COOKIE, "chosen-by-a-thief")
    assert thief.get("/").status_code == 303


def test_every_sign_in_gives_another_token() -> None:
    account()
    tokens = {send(stranger(ROUTES), "/login", login="li", password=GOOD).cookies[COOKIE] for _ in range(3)}
    assert len(tokens) == 3


def test_a_form_without_its_token_is_not_taken() -> None:
    account()
    client = stranger(ROUTES)
    client.get("/login")
    for token in ("", "other"):
        files = [("token", (None, token)), ("login", (None, "li")), ("password", (None, GOOD))]
        assert client.post("/login", files=files).status_code == 403
    client.cookies.clear()
    assert client.post("/login", files=[("token", (None, "")), ("login", (None, "li"))]).status_code == 403


def test_another_sites_form_is_refused() -> None:
    client = client_as(ROUTES)
    for place in ("/login", "/logout", "/account/password", "/account/sessions"):
        assert client.post(place, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.get("/").status_code == 200


def test_a_stranger_sends_no_large_form() -> None:
    client = stranger(ROUTES)
    token = token_in(client.get("/login").text)
    for parts in ([("token", (None, token)), ("login", (None, "x" * 40_000))], [("files", ("a.xlsx", b"x" * 100))]):
        assert client.post("/login", files=parts).status_code in (400, 413)


@pytest.mark.parametrize(
    "forged", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_forged_address_leads_nowhere_else_from_a_first_password_either(forged: str) -> None:
    code = accounts.add(OFFICE, the_store(), "li", "李强", [Post("office")], now=now())
    client = stranger(ROUTES)
    send(client, "/login", login="li", password=code)
    place = f"/account/password?next={quote(forged, safe='')}"
    assert send(client, place, new=GOOD, again=GOOD).headers["location"] == "/"


def test_who_has_to_set_a_password_gets_nowhere_else() -> None:
    code = accounts.add(OFFICE, the_store(), "li", "李强", [Post("office")], now=now())
    client = stranger(ROUTES)
    entered = send(client, "/login", login="li", password=code, next="/upload?lang=en")
    first = entered.headers["location"]
    assert first == "/account/password?next=%2Fupload%3Flang%3Den"
    assert client.get("/upload").headers["location"] == "/account/password?next=%2Fupload"
    assert client.post("/upload").status_code == 401
    assert client.put("/_stcore/upload_file/x/y").status_code == 401
    assert send(client, "/account/password", new=GOOD, again="other").status_code == 400
    assert "密码太短" in send(client, "/account/password", new="short", again="short").text
    assert send(client, first, new=GOOD, again=GOOD).headers["location"] == "/upload?lang=en"
    assert client.get("/upload").text.endswith(" li")


def test_a_changed_password_needs_the_old_one_and_ends_the_other_sign_ins() -> None:
    account()
    here, there = stranger(ROUTES), stranger(ROUTES)
    for client in (here, there):
        send(client, "/login", login="li", password=GOOD)
    new = {"new": "another good one", "again": "another good one"}
    assert "原密码不对" in send(here, "/account/password", old="wrong", **new).text
    assert there.get("/").status_code == 200
    assert send(here, "/account/password", old=GOOD, **new).status_code == 303
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303


def test_signing_out_ends_the_session_and_takes_the_cookie_away() -> None:
    account()
    client = stranger(ROUTES)
    token = send(client, "/login", login="li", password=GOOD).cookies[COOKIE]
    answer = send(client, "/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?lang=zh_CN")
    assert COOKIE not in client.cookies
    client.cookies.set(COOKIE, token)
    assert client.get("/").status_code == 303


def test_sign_ins_are_listed_and_ended_but_not_those_of_others() -> None:
    account()
    here, there = stranger(ROUTES), stranger(ROUTES)
    for client in (here, there):
        send(client, "/login", login="li", password=GOOD)
    other = client_as(ROUTES, login="wang")
    with the_store().read() as view:
        found = sessions.sessions.of_account(view, 1)
        foreign = sessions.sessions.of_account(view, 2)[0].id
    send(here, "/account/sessions", session=str(foreign))
    assert other.get("/").status_code == 200
    send(here, "/account/sessions", session=str(found[0].id))
    assert there.get("/").status_code == 303
    assert here.get("/").status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "//evil.example",
        "/\\evil.example",
        "///evil.example",
        "/\\/evil.example",
        " //evil.example",
        "/\r\n/evil.example",
        "/\x00",
        "/\u2028/evil.example",
        "HTTP://evil.example",
        "//evil.example%2f@127.0.0.1",
        "data:text/html,x",
        "\\\\evil.example",
        "http://evil.example",
        "javascript:alert(1)",
        "/a\nSet-Cookie: x=1",
        "/\t/evil.example",
        "",
        "upload",
        "/login?next=/login",
        "/logout",
        "/" + "x" * 3000,
    ],
)
def test_next_leads_nowhere_but_to_a_page_of_ours(text: str) -> None:
    assert local_path(text) == "/"


@pytest.mark.parametrize(
    "forged", ["%2F%2Fevil.example", "%2F%5Cevil.example", "http:%2F%2Fevil.example", "%2F%0D%0AX: 1"]
)
def test_a_forged_next_leads_to_the_first_page_by_every_way_in(forged: str) -> None:
    account()
    client = stranger(ROUTES)
    page = client.get(f"/login?next={forged}").text
    assert 'name="next" value="/"' in page
    assert send(client, "/login", login="li", password=GOOD, next=unquote(forged)).headers["location"] == "/"
    assert client.get(f"/login?next={forged}").headers["location"] == "/"


@pytest.mark.parametrize(
    "text", ["/", "/upload", "/community?community=红旗社区&period=2026-04", "/plain/upload/3?lang=en"]
)
def test_next_leads_to_pages_of_ours(text: str) -> None:
    assert local_path(text) == text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 303),
        ("GET", "/overview", 303),
        ("GET", "/nowhere", 303),
        ("GET", "/download/areas.xlsx", 303),
        ("GET", "/plain/upload", 303),
        ("GET", "/help/problems", 303),
        ("GET", "/account/sessions", 303),
        ("POST", "/plain/upload", 401),
        ("POST", "/logout", 401),
        ("POST", "/account/password", 401),
        ("GET", "/media/abc.png", 404),
        ("GET", "/static/js/index.js", 401),
        ("GET", "/component/x/index.html", 404),
        ("GET", "/_stcore/host-config", 401),
        ("GET", "/_stcore/stream", 401),
        ("PUT", "/_stcore/upload_file/a/b", 401),
        ("DELETE", "/_stcore/upload_file/a/b", 401),
        ("GET", "/ui/zh.js", 401),
        ("GET", "/_stcore/metrics", 404),
        ("GET", "/_stcore/agent/mcp", 404),
        ("GET", "/login", 200),
        ("GET", "/ui/plain.css", 200),
        ("GET", "/_stcore/health", 200),
        ("GET", "/login/", 303),
        ("GET", "/ui/plain.css/../zh.js", 401),
        ("GET", "/%6Cogin", 200),
    ],
)
@pytest.mark.parametrize("cookie", ["", "x", "x" * 43])
def test_a_stranger_gets_the_sign_in_page_and_nothing_else(method: str, path: str, status: int, cookie: str) -> None:
    client = stranger(ROUTES)
    client.cookies.set(COOKIE, cookie)
    assert client.request(method, path).status_code == status


def test_what_a_client_says_about_itself_is_thrown_away() -> None:
    client = client_as(ROUTES)
    for name in ("X-Beicha-Session", "x-beicha-session", "X-BEICHA-ROLE"):
        found = client.get("/", headers={name: "999"}).text
        assert "999" not in found
    assert stranger(ROUTES).get("/", headers={"X-Beicha-Session": "1"}).status_code == 303
    with client.websocket_connect(f"ws://{HERE}/_stcore/stream", headers={"X-Beicha-Session": "999"}) as opened:
        assert opened.receive_text() == "1"


def test_a_websocket_without_a_session_is_led_to_the_sign_in_page_and_reaches_nothing() -> None:
    with stranger(ROUTES).websocket_connect(f"ws://{HERE}/_stcore/stream", subprotocols=["streamlit"]) as opened:
        assert opened.receive_bytes() == FAREWELL
        with pytest.raises(WebSocketDisconnect) as ended:
            opened.receive_text()
        assert ended.value.code == 4401


def test_signing_out_cuts_the_open_websocket() -> None:
    client = client_as(ROUTES)
    with client, client.websocket_connect(f"ws://{HERE}/_stcore/stream", subprotocols=["streamlit"]) as opened:
        assert opened.receive_text() == "1"
        assert SOCKETS.sessions == (1,)
        send(client, "/logout")
        assert opened.receive_bytes() == FAREWELL
        with pytest.raises(WebSocketDisconnect):
            opened.receive_text()
    assert SOCKETS.sessions == ()


def test_a_disabled_account_is_out_with_its_next_request() -> None:
    client = client_as(ROUTES, login="li")
    assert client.get("/").status_code == 200
    accounts.disable(OFFICE, the_store(), "li", now=now())
    assert client.get("/").status_code == 303


def test_the_demo_opens_without_a_password_on_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    settle(the_store(), demo="2026-05-04")
    client = stranger(ROUTES)
    once_more = client.get(client.get("/upload").headers["location"]).headers["location"]
    assert client.get(once_more).headers["location"] == "/upload"
    assert client.get("/upload").text.endswith(" demo-office")
    monkeypatch.setenv("BEICHA_HOST", "10.0.0.5")
    away = stranger(ROUTES, host="10.0.0.5:8501", client="10.0.0.7")
    assert away.get("/login").status_code == 200
    assert COOKIE not in away.cookies


def test_a_browser_without_cookies_is_told_so_instead_of_going_in_circles() -> None:
    settle(the_store(), demo="2026-05-04")
    client = stranger(ROUTES)
    place, seen = "/upload", []
    while place and len(seen) < 10:
        answer = client.get(place)
        client.cookies.clear()
        place = answer.headers.get("location", "")
        seen.append(answer.status_code)
    assert seen == [303, 303, 200]
    assert "没有 cookie 就不能登录" in answer.text
    sent = client.post("/login", files=[("token", (None, "x")), ("login", (None, "li"))])
    assert (sent.status_code, "没有 cookie 就不能登录" in sent.text) == (403, True)


@pytest.mark.parametrize(
    ("opened", "host", "client", "status"),
    [
        ("10.0.0.5", "10.0.0.5:8501", "10.0.0.7", 200),
        ("10.0.0.5", "evil.example", "10.0.0.7", 403),
        ("10.0.0.5", "10.0.0.6", "10.0.0.7", 403),
        ("", "10.0.0.5:8501", "10.0.0.7", 403),
        ("10.0.0.5", "127.0.0.1:8501", "127.0.0.1", 200),
    ],
)
def test_other_machines_come_in_only_where_the_service_was_opened_to_them(
    monkeypatch: pytest.MonkeyPatch, opened: str, host: str, client: str, status: int
) -> None:
    monkeypatch.setenv("BEICHA_HOST", opened)
    assert stranger(ROUTES, host, client).get("/login").status_code == status


def test_the_pages_speak_both_languages_and_name_nobodys_place() -> None:
    assert "<h1>Sign in</h1>" in stranger(ROUTES).get("/login?lang=en").text
    token = signed_in(the_store(), Post("office"), login="li")
    client = stranger(ROUTES)
    client.cookies.set(COOKIE, token)
    page = client.get("/account/sessions?lang=en").text
    assert "<h1>Sign-ins</h1>" in page
    assert token not in page
