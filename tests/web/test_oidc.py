"""Signing in through another service: who gets in, and what of its answers is not believed."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from starlette.testclient import TestClient

from beicha.actions import accounts, second_factor, sessions
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.web import oidc, second_step
from beicha.web import provider as provider_module
from beicha.web.people import COOKIE, now
from beicha.web.provider import ConfigurationError, settings_from
from tests.actions.test_accounts import told
from tests.ui.district import settle
from tests.web.clients import stranger
from tests.web.provider import CLIENT, OTHER_KEY, SECRET, Provider, running_provider
from tests.web.test_entrance import ROUTES as DOOR
from tests.web.test_entrance import token_in

ROUTES = (*oidc.ROUTES, *second_step.ROUTES, *DOOR)


@pytest.fixture
def provider(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_passwords: None
) -> Iterator[Provider]:
    (tmp_path / "secret").write_text(SECRET + "\n")
    with running_provider() as running:
        for name, value in environment(running.issuer, tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
        monkeypatch.setenv("BEICHA_HOME", str(tmp_path))
        yield running
    the_store().close()
    provider_module._provider.cache_clear()


def environment(issuer: str, folder: Path) -> dict[str, str]:
    return {
        "BEICHA_OIDC_ISSUER": issuer,
        "BEICHA_OIDC_CLIENT_ID": CLIENT,
        "BEICHA_OIDC_SECRET_FILE": str(folder / "secret"),
        "BEICHA_OIDC_NAME": "政务统一认证",
    }


def account(*posts: Post, login: str = "li") -> None:
    accounts.add(OFFICE, the_store(), login, "李强", posts or (Post("office"),), now=now())


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def at_provider(address: str) -> str:
    """Where the provider sends the browser that comes to this address."""
    try:
        build_opener(_Stay).open(address, timeout=10)
    except HTTPError as redirect:
        with redirect:
            return str(redirect.headers["Location"])
    raise AssertionError("no redirect")


def back_from(client: TestClient, after: str = "/") -> str:
    """Goes to the provider and gives the path that it sends the browser back to."""
    back = urlsplit(at_provider(client.get("/login/oidc", params={"next": after}).headers["location"]))
    return f"{back.path}?{back.query}"


def test_who_is_vouched_for_signs_in_and_goes_on_where_they_wanted_to(provider: Provider) -> None:
    account()
    client = stranger(ROUTES)
    page = client.get("/login?next=/upload").text
    assert "用政务统一认证登录" in page
    assert 'href="/login/oidc?next=/upload&amp;lang=zh_CN"' in page
    answer = client.get(back_from(client, "/community?community=红旗社区"))
    assert (answer.status_code, unquote(answer.headers["location"])) == (303, "/community?community=红旗社区")
    assert client.get("/").text.endswith(" li")
    assert oidc.COOKIE not in client.cookies
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE)).lower()
    assert ("httponly" in cookie, "samesite=lax" in cookie) == (True, True)


def test_it_is_a_session_like_any_other(provider: Provider) -> None:
    account()
    client = stranger(ROUTES)
    client.get(back_from(client))
    with the_store().read() as view:
        (session,) = sessions.sessions.of_account(view, 1)
    assert session.known_by == "oidc"
    assert client.get("/account/sessions").status_code == 200
    accounts.disable(OFFICE, the_store(), "li", now=now())
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("known", ["nobody", "Zhao@Example", "x" * 500, "<script>alert(1)</script>"])
def test_who_has_no_account_is_told_the_login_and_whom_to_ask_and_gets_none(provider: Provider, known: str) -> None:
    account()
    provider.claims["preferred_username"] = known
    client = stranger(ROUTES)
    answer = client.get(back_from(client))
    assert answer.status_code == 403
    assert "请把这个登录名告诉管理员" in answer.text
    assert "<script" not in answer.text
    assert COOKIE not in client.cookies
    assert [one.login for one in accounts.listed(OFFICE, the_store())] == ["li"]
    assert told(the_store())[-1].action == "session.refused"


def test_a_disabled_account_and_one_of_the_demo_are_not_entered(provider: Provider) -> None:
    settle(the_store(), demo="2026-05-04")
    account()
    accounts.disable(OFFICE, the_store(), "li", now=now())
    for login in ("li", "demo-office"):
        provider.claims["preferred_username"] = login
        client = stranger(ROUTES)
        assert client.get(back_from(client)).status_code == 403


def test_another_state_and_another_browser_open_nothing(provider: Provider) -> None:
    account()
    client, other = stranger(ROUTES), stranger(ROUTES)
    back = back_from(client)
    other.get("/login/oidc")
    for thief in (other, stranger(ROUTES)):
        answer = thief.get(back)
        assert (answer.status_code, "不是在这个浏览器里发起的" in answer.text) == (400, True)
    code = parse_qs(urlsplit(back).query)["code"][0]
    for state in ("", "x", "\x00", "电"):
        fresh = stranger(ROUTES)
        fresh.get("/login/oidc")
        assert fresh.get("/login/oidc/back", params={"code": code, "state": state}).status_code == 400
    assert client.get(back).status_code == 303


def test_what_was_sealed_for_something_else_is_no_beginning(provider: Provider) -> None:
    client = stranger(ROUTES)
    client.cookies.set(oidc.COOKIE, second_factor.offer(1, "li").sealed, domain="127.0.0.1", path="/login/oidc")
    assert client.get("/login/oidc/back?code=x&state=").status_code == 400


def test_a_code_is_good_once_even_for_whoever_keeps_the_cookie(provider: Provider) -> None:
    account()
    client = stranger(ROUTES)
    back = back_from(client)
    begun = client.cookies[oidc.COOKIE]
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400
    client.cookies.set(oidc.COOKIE, begun, domain="127.0.0.1", path="/login/oidc")
    answer = client.get(back)
    assert (answer.status_code, "没有确认您的身份" in answer.text) == (401, True)


def test_what_was_begun_is_good_for_ten_minutes(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    account()
    client = stranger(ROUTES)
    back, real = back_from(client), time.time
    monkeypatch.setattr(time, "time", lambda: real() + 602)
    assert client.get(back).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "http://evil.example"},
        {"aud": "another"},
        {"aud": ["another", "and one more"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"nbf": 4_000_000_000},
        {"preferred_username": None},
        {"preferred_username": ["li"]},
        {"preferred_username": 42},
        {"preferred_username": ""},
        {"at_hash": "another"},
    ],
)
def test_a_token_that_says_anything_else_than_was_asked_is_refused(provider: Provider, wrong: dict[str, Any]) -> None:
    account()
    provider.wrong = wrong
    client = stranger(ROUTES)
    answer = client.get(back_from(client))
    assert (answer.status_code, "没有确认您的身份" in answer.text) == (401, True)
    assert COOKIE not in client.cookies


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512", "other key"])
def test_a_token_that_is_not_signed_by_the_provider_as_agreed_is_refused(provider: Provider, algorithm: str) -> None:
    account()
    provider.key, provider.algorithm = (OTHER_KEY, "RS256") if algorithm == "other key" else (provider.key, algorithm)
    client = stranger(ROUTES)
    assert client.get(back_from(client)).status_code == 401
    assert COOKIE not in client.cookies


@pytest.mark.parametrize(
    "query", ["error=access_denied", "", "code=", "code=x", "iss=http%3A%2F%2Fevil.example&code=x"]
)
def test_a_provider_that_says_no_is_told_plainly(provider: Provider, query: str) -> None:
    client = stranger(ROUTES)
    state = parse_qs(urlsplit(client.get("/login/oidc").headers["location"]).query)["state"][0]
    answer = client.get(f"/login/oidc/back?state={state}&{query}")
    assert (answer.status_code, "access_denied" in answer.text) == (401, False)


def test_the_provider_gets_pkce_a_nonce_and_no_token_of_ours(provider: Provider) -> None:
    sent = parse_qs(urlsplit(stranger(ROUTES).get("/login/oidc").headers["location"]).query)
    assert sent["scope"] == ["openid profile"]
    assert sent["redirect_uri"] == ["http://127.0.0.1:8501/login/oidc/back"]
    assert sorted(sent) == sorted(
        [
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
        ]
    )


@pytest.mark.parametrize(
    "forged", ["//evil.example", "http://evil.example", "/\\evil.example", "/login", "/" + "电" * 300]
)
def test_a_forged_next_leads_to_the_first_page(provider: Provider, forged: str) -> None:
    account()
    client = stranger(ROUTES)
    assert client.get(back_from(client, forged)).headers["location"] == "/"


def test_an_administrator_shows_a_second_factor_here_unless_the_provider_saw_one(provider: Provider) -> None:
    account(Post("admin"))
    for methods in (None, ["pwd"], []):
        provider.wrong = {"amr": methods}
        client = stranger(ROUTES)
        assert client.get(back_from(client, "/upload")).headers["location"].startswith("/login/code?next=%2Fupload")
        assert COOKIE not in client.cookies
    provider.wrong = {"amr": ["pwd", "mfa"]}
    client = stranger(ROUTES)
    assert client.get(back_from(client, "/upload")).headers["location"] == "/upload"
    assert client.get("/").text.endswith(" li")


def test_who_comes_by_the_provider_needs_no_password_here(provider: Provider) -> None:
    account()
    client = stranger(ROUTES)
    client.get(back_from(client))
    assert client.get("/upload").status_code == 200
    page = client.get("/account/password").text
    form = {"token": token_in(page), "new": "a good new one", "again": "a good new one"}
    answer = client.post("/account/password", files=[(name, (None, value)) for name, value in form.items()])
    assert (answer.status_code, "没有密码" in answer.text) == (400, True)


def test_a_login_that_stands_only_in_what_is_told_besides_is_taken_of_the_same_person(provider: Provider) -> None:
    account()
    provider.told, provider.wrong = {"preferred_username": "li"}, {"preferred_username": None}
    client = stranger(ROUTES)
    assert client.get(back_from(client)).status_code == 303
    provider.told = {"preferred_username": "li", "sub": "another"}
    assert stranger(ROUTES).get(back_from(client)).status_code == 400
    assert client.get(back_from(client)).status_code == 401


def test_an_address_is_a_login_only_where_the_provider_has_verified_it(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEICHA_OIDC_CLAIM", "email")
    account(login="li@example.cn")
    provider.claims["email"] = "Li@example.cn"
    for verified, status in ((None, 401), (False, 401), ("true", 401), (True, 303)):
        provider.wrong = {"email_verified": verified}
        client = stranger(ROUTES)
        assert client.get(back_from(client)).status_code == status


def test_a_provider_that_is_down_is_told_and_passwords_still_work(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("BEICHA_OIDC_ISSUER", "http://127.0.0.1:9")
    client = stranger(ROUTES)
    with caplog.at_level(logging.WARNING):
        answer = client.get("/login/oidc")
    assert (answer.status_code, "请用登录名和密码登录" in answer.text) == (502, True)
    assert client.get("/login").status_code == 200
    assert SECRET not in caplog.text


def test_a_provider_that_hangs_is_waited_for_some_seconds(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_module, "SECONDS", 0.2)
    provider.seconds = 1.5
    begun = time.monotonic()
    assert stranger(ROUTES).get("/login/oidc").status_code == 502
    assert time.monotonic() - begun < 1.4


def test_without_a_provider_there_is_no_button_and_nobody_is_asked(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BEICHA_OIDC_ISSUER")
    client = stranger(ROUTES)
    assert "/login/oidc" not in client.get("/login").text
    assert client.get("/login/oidc").headers["location"] == "/login"
    assert client.get("/login/oidc/back?code=x&state=y").status_code == 400
    assert provider.asked == []


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("ISSUER", "http://login.example.cn", "https"),
        ("ISSUER", "ftp://login.example.cn", "https"),
        ("CLIENT_ID", "", "CLIENT_ID"),
        ("SECRET_FILE", "", "SECRET_FILE"),
        ("SECRET_FILE", "/nowhere/secret", "cannot be read"),
        ("ALGORITHMS", "RS256,HS256", "ALGORITHMS"),
        ("ALGORITHMS", "none", "ALGORITHMS"),
    ],
)
def test_half_a_provider_or_an_unsafe_one_is_refused(tmp_path: Path, name: str, value: str, why: str) -> None:
    (tmp_path / "secret").write_text(SECRET)
    said = environment("https://login.example.cn", tmp_path)
    assert settings_from(said) is not None
    with pytest.raises(ConfigurationError, match=why):
        settings_from(said | {f"BEICHA_OIDC_{name}": value})
