"""The second factor and the sign-in through another service, in a real browser on the service as people start it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from beicha.actions import accounts
from beicha.actions.grants import OFFICE, Post
from beicha.store import Store, open_store
from beicha.web.people import COOKIE, now
from tests.browser.conftest import serve, wait_until_it_answers
from tests.browser.test_people import GOOD, sign_in
from tests.databases import free_port
from tests.ui.district import settle

pytestmark = pytest.mark.browser


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = open_store(sqlite_url)
    settle(opened)
    yield opened
    opened.close()


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[str]:
    """The address of an independent provider, which knows two people."""
    port = free_port()
    people = [{"sub": "42", "preferred_username": "li"}, {"sub": "43", "preferred_username": "nobody"}]
    said = [word for person in people for word in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *said]
    with (tmp_path / "provider.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            about = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
            wait_until_it_answers(about, process, tmp_path / "provider.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def joined_service(
    sqlite_url: str, store: Store, provider: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The service with the provider's button on its sign-in page."""
    (tmp_path / "secret").write_text("a secret of the client")
    for name, value in {"ISSUER": provider, "CLIENT_ID": "beicha", "SECRET_FILE": str(tmp_path / "secret")}.items():
        monkeypatch.setenv(f"BEICHA_OIDC_{name}", value)
    yield from serve(sqlite_url, tmp_path)


@pytest.fixture
def real_service(sqlite_url: str, store: Store, tmp_path: Path) -> Iterator[str]:
    yield from serve(sqlite_url, tmp_path)


def test_one_signs_in_through_the_provider_and_is_cut_off_like_anybody(
    joined_service: str, provider: str, store: Store, open_screen: Any
) -> None:
    accounts.add(OFFICE, store, "li", "李强", [Post("clerk", "a")], now=now())
    screen = open_screen(joined_service)
    page = screen.page
    page.goto(joined_service + "/community?community=红旗社区&period=2026-04")
    page.get_by_role("link", name="用统一身份认证登录").click()
    assert page.url.startswith(provider)
    page.get_by_role("button", name="42").click()
    page.wait_for_url(joined_service + "/community**")
    assert screen.settled().title.startswith("红旗社区")
    other = page.context.new_page()
    other.goto(joined_service + "/account/sessions")
    other.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login**", timeout=15_000)
    page.go_back()
    page.wait_for_url("**/login**", timeout=15_000)
    accounts.disable(OFFICE, store, "li", now=now())
    for sub, login in (("42", "li"), ("43", "nobody")):
        page.goto(joined_service + "/login")
        page.get_by_role("link", name="用统一身份认证登录").click()
        page.get_by_role("button", name=sub).click()
        assert f"统一身份认证给出的登录名是“{login}”" in page.locator("main").inner_text()
        replayed = page.goto(page.url)
        assert replayed.status == 400
    assert COOKIE not in {cookie["name"] for cookie in page.context.cookies()}
    screen.errors.clear()
    screen.outside.clear()


def test_an_administrator_sets_a_second_factor_up_and_signs_in_with_it(
    real_service: str, store: Store, tmp_path: Path, open_screen: Any
) -> None:
    base = real_service
    code = accounts.add(OFFICE, store, "root", "赵敏", [Post("admin"), Post("office")], now=now())
    screen = open_screen(base, 360, 640)
    page, asked = screen.page, []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + "/overview")
    sign_in(screen, "root", code)
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("App 上的验证码").fill(pyotp.TOTP(secret).at(now()))
    page.get_by_role("button", name="确认").click()
    kept = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="已经保存，继续").click()
    page.get_by_label("新密码", exact=True).fill(GOOD)
    page.get_by_label("再输一遍新密码").fill(GOOD)
    page.get_by_role("button", name="保存").click()
    screen.open("/overview")
    page.goto(base + "/account/sessions")
    page.get_by_role("button", name="退出登录").click()
    sign_in(screen, "root", GOOD)
    page.goto(base + "/overview")
    assert page.url.startswith(base + "/login?")
    page.goto(base + "/login/code")
    page.get_by_label("手机 App 上的 6 位验证码").fill(kept[0])
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(base + "/")
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)
    hidden = [token, secret, code, GOOD, *kept]
    log = (tmp_path / "service.log").read_text("utf-8", errors="replace")
    assert [one for one in hidden if one in log] == []
    assert [url for url in asked if any(one in url for one in (token, secret, *kept))] == []
    screen.errors.clear()
