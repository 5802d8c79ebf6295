"""Signing in, being cut off, and looking as others do, in a real browser on the service as people start it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from beicha.actions import accounts, sessions
from beicha.actions.grants import OFFICE, Post
from beicha.store import Store, open_store, submissions
from beicha.store.submissions import Key
from beicha.web.people import COOKIE, now
from tests.browser.conftest import serve
from tests.ui.district import settle, signed_in

pytestmark = pytest.mark.browser
GOOD = "correct horse 电池"


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = open_store(sqlite_url)
    settle(opened)
    yield opened
    opened.close()


@pytest.fixture
def real_service(sqlite_url: str, store: Store, tmp_path: Path) -> Iterator[str]:
    """The service over the small district as real data: nobody comes in without an account."""
    yield from serve(sqlite_url, tmp_path)


def come_in(screen: Any, token: str) -> None:
    """Gives the browser a session that was opened elsewhere."""
    screen.page.context.add_cookies([{"name": COOKIE, "value": token, "url": screen.base}])


def sign_in(screen: Any, login: str, password: str) -> None:
    screen.page.get_by_label("登录名").fill(login)
    screen.page.get_by_label("密码或一次性登录码").fill(password)
    screen.page.get_by_role("button", name="登录").click()


def test_a_clerk_signs_in_sets_a_password_sees_one_community_and_is_cut_off(
    real_service: str, store: Store, open_screen: Any
) -> None:
    code = accounts.add(OFFICE, store, "li", "李强", [Post("clerk", "a")], now=now())
    screen = open_screen(real_service)
    page = screen.page
    page.goto(real_service + "/community?community=和平社区&period=2026-04")
    assert page.url.startswith(real_service + "/login?next=")
    sign_in(screen, "li", "wrong password")
    assert "登录名或密码不对" in page.locator("main").inner_text()
    sign_in(screen, "li", code)
    assert "/account/password?next=" in page.url
    page.get_by_label("新密码", exact=True).fill(GOOD)
    page.get_by_label("再输一遍新密码").fill(GOOD)
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/community?community=*")
    screen.settled()
    assert screen.title.startswith("红旗社区")
    assert page.get_by_role("link", name="设置").count() == 0
    page.get_by_role("combobox", name="社区").click()
    assert page.get_by_role("option").all_inner_texts() == ["红旗社区"]
    other = page.context.new_page()
    other.goto(real_service + "/account/sessions")
    other.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login**", timeout=15_000)
    screen.errors.clear()


def test_a_disabled_account_is_thrown_off_an_open_page(real_service: str, store: Store, open_screen: Any) -> None:
    screen = open_screen(real_service)
    come_in(screen, signed_in(store, Post("office"), login="li"))
    screen.open("/")
    accounts.disable(OFFICE, store, "li", now=now())
    screen.page.wait_for_url("**/login**", timeout=15_000)
    screen.errors.clear()


def test_the_office_makes_a_clerk_who_sees_one_community_and_is_signed_out_by_the_office(
    real_service: str, store: Store, open_screen: Any
) -> None:
    office = open_screen(real_service)
    come_in(office, signed_in(store, Post("office"), login="wang"))
    office.open("/accounts").press_text("新建账号")
    office.page.get_by_label("登录名", exact=True).fill("李强")
    office.page.get_by_label("姓名", exact=True).fill("李强")
    choose_in(office, "new_role", "社区报送员")
    choose_in(office, "new_area_clerk", "城关街道 · 红旗社区")
    office.press("建账号")
    code = office.page.get_by_label("一次性登录码", exact=True).input_value()
    assert "社区报送员 · 红旗社区" in office.text

    clerk = open_screen(real_service)
    page = clerk.page
    page.goto(real_service + "/")
    sign_in(clerk, "李强", code)
    page.get_by_label("新密码", exact=True).fill(GOOD)
    page.get_by_label("再输一遍新密码").fill(GOOD)
    page.get_by_role("button", name="保存").click()
    clerk.open("/community?period=2026-04&community=和平社区")
    assert clerk.title.startswith("红旗社区")
    assert page.get_by_role("link", name="账号").count() == 0

    office.press("已记下")
    office.press("结束")
    assert "目前没有登录" in office.text
    page.wait_for_url("**/login**", timeout=15_000)
    clerk.errors.clear()


def choose_in(screen: Any, key: str, option: str) -> None:
    """Chooses an option of the picker with this key."""
    screen.page.locator(f".st-key-{key}").get_by_role("combobox").click()
    screen.page.get_by_role("option", name=option, exact=True).first.click()
    screen.settled()


def test_the_demo_is_seen_as_others_see_it(shown_service: str, open_screen: Any) -> None:
    screen = open_screen(shown_service).open("/")
    assert screen.title.startswith("东湖区")
    box = screen.page.locator(".st-key-demo_person").get_by_role("combobox")
    box.click()
    screen.page.get_by_role("option").nth(2).click()
    screen.settled()
    assert screen.title.startswith("红旗社区")
    assert screen.page.get_by_role("link", name="总览").count() == 0


def session_of(base: str, token: str, resume: str = "", header: str = "") -> str:
    """The Streamlit session that a websocket gets which comes with a cookie, and names a session to resume."""
    headers = {"Cookie": f"{COOKIE}={token}"} | ({"X-Beicha-Session": header} if header else {})
    wanted = [Subprotocol(name) for name in ("streamlit", "x", resume) if name]
    rerun = BackMsg()
    rerun.rerun_script.query_string = ""
    address = base.replace("http", "ws") + "/_stcore/stream"
    with connect(address, additional_headers=headers, subprotocols=wanted, origin=Origin(base)) as opened:
        with suppress(ConnectionClosed):
            opened.send(rerun.SerializeToString())
        while True:
            message = ForwardMsg.FromString(bytes(opened.recv(timeout=20)))  # type: ignore[arg-type]
            if message.WhichOneof("type") == "new_session":
                return str(message.new_session.initialize.session_id)
            if message.WhichOneof("type") == "auth_redirect":
                return "led to " + message.auth_redirect.url


def test_nobody_takes_over_the_session_of_another(real_service: str, store: Store) -> None:
    wang, li = (signed_in(store, Post("office"), login=login) for login in ("wang", "li"))
    session = session_of(real_service, wang)
    number = str(sessions.by_token(store, wang, now()).session)  # type: ignore[union-attr]
    assert session_of(real_service, wang, session) == session
    assert session_of(real_service, li, session) != session
    assert session_of(real_service, li, session, header=number) != session
    assert session_of(real_service, "", session) == "led to /login"
    assert session_of(real_service, "x" * 43, session) == "led to /login"


def asked(base: str, method: str, path: str, token: str = "") -> int:
    """The status of a request that a bare client makes."""
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    request = Request(base + path, method=method, headers=headers)
    try:
        with build_opener(Stay).open(request, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


class Stay(HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: Any) -> None:
        return None


def test_the_service_as_it_is_started_lets_strangers_in_nowhere(real_service: str, store: Store) -> None:
    session = session_of(real_service, signed_in(store, Post("office")))
    assert [asked(real_service, "GET", path) for path in ("/", "/overview", "/setup", "/download/areas.xlsx")] == [
        303
    ] * 4
    assert asked(real_service, "PUT", f"/_stcore/upload_file/{session}/1") == 401
    assert [asked(real_service, "GET", path) for path in ("/static/x", "/_stcore/host-config")] == [401] * 2
    assert [asked(real_service, "GET", path) for path in ("/_stcore/metrics", "/_stcore/agent/mcp", "/media/x")] == [
        404
    ] * 3
    assert asked(real_service, "GET", "/login") == 200


def test_a_clerk_gets_no_file_of_another_community(real_service: str, store: Store) -> None:
    clerk, office = signed_in(store, Post("clerk", "a"), login="li"), signed_in(store, Post("office"))
    with store.read() as view:
        found = submissions.newest(view, Key("c", "2026-04"))
        assert found is not None
        (file,) = submissions.sent_files(view, [found.seq])[found.seq]
    for path in (
        f"/download/original?version={found.seq}&sha256={file.sha256}",
        "/download/community.xlsx?period=2026-04&community=c",
    ):
        assert asked(real_service, "GET", path, office) == 200
        assert asked(real_service, "GET", path, clerk) == 404
        assert asked(real_service, "GET", path) == 303
    for path in ("/download/areas.xlsx", "/download/lines.xlsx"):
        assert (asked(real_service, "GET", path, office), asked(real_service, "GET", path, clerk)) == (200, 404)
