"""Sessions that are taken over, made up, brought along, or used after their end."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from websockets.exceptions import ConnectionClosed

from beicha.actions import accounts, sessions
from beicha.actions.grants import OFFICE, Post
from beicha.web.people import COOKIE
from tests.attacks.house import House
from tests.attacks.raw import Answer, Tab, ask
from tests.browser.conftest import serve

SOON = 6.0
"""Seconds within which an open page must be gone; the service looks every two."""
GOOD = "correct horse 电池"


def post(house: House, path: str, fields: dict[str, str], token: str = "", base: str = "") -> Answer:
    """A form sent as our own page would send it, with its token."""
    form = "f" * 43
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"token": form, **fields}.items()
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    content = (parts + "--x--\r\n").encode()
    return ask(base or house.base, "POST", path, token, headers=headers, body=content, cookies={"beicha_form": form})


def leave(house: House, token: str, base: str = "") -> None:
    assert post(house, "/logout", {}, token, base).status == 303


def is_cut(tab: Tab) -> bool:
    """Whether the page is led to the sign-in page, and its line ends, soon."""
    until, led = time.monotonic() + SOON, False
    try:
        while time.monotonic() < until:
            led = tab.hear(SOON).WhichOneof("type") == "auth_redirect" or led
    except ConnectionClosed:
        return led
    except TimeoutError:
        return False
    return False


def test_another_person_resumes_nobodys_page(house: House) -> None:
    victim = house.enter("office")
    with Tab(house.base, victim) as tab:
        tab.run()
        for who in ("clerk", "office"):
            with Tab(house.base, house.enter(who), resume=tab.session) as thief:
                thief.run()
                assert thief.session != tab.session
        with Tab(house.base, "", resume=tab.session) as thief:
            assert thief.run().redirect == "/login"
        assert tab.run().messages


def test_a_page_left_behind_is_resumed_by_its_own_session_alone(house: House) -> None:
    victim = house.enter("office")
    with Tab(house.base, victim) as tab:
        tab.run()
        left = tab.session
    with Tab(house.base, house.enter("office"), resume=left) as thief:
        thief.run()
        assert thief.session != left
    with Tab(house.base, victim, resume=left) as tab:
        tab.run()
        assert tab.session == left


def test_after_signing_out_neither_the_cookie_nor_the_page_is_good_for_anything(house: House) -> None:
    token = house.enter("office")
    with Tab(house.base, token) as tab:
        tab.run()
        leave(house, token)
        assert is_cut(tab)
    for again in (token, house.enter("office"), ""):
        with Tab(house.base, again, resume=tab.session) as thief:
            run = thief.run()
            assert thief.session != tab.session
            assert (run.redirect == "/login") is (again in (token, ""))
    assert ask(house.base, "GET", "/download/areas.xlsx", token).status == 303


def test_a_forged_header_makes_nobody_somebody(house: House) -> None:
    office, clerk = house.enter("office"), house.enter("clerk")
    person = sessions.by_token(house.store, office, datetime.now(UTC))
    assert person is not None
    with Tab(house.base, office) as tab:
        offered = set(tab.run().pages)
    names = ("X-Beicha-Session", "x-beicha-session", "X-BEICHA-SESSION", "X_Beicha_Session", "X-Beicha-Kind", "session")
    for name in names:
        headers = {name: str(person.session)}
        with Tab(house.base, clerk, headers=headers) as tab:
            assert set(tab.run().pages) < offered
        with Tab(house.base, "", headers=headers) as tab:
            assert tab.run().redirect == "/login"
        assert ask(house.base, "GET", "/download/areas.xlsx", clerk, headers=headers).status == 404
        assert ask(house.base, "GET", "/download/areas.xlsx", headers=headers).status == 303


@pytest.fixture
def newcomer(house: House) -> str:
    """Somebody with a password of their own."""
    return house.newcomer(Post("clerk", "a"), password=GOOD)


def test_a_cookie_from_before_signing_in_is_not_the_one_after(house: House, newcomer: str) -> None:
    planted = "p" * 43
    answer = post(house, "/login", {"login": newcomer, "password": GOOD}, planted)
    assert answer.status == 303
    given = re.search(f"{COOKIE}=([^;]+)", answer.headers["set-cookie"])
    assert given
    assert given[1] != planted
    assert ask(house.base, "GET", "/plain/upload", planted).status == 303
    assert ask(house.base, "GET", "/plain/upload", given[1]).status == 200
    earlier = given[1]
    answer = post(house, "/login", {"login": newcomer, "password": GOOD}, earlier)
    assert earlier not in answer.headers["set-cookie"]


@pytest.mark.parametrize("token", ["", "0", "1", "x" * 43, "x" * 100_00, "%00", "';--", "null", "true", "[]", "é"])
def test_no_made_up_cookie_is_anybodys(house: House, token: str) -> None:
    assert ask(house.base, "GET", "/download/areas.xlsx", token.encode().decode("latin-1")).status in (303, 400, 431)


def test_a_disabled_account_is_thrown_off_its_open_page(house: House) -> None:
    login = house.newcomer(Post("office"))
    token = house.enter(login)
    with Tab(house.base, token) as tab:
        tab.run()
        accounts.disable(OFFICE, house.store, login, now=datetime.now(UTC))
        assert is_cut(tab)
    assert ask(house.base, "GET", "/download/areas.xlsx", token).status == 303


def test_a_post_that_is_taken_is_gone_at_the_next_run_of_an_open_page(house: House) -> None:
    login = house.newcomer(Post("office"), Post("clerk", "a"))
    token = house.enter(login)
    with Tab(house.base, token) as tab:
        before = tab.run()
        number = next(one.posts[0].id for one in accounts.listed(OFFICE, house.store) if one.login == login)
        accounts.take_post(OFFICE, house.store, login, number, now=datetime.now(UTC))
        run = tab.run("setup", page_hash=before.pages["setup"])
        assert "setup" not in run.pages
        assert not any("area_file" in str(getattr(e, "id", "")) for e in run.elements)
    assert ask(house.base, "GET", "/download/areas.xlsx", token).status == 404


@pytest.fixture(scope="module")
def second(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second process of the service on the same database."""
    yield from serve(f"sqlite:///{house.folder / 'beicha.db'}", tmp_path_factory.mktemp("second"))


def test_who_signs_out_at_one_process_is_out_at_the_other(house: House, second: str) -> None:
    token = house.enter("office")
    with Tab(house.base, token) as here, Tab(second, token) as there:
        assert here.run().pages == there.run().pages
        leave(house, token, second)
        assert is_cut(here)
        assert is_cut(there)
    assert ask(house.base, "GET", "/download/areas.xlsx", token).status == 303


def test_a_page_of_one_process_is_nothing_to_the_other(house: House, second: str) -> None:
    with house.tab("office") as tab:
        tab.run()
        with Tab(second, house.enter("office"), resume=tab.session) as other:
            other.run()
            assert other.session != tab.session
