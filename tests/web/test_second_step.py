"""The second step over plain HTTP, behind the gate: what its cookie opens, and the pages of one's own second factor."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest
from starlette.testclient import TestClient

from beicha.actions import accounts
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.web import own_factor, second_step
from beicha.web.people import COOKIE, now
from tests.ui.district import settle
from tests.web.clients import stranger
from tests.web.test_entrance import FAREWELL, GOOD, HERE, token_in
from tests.web.test_entrance import ROUTES as DOOR

ROUTES = (*second_step.ROUTES, *own_factor.ROUTES, *DOOR)
ADMIN = (Post("admin"), Post("office"))


@pytest.fixture(autouse=True)
def place(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_passwords: None) -> Iterator[None]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("BEICHA_HOME", str(tmp_path))
    yield
    the_store().close()


def post(client: TestClient, place: str, page: str, **fields: str) -> Any:
    """Sends the form on a page, as a browser does."""
    sent = {"token": token_in(page), **fields}
    offer = re.search(r'name="offer" value="([^"]+)"', page)
    if offer:
        sent |= {"offer": offer[1], "do": "set_up"}
    return client.post(place, files=[(name, (None, value)) for name, value in sent.items()])


def sign_in(client: TestClient, password: str, after: str = "") -> Any:
    return post(client, "/login", client.get("/login").text, login="wang", password=password, next=after)


def secret_in(page: str) -> str:
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def codes_in(page: str) -> list[str]:
    return re.findall(r"<li><code>([^<]+)</code></li>", page)


def code_of(secret: str, moment: datetime | None = None) -> str:
    return pyotp.TOTP(secret).at(moment or now())


def administrator() -> tuple[TestClient, str, list[str]]:
    """A client of an administrator who has set everything up, the secret, the recovery codes."""
    code = accounts.add(OFFICE, the_store(), "wang", "王芳", ADMIN, now=now())
    client = stranger(ROUTES)
    place = sign_in(client, code, "/upload").headers["location"]
    page = client.get(place).text
    secret = secret_in(page)
    kept = post(client, place, page, code=code_of(secret))
    page = client.get("/account/password").text
    assert post(client, "/account/password", page, new=GOOD, again=GOOD).status_code == 303
    return client, secret, codes_in(kept.text)


def test_an_administrator_is_led_through_the_setting_up_and_on_to_where_they_wanted() -> None:
    code = accounts.add(OFFICE, the_store(), "wang", "王芳", ADMIN, now=now())
    client = stranger(ROUTES)
    answer = sign_in(client, code, "/upload")
    assert answer.headers["location"] == "/login/code?next=%2Fupload&lang=zh_CN"
    assert COOKIE not in answer.headers.get("set-cookie", "")
    page = client.get(answer.headers["location"]).text
    assert "<svg" in page
    assert "<script" not in page
    wrong = post(client, answer.headers["location"], page, code="000000")
    assert (wrong.status_code, secret_in(wrong.text)) == (401, secret_in(page))
    kept = post(client, answer.headers["location"], wrong.text, code=code_of(secret_in(page)))
    assert (kept.status_code, len(codes_in(kept.text))) == (200, 10)
    assert client.get("/upload").headers["location"] == "/account/password?next=%2Fupload"
    assert client.get(answer.headers["location"]).headers["location"].startswith("/login?next=%2Fupload")


def test_the_cookie_of_the_second_step_opens_that_page_alone() -> None:
    administrator()
    client = stranger(ROUTES)
    place = sign_in(client, GOOD, "/upload").headers["location"]
    assert COOKIE not in client.cookies
    for path in ("/", "/upload", "/account/password", "/account/factor", "/account/sessions", "/download/areas.xlsx"):
        assert client.get(path).status_code == 303
        assert client.get(path).headers["location"].startswith("/login")
    for path in ("/logout", "/account/factor", "/plain/upload", "/upload"):
        assert client.post(path).status_code == 401
    client.cookies.set(COOKIE, client.cookies[second_step.COOKIE])
    assert client.get("/upload").status_code == 303
    with client.websocket_connect(f"ws://{HERE}/_stcore/stream", subprotocols=["streamlit"]) as opened:
        assert opened.receive_bytes() == FAREWELL
    assert client.get(place).status_code == 200


def test_a_code_opens_the_session_once_and_leads_on() -> None:
    _, _, codes = administrator()
    client = stranger(ROUTES)
    place = sign_in(client, GOOD, "/upload").headers["location"]
    page = client.get(place).text
    assert post(client, place, page, code="000000").status_code == 401
    answer = post(client, place, page, code=codes[0])
    assert (answer.status_code, answer.headers["location"]) == (303, "/upload")
    assert second_step.COOKIE not in client.cookies
    assert client.get("/upload").status_code == 200
    other = stranger(ROUTES)
    place = sign_in(other, GOOD).headers["location"]
    assert post(other, place, other.get(place).text, code=codes[0]).status_code == 401


def test_too_many_codes_are_told_to_wait() -> None:
    _, _, codes = administrator()
    client = stranger(ROUTES)
    place = sign_in(client, GOOD).headers["location"]
    page = client.get(place).text
    assert [post(client, place, page, code="000000").status_code for _ in range(5)] == [401] * 5
    answer = post(client, place, page, code=codes[0])
    assert (answer.status_code, "之后再试" in answer.text) == (429, True)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43])
def test_without_the_first_step_there_is_no_second(cookie: str) -> None:
    client = stranger(ROUTES)
    client.cookies.set(second_step.COOKIE, cookie)
    assert client.get("/login/code?next=%2Fupload").headers["location"] == "/login?next=%2Fupload&lang=zh_CN"
    token = token_in(client.get("/login").text)
    answer = client.post("/login/code", files=[("token", (None, token)), ("code", (None, "000000"))])
    assert answer.headers["location"].startswith("/login?")


def test_the_second_step_leads_nowhere_but_to_a_page_of_ours() -> None:
    _, _, codes = administrator()
    client = stranger(ROUTES)
    place = sign_in(client, GOOD).headers["location"].replace("next=%2F", "next=%2F%2Fevil.example")
    answer = post(client, place, client.get(place).text, code=codes[0])
    assert answer.headers["location"] == "/"


def test_one_exchanges_the_factor_and_makes_new_codes_on_a_page_of_ones_own() -> None:
    client, secret, codes = administrator()
    page = client.get("/account/factor").text
    assert "停用两步验证" not in page
    assert secret not in page
    begun = post(client, "/account/factor", page, do="begin").text
    assert "备用码" in post(client, "/account/factor", begun, code=code_of(secret_in(begun)), proof="000000").text
    answer = post(client, "/account/factor", begun, code=code_of(secret_in(begun)), proof=codes[0])
    new = codes_in(answer.text)
    assert len(new) == 10
    renewed = post(client, "/account/factor", page, do="codes", proof=new[0])
    assert len(codes_in(renewed.text)) == 10
    assert post(client, "/account/factor", page, do="codes", proof=new[1]).status_code == 400
    assert post(client, "/account/factor", page, do="end", proof=codes_in(renewed.text)[0]).status_code == 400
    assert post(client, "/account/factor", page, do="anything").status_code == 400


def test_who_need_not_have_one_sets_it_up_and_ends_it() -> None:
    accounts.add(OFFICE, the_store(), "li", "李强", [Post("office")], now=now())
    accounts.set_password(OFFICE, the_store(), "li", GOOD, now=now())
    client = stranger(ROUTES)
    page = client.get("/login").text
    post(client, "/login", page, login="li", password=GOOD)
    new = {"old": GOOD, "new": "another good one", "again": "another good one"}
    post(client, "/account/password", client.get("/account/password").text, **new)
    begun = post(client, "/account/factor", client.get("/account/factor").text, do="begin").text
    assert post(client, "/account/factor", begun, code=code_of(secret_in(begun)), proof=GOOD).status_code == 400
    codes = codes_in(
        post(client, "/account/factor", begun, code=code_of(secret_in(begun)), proof="another good one").text
    )
    page = client.get("/account/factor").text
    assert "停用两步验证" in page
    assert post(client, "/account/factor", page, do="end", proof=codes[0]).status_code == 303
    assert "未启用" in client.get("/account/factor").text


def test_demo_people_have_no_second_factor() -> None:
    settle(the_store(), demo="2026-05-04")
    client = stranger(ROUTES)
    client.get("/login")
    begun = post(client, "/account/factor", client.get("/account/factor").text, do="begin").text
    answer = post(client, "/account/factor", begun, code=code_of(secret_in(begun)))
    assert (answer.status_code, "演示账号没有两步验证" in answer.text) == (400, True)
