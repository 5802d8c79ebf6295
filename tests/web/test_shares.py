"""Share links over plain HTTP, behind the gate: what opens, what a visitor reaches, and what a thief gets."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from beicha.actions import shares, visiting
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Made, Terms
from beicha.store import assessments, audit
from beicha.web import downloads, entrance, own_account, page_shell, plain_upload
from beicha.web import shares as shared_routes
from beicha.web.people import COOKIE, now
from tests.ui.district import settle, signed_in
from tests.web.clients import HERE, stranger

S1 = Scope(areas=("s1",), first="2026-04", last="2026-04")
USUAL = Terms()
AGAIN = "请重新打开链接"


async def told(request: Request) -> PlainTextResponse:
    """What the pages are told in our headers."""
    names = ("x-beicha-session", "x-beicha-links")
    return PlainTextResponse(" ".join(f"{name[9:]}={request.headers.get(name, '-')}" for name in names))


async def socket(websocket: WebSocket) -> None:
    await websocket.accept("streamlit")
    names = ("x-beicha-session", "x-beicha-links")
    await websocket.send_text(" ".join(f"{name[9:]}={websocket.headers.get(name, '-')}" for name in names))
    await websocket.receive()


ROUTES = (
    *shared_routes.ROUTES,
    *page_shell.ROUTES,
    *entrance.ROUTES,
    *own_account.ROUTES,
    *downloads.ROUTES,
    *plain_upload.ROUTES,
    WebSocketRoute("/_stcore/stream", socket),
    WebSocketRoute("/elsewhere", socket),
    Route("/{path:path}", told, methods=["GET", "HEAD", "POST", "PUT", "DELETE"]),
)


@pytest.fixture(autouse=True)
def district(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, quick_passwords: None) -> Iterator[None]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    settle(the_store())
    yield
    the_store().close()


def made(terms: Terms = USUAL) -> Made:
    return shares.make(OFFICE, the_store(), "四月得分", S1, terms, now=now())


def visitor(*links: Made, scheme: str = "http") -> TestClient:
    """A browser that opened these links."""
    client = stranger(ROUTES, scheme=scheme)
    for link in links:
        assert client.get(link.path).status_code == 303
    return client


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def give(client: TestClient, link: Made, password: str) -> Any:
    page = client.get(f"/shared/{link.public_id}")
    fields = {"token": token_in(page.text), "password": password}
    return client.post(f"/shared/{link.public_id}", files={name: (None, text) for name, text in fields.items()})


def test_a_link_opens_and_its_token_leaves_the_address() -> None:
    link, client = made(), stranger(ROUTES)
    answer = client.get(f"{link.path}?lang=en&next=//evil.example")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/shared/{link.public_id}?lang=en")
    assert answer.headers["cache-control"] == "no-store"
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert ("红旗社区" in page.text, "和平社区" in page.text) == (True, False)
    assert f"/board-{link.public_id}?lang=en" in page.text
    assert link.token not in page.text + str(page.headers)
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_is_out_of_scripts_reach_and_ends_with_its_link(scheme: str, secure: bool) -> None:
    answer = stranger(ROUTES, scheme=scheme).get(made(Terms(days=2)).path)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("share_")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert ("Secure" in cookie) == secure
    (age,) = re.findall(r"Max-Age=(\d+)", cookie)
    assert timedelta(days=2, seconds=-60) < timedelta(seconds=int(age)) <= timedelta(days=2)


def test_two_links_live_side_by_side_in_one_browser() -> None:
    one = made()
    two = shares.make(OFFICE, the_store(), "二", Scope(areas=("c",)), USUAL, now=now())
    client = visitor(one, two)
    pages = [client.get(f"/shared/{link.public_id}").text for link in (one, two)]
    assert [("红旗社区" in page, "和平社区" in page) for page in pages] == [(True, False), (False, True)]


def test_a_frozen_page_stays_and_a_live_one_moves() -> None:
    live, frozen = made(), made(Terms(frozen=True))
    client = visitor(live, frozen)
    before = [client.get(f"/shared/{link.public_id}").text for link in (live, frozen)]
    with the_store().write() as change:
        assessments.forget(change, "2026-01")
        audit.add(change, now(), OFFICE, "recompute", "2026-04")
    after = [client.get(f"/shared/{link.public_id}").text for link in (live, frozen)]
    assert before[1] == after[1]
    assert before[0] != after[0]
    assert "还没有内容" in after[0]
    assert "/board-" not in after[1]
    assert client.get(f"/board-{frozen.public_id}").headers["location"] == f"/shared/{frozen.public_id}"


@pytest.mark.parametrize("asked", ["2026-03", "2026-04", "x", "", "9999-99", "%00"])
def test_a_month_outside_of_the_link_is_not_shown_whatever_the_address_says(asked: str) -> None:
    link = made()
    page = visitor(link).get(f"/shared/{link.public_id}?period={asked}").text
    (heading,) = re.findall(r"<h1>.*</h1>", page)
    assert "2026-04" in heading


def test_without_its_cookie_an_address_opens_nothing_whether_there_is_a_link_or_not() -> None:
    link, client = made(), stranger(ROUTES)
    own = client.get(f"/shared/{link.public_id}")
    other = client.get("/shared/000000000000")
    assert (own.status_code, own.text) == (403, other.text.replace("000000000000", link.public_id))
    assert AGAIN in own.text
    client.cookies.set(f"share_{link.public_id}", made().token)
    assert client.get(f"/shared/{link.public_id}").status_code == 403


@pytest.mark.parametrize("public_id", ["%00", "'", "x" * 60_000, "[]", "%", ":key", "..", "0000000000000", "%ED%B3%BF"])
def test_an_address_that_is_none_is_answered_plainly(public_id: str) -> None:
    answer = stranger(ROUTES).get(f"/shared/{public_id}")
    assert answer.status_code in (403, 303, 404)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "change",
    [str.swapcase, lambda t: t[:-1], lambda t: t + "x", lambda t: f"%25{t}", lambda _: ":key", lambda _: "%",
     lambda _: "[]", lambda t: f"{t}/", lambda t: f"x/{t}", lambda _: "%00", lambda _: "x" * 60_000, lambda _: ""],
)  # fmt: skip
def test_what_is_almost_a_link_gets_the_answer_of_none(change: Any) -> None:
    link, client = made(), stranger(ROUTES)
    nothing = client.get("/s/nothing")
    answer = client.get(f"/s/{change(link.token)}")
    assert answer.status_code == nothing.status_code == 404
    assert re.sub(r"/s/[^?]*", "", answer.text) == re.sub(r"/s/[^?]*", "", nothing.text)
    assert "set-cookie" not in answer.headers
    assert shares.listed(OFFICE, the_store(), now=now())[0].uses == 0


def test_who_guesses_is_told_to_wait_and_a_link_still_opens() -> None:
    link, client = made(), stranger(ROUTES)
    answers = [client.get(f"/s/guess-{number}").status_code for number in range(visiting.MOST_TRIES + 3)]
    assert answers == [404] * visiting.MOST_TRIES + [429] * 3
    assert client.get(link.path).status_code == 303


def test_a_preview_of_a_link_is_no_use_of_it() -> None:
    link = made()
    assert stranger(ROUTES).head(link.path).status_code == 405
    assert shares.listed(OFFICE, the_store(), now=now())[0].uses == 0


@pytest.mark.parametrize(
    ("end", "status", "said"),
    [
        (lambda link: shares.revoke(OFFICE, the_store(), link.public_id, now=now()), 410, "这个链接已撤销"),
        (lambda link: shares.rotate(OFFICE, the_store(), link.public_id, now=now()), 403, AGAIN),
    ],
)
def test_a_dead_link_says_so_to_who_had_it_open(end: Any, status: int, said: str) -> None:
    link = made()
    client = visitor(link)
    end(link)
    answer = client.get(f"/shared/{link.public_id}")
    assert answer.status_code == status
    assert said in answer.text
    assert client.get("/static/x.js").status_code == 401
    assert client.get(f"/board-{link.public_id}").headers["location"] == f"/shared/{link.public_id}"


def test_a_password_stands_before_everything() -> None:
    link = made(Terms(password="春天abcd"))
    client = visitor(link)
    page = client.get(f"/shared/{link.public_id}")
    assert page.status_code == 403
    assert client.get("/static/x.js").status_code == 401
    assert client.get(f"/board-{link.public_id}").status_code == 303
    wrong = give(client, link, "春天abce")
    assert wrong.status_code == 403
    assert "密码不对" in wrong.text
    right = give(client, link, "春天abcd")
    assert (right.status_code, right.headers["location"].partition("?")[0]) == (303, f"/shared/{link.public_id}")
    assert client.get(f"/shared/{link.public_id}").status_code == 200
    assert client.get("/static/x.js").status_code == 200
    assert client.get(link.path).status_code == 303
    assert client.get(f"/shared/{link.public_id}").status_code == 200


def test_a_password_is_taken_from_our_own_form_alone() -> None:
    link = made(Terms(password="春天abcd"))
    client = visitor(link)
    for fields in ({"password": "春天abcd"}, {"password": "春天abcd", "token": "x"}):
        answer = client.post(f"/shared/{link.public_id}", files={name: (None, text) for name, text in fields.items()})
        assert answer.status_code == 403
    assert client.get(f"/shared/{link.public_id}").status_code == 403
    without = stranger(ROUTES)
    page = visitor(link).get(f"/shared/{link.public_id}").text
    without.cookies.set("beicha_form", token_in(page))
    sent = {"token": (None, token_in(page)), "password": (None, "春天abcd")}
    assert without.post(f"/shared/{link.public_id}", files=sent).status_code == 403


def test_too_many_passwords_are_told_to_wait() -> None:
    link = made(Terms(password="春天abcd"))
    client = visitor(link)
    for _ in range(visiting.MOST_TRIES):
        assert give(client, link, "guess").status_code == 403
    assert give(client, link, "春天abcd").status_code == 429


VISITED = [
    ("GET", "/static/x.js", 200),
    ("GET", "/ui/zh.js", 200),
    ("GET", "/_stcore/health", 200),
    ("GET", "/_stcore/host-config", 200),
    ("GET", "/board-ID", 200),
    ("GET", "/board-ID-community", 200),
    ("GET", "/board-ID/_stcore/health", 404),
    ("POST", "/board-ID", 303),
    ("DELETE", "/shared/ID", 401),
    ("PUT", "/shared/ID", 401),
    ("POST", "/s/x", 401),
    ("DELETE", "/s/x", 401),
    ("GET", "/board-000000000000", 303),
    ("GET", "/favicon.ico", 404),
    ("GET", "/", 303),
    ("GET", "/community", 303),
    ("GET", "/setup", 303),
    ("GET", "/plain/upload", 303),
    ("GET", "/account/sessions", 303),
    ("GET", "/help/problems", 303),
    ("GET", "/download/community.xlsx?period=2026-04&community=a", 303),
    ("GET", "/download/original?version=1&sha256=0", 303),
    ("GET", "/media/0123456789abcdef.xlsx", 404),
    ("GET", "/component/x/index.html", 404),
    ("GET", "/static/%2e%2e/media/0123.xlsx", 401),
    ("GET", "/_stcore/metrics", 404),
    ("GET", "/_stcore/agent/x", 404),
    ("GET", "/_stcore/script-health-check", 401),
    ("PUT", "/_stcore/upload_file/session/file", 401),
    ("DELETE", "/_stcore/upload_file/session/file", 401),
    ("POST", "/static/x.js", 401),
    ("POST", "/plain/upload", 401),
    ("POST", "/account/password", 401),
    ("POST", "/logout", 401),
]


@pytest.mark.parametrize(("method", "path", "status"), VISITED)
def test_a_visitor_reaches_what_the_page_needs_and_nothing_else(method: str, path: str, status: int) -> None:
    link = made()
    answer = visitor(link).request(method, path.replace("ID", link.public_id))
    assert answer.status_code == status


@pytest.mark.parametrize("path", ["/static/x.js", "/ui/zh.js", "/_stcore/host-config", "/board-ID"])
def test_without_a_link_that_is_closed_too(path: str) -> None:
    link = made()
    client = stranger(ROUTES)
    client.cookies.set("share_000000000000", "x")
    client.cookies.set(f"share_{link.public_id}", "x" * 43)
    assert client.get(path.replace("ID", link.public_id)).status_code in (303, 401)


def said_on_socket(client: TestClient, path: str = "/_stcore/stream") -> Any:
    with client.websocket_connect(f"ws://{HERE}{path}", subprotocols=["streamlit"]) as websocket:
        return websocket.receive()


def test_the_websocket_of_a_visitor_says_which_links_it_proved() -> None:
    one, two = made(), made()
    client = visitor(one, two)
    forged = {"X-Beicha-Links": "forged", "x-beicha-session": "1"}
    with client.websocket_connect(
        f"ws://{HERE}/_stcore/stream", subprotocols=["streamlit"], headers=forged
    ) as websocket:
        text = websocket.receive_text()
    seals = visiting.proved(the_store(), {link.public_id: link.token for link in (one, two)}, now())
    assert text == "session=- links=" + ",".join(f"{name}.{seal}" for name, seal in sorted(seals.items()))
    shares.revoke(OFFICE, the_store(), one.public_id, now=now())
    assert one.public_id not in said_on_socket(client)["text"]


def test_no_other_websocket_is_a_visitors_and_none_a_strangers() -> None:
    client = visitor(made())
    for asking, path in ((client, "/elsewhere"), (stranger(ROUTES), "/_stcore/stream")):
        with asking.websocket_connect(f"ws://{HERE}{path}", subprotocols=["streamlit"]) as websocket:
            assert "text" not in websocket.receive()
            with pytest.raises(WebSocketDisconnect):
                websocket.receive_text()


def test_who_is_signed_in_opens_a_link_beside_their_own_pages() -> None:
    link = made()
    client = visitor(link)
    client.cookies.set(COOKIE, signed_in(the_store(), Post("clerk", "c")))
    text = said_on_socket(client)["text"]
    assert re.fullmatch(rf"session=\d+ links={link.public_id}\.\w+", text)
    assert client.get("/community").status_code == 200
    assert client.get(f"/board-{link.public_id}").status_code == 200
    without = stranger(ROUTES)
    without.cookies.set(COOKIE, signed_in(the_store(), Post("office"), login="li"))
    assert without.get(f"/board-{link.public_id}").headers["location"] == f"/shared/{link.public_id}"


def test_an_address_with_filters_is_kept_over_the_sign_in() -> None:
    asked = "/community?period=2026-03&community=%E7%BA%A2%E6%97%97%E7%A4%BE%E5%8C%BA&street=%E5%9F%8E%E5%85%B3"
    client = stranger(ROUTES)
    way = client.get(asked).headers["location"]
    page = client.get(way).text
    found = re.search(r'name="next" value="([^"]+)"', page)
    assert found
    assert found[1].replace("&amp;", "&") == asked
    client.cookies.set(COOKIE, signed_in(the_store(), Post("office")))
    assert client.get(way).headers["location"] == asked
