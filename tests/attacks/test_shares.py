"""Share links that are guessed, widened, replayed, mixed up and malformed, by whoever has no account."""

import re
import secrets
import statistics
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from itertools import count
from urllib.parse import quote, urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from beicha.actions import accounts, shares
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Made, Terms
from beicha.actions.visiting import MOST_TRIES
from beicha.web.socket_door import MOST_VISITORS
from tests.attacks.house import MONTH, PLANTED, House
from tests.attacks.raw import Answer, Tab, ask
from tests.attacks.test_sessions import post

NEAR = Scope(("s1",), None, MONTH, MONTH)
GUESSES = 600
_ADDRESSES = count(10)


def address() -> str:
    """One of this machine's own addresses that nobody has asked from yet."""
    return f"127.0.1.{next(_ADDRESSES)}"


def made(house: House, scope: Scope = NEAR, terms: Terms | None = None, ago: int = 0, grant: Grant = OFFICE) -> Made:
    return shares.make(grant, house.store, "四月", scope, terms or Terms(), now=datetime.now(UTC) - timedelta(days=ago))


def opened(house: House, link: Made) -> dict[str, str]:
    """The cookie that opening the link gives."""
    answer = ask(house.base, "GET", link.path, source=address())
    assert answer.status == 303
    found = re.match(r"(share_[0-9a-f]{12})=([^;]+)", answer.headers["set-cookie"])
    assert found
    return {found[1]: found[2]}


def page(house: House, link: Made, cookies: dict[str, str], more: str = "") -> Answer:
    return ask(house.base, "GET", f"/shared/{link.public_id}{more}", cookies=cookies)


def test_a_link_shows_its_scope_and_no_token_in_any_address(house: House) -> None:
    link = made(house)
    cookies = opened(house, link)
    answer = page(house, link, cookies)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert "红旗社区" in answer.text
    assert link.token not in answer.text


def test_guesses_open_nothing_and_are_told_to_wait(house: House) -> None:
    """Every tenth is almost a link: its token with one letter changed."""
    link, source = made(house), address()
    line = HTTPConnection(urlsplit(house.base).netloc, timeout=30, source_address=(source, 0))
    answers = []
    for number in range(GUESSES):
        guess = secrets.token_urlsafe(32) if number % 10 else changed(link.token, number)
        line.request("GET", f"/s/{guess}")
        answer = line.getresponse()
        answer.read()
        answers.append(answer.status)
    line.close()
    assert answers == [404] * MOST_TRIES + [429] * (GUESSES - MOST_TRIES)
    assert ask(house.base, "GET", link.path, source=source).status == 303


def changed(token: str, number: int) -> str:
    at = number // 10 % len(token)
    return token[:at] + ("x" if token[at] != "x" else "y") + token[at + 1 :]


def test_what_never_was_takes_as_long_as_what_was_revoked(house: House) -> None:
    link, source = made(house), address()
    shares.revoke(OFFICE, house.store, link.public_id, now=datetime.now(UTC))
    for _ in range(MOST_TRIES + 1):
        ask(house.base, "GET", f"/s/{secrets.token_urlsafe(32)}", source=source)
    line = HTTPConnection(urlsplit(house.base).netloc, timeout=30, source_address=(source, 0))
    times: dict[str, list[float]] = {"unknown": [], "revoked": []}
    for _ in range(150):
        for kind, token in (("unknown", secrets.token_urlsafe(32)), ("revoked", link.token)):
            begun = time.perf_counter()
            line.request("GET", f"/s/{token}")
            line.getresponse().read()
            times[kind].append(time.perf_counter() - begun)
    line.close()
    middle = {kind: statistics.median(found) for kind, found in times.items()}
    spread = statistics.quantiles(times["unknown"], n=4)
    assert abs(middle["unknown"] - middle["revoked"]) < max(0.002, 2 * (spread[2] - spread[0]))


MALFORMED = ("", "x", ":key", "%", "%00", "%2e%2e", "../../x", "[]", "a[]=1", "null", "0", "%F0%9F%98%80",
             "{token}%00",
             "{token}%20", "{token}/", "{token}x", "{short}", "{upper}", "/{token}", "{token}?", ";{token}",
             "{token}%2F..",
             "%25", "*", "_", "%", "' OR 1=1 --".replace(" ", "%20"))  # fmt: skip


@pytest.mark.parametrize("form", MALFORMED)
def test_what_is_almost_a_token_opens_nothing(house: House, form: str) -> None:
    link = made(house)
    token = form.format(token=link.token, short=link.token[:-1], upper=link.token.swapcase())
    answer = ask(house.base, "GET", f"/s/{token}", source=address())
    if token.rstrip("?") == link.token:
        assert answer.status == 303
        return
    assert answer.status in (303, 400, 404)
    assert "share_" not in answer.headers.get("set-cookie", "")
    assert not answer.headers.get("location", "").startswith("/shared")


@pytest.mark.parametrize("size", [201, 60_000, 1 << 20])
def test_a_token_as_long_as_a_book_opens_nothing(house: House, size: int) -> None:
    link = made(house)
    try:
        status = ask(house.base, "GET", f"/s/{link.token}{'x' * size}", source=address()).status
    except ConnectionError:  # the server hangs up where a line of a request has no end
        status = 431
    assert status in (400, 404, 414, 431)


WIDER = (
    "?period=2026-03", "?period=2026-04&period=2026-03", "?community=和平社区", "?community=c", "?areas=s2",
    "?street=s2",
    "?line=urban", "?view=community&area=c", "?period=9999-99", "?frozen=0", "?scope[areas]=c",
)  # fmt: skip


@pytest.mark.parametrize("more", WIDER)
def test_nothing_in_the_address_widens_a_link(house: House, more: str) -> None:
    link = made(house)
    cookies = opened(house, link)
    usual, answer = page(house, link, cookies), page(house, link, cookies, quote(more, safe="?&=[]"))
    assert answer.status == 200
    assert "红旗社区" in answer.text
    assert lasting(answer.text) == lasting(usual.text)
    assert not [word for word in ("和平社区", PLANTED["a"], PLANTED["c"]) if word in answer.text]


def lasting(text: str) -> str:
    """The page without what repeats its own address, and without the time."""
    return re.sub(r'href="[^"]*"|\d\d:\d\d', "", text)


ELSEWHERE = ("/", "/overview", "/community?community=a", "/setup", "/accounts", "/plain/upload", "/account/sessions",
             "/download/areas.xlsx", "/download/community.xlsx?period=2026-04&community=a", "/help/problems",
             "/download/import.csv?job=1", "/audit", "/shares", "/_stcore/metrics")  # fmt: skip


@pytest.mark.parametrize("path", ELSEWHERE)
def test_the_cookie_of_a_link_opens_no_other_address(house: House, path: str) -> None:
    cookies = opened(house, made(house))
    assert ask(house.base, "GET", path, cookies=cookies).status in (303, 401, 404)
    assert "/login" in ask(house.base, "GET", path, cookies=cookies).headers.get("location", "/login/shared")
    assert ask(house.base, "GET", house.sent_file("a"), cookies=cookies).status == 303


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_a_link_is_read_and_nothing_else(house: House, method: str) -> None:
    link = made(house)
    cookies = opened(house, link)
    for path in (link.path, f"/shared/{link.public_id}", f"/shared/{link.public_id}/revoke"):
        assert ask(house.base, method, path, cookies=cookies, body=b"x").status in (200, 400, 401, 403, 404, 405)
    assert page(house, link, cookies).status == 200


def test_a_visitor_sends_no_file(house: House) -> None:
    cookies = opened(house, made(house))
    for method in ("PUT", "DELETE"):
        assert ask(house.base, method, "/_stcore/upload_file/x/1", cookies=cookies, body=b"x").status == 401


@pytest.mark.parametrize("end", ["revoke", "rotate"])
def test_a_link_that_was_ended_is_not_replayed(house: House, end: str) -> None:
    link = made(house)
    cookies = opened(house, link)
    getattr(shares, end)(OFFICE, house.store, link.public_id, now=datetime.now(UTC))
    assert page(house, link, cookies).status in (403, 410)
    assert ask(house.base, "GET", link.path, source=address()).status in (404, 410)
    assert "红旗社区" not in page(house, link, cookies).text


def test_a_link_opens_neither_before_its_time_nor_after(house: House) -> None:
    late = made(house, terms=Terms(days=1), ago=2)
    early = made(house, terms=Terms(not_before=datetime.now(UTC) + timedelta(days=1)))
    assert ask(house.base, "GET", late.path, source=address()).status == 410
    assert ask(house.base, "GET", early.path, source=address()).status == 403


@pytest.mark.parametrize("lost", ["account", "post"])
def test_a_link_ends_with_what_its_maker_may(house: House, lost: str) -> None:
    login = house.newcomer(Post("office"))
    link = made(house, grant=Grant(login, (Post("office"),)))
    cookies = opened(house, link)
    if lost == "account":
        accounts.disable(OFFICE, house.store, login, now=datetime.now(UTC))
    else:
        (number,) = [p.id for one in accounts.listed(OFFICE, house.store) if one.login == login for p in one.posts]
        accounts.take_post(OFFICE, house.store, login, number, now=datetime.now(UTC))
    assert page(house, link, cookies).status == 410
    assert ask(house.base, "GET", link.path, source=address()).status == 410


def test_a_link_is_not_made_wider_than_its_maker_sees(house: House) -> None:
    for one, scope in ((Post("street", "s1"), Scope(("c",), None, MONTH, MONTH)), (Post("clerk", "a"), NEAR)):
        with pytest.raises(Exception, match="may not"):
            made(house, scope, grant=Grant("x", (one,)))


def test_the_cookie_of_one_link_is_none_of_another(house: House) -> None:
    near, far = made(house), made(house, Scope(("s2",), None, MONTH, MONTH))
    cookies = opened(house, near) | opened(house, far)
    assert "和平社区" not in page(house, near, cookies).text
    assert "红旗社区" not in page(house, far, cookies).text
    (_, value) = next(iter(opened(house, near).items()))
    for name in (f"share_{far.public_id}", f"share_{far.public_id.upper()}", "share_", "beicha_session"):
        assert page(house, far, {name: value}).status == 403
    assert page(house, far, {f"share_{far.public_id}": far.public_id}).status == 403


def test_a_password_is_not_gone_round_nor_guessed(house: House) -> None:
    link = made(house, terms=Terms(password="六位以上的密码"))
    cookies, place = opened(house, link), f"/shared/{link.public_id}"
    (name, value) = next(iter(cookies.items()))
    assert page(house, link, cookies).status == 403
    for forged in (value + ".", value + ".x", value + "." + "0" * 64, value + "." + value):
        assert "红旗社区" not in page(house, link, {name: forged}).text
    assert ask(house.base, "POST", place, cookies=cookies, headers={"Origin": "http://evil.example"}).status == 403
    answers = [given(house, place, cookies, str(number)) for number in range(MOST_TRIES + 3)]
    assert answers == [403] * MOST_TRIES + [429] * 3
    assert given(house, place, cookies, "六位以上的密码") == 429


def given(house: House, place: str, cookies: dict[str, str], password: str) -> int:
    form = "f" * 43
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"token": form, "password": password}.items()
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    content = (body + "--x--\r\n").encode()
    return ask(house.base, "POST", place, headers=headers, body=content, cookies=cookies | {"beicha_form": form}).status


def test_a_link_gives_whoever_is_signed_in_nothing_more(house: House) -> None:
    cookies = opened(house, made(house, Scope(None, None, MONTH, MONTH)))
    token = house.enter("clerk")
    assert ask(house.base, "GET", house.sent_file("c"), token, cookies=cookies).status == 404
    with Tab(house.base, token, cookies=cookies) as tab:
        run = tab.run("community", f"community=和平社区&period={MONTH}")
        assert not run.has(PLANTED["c"])
        assert not run.has("和平社区")
        assert "setup" not in run.pages


def test_a_name_with_markup_stays_a_name(house: House) -> None:
    link = made(house, Scope(("s2",), None, MONTH, MONTH))
    text = page(house, link, opened(house, link)).text
    assert "onerror=alert" in text
    assert "<img src=x" not in text
    assert "<script" not in re.sub(r'<script src="/[^"]+"></script>', "", text)
    assert 'href="http' not in text


def test_no_token_stands_in_any_log(house: House) -> None:
    link = made(house)
    (value,) = opened(house, link).values()
    token = house.enter("clerk")
    ask(house.base, "GET", f"/community?x={link.token}", token)
    post(house, "/login", {"login": "nobody", "password": "ein geheimes Wort"})
    assert not [word for word in (link.token, value, token, "geheimes") if word in house.log]
    said = str([vars(e) if hasattr(e, "__dict__") else str(e) for e in house.entries])
    assert not [word for word in (link.token, value, token, "geheimes") if word in said]


NUMBERS = ("overview", "community", "upload", "setup", "accounts", "audit", "shares", "")


def test_a_visitor_runs_the_pages_of_the_link_and_no_other(house: House) -> None:
    link = made(house)
    with house.tab("office") as tab:
        numbers = tab.run().pages
    with Tab(house.base, cookies=opened(house, link)) as tab:
        board = tab.run(f"board-{link.public_id}")
        assert board.has("红旗社区")
        assert set(board.pages) <= {"", f"board-{link.public_id}", f"board-{link.public_id}-community"}
        for name in NUMBERS:
            for run in (tab.run(name), tab.run(name, page_hash=numbers.get(name, ""))):
                assert not [word for word in ("和平社区", "area_file", "files-preview", PLANTED["c"]) if run.has(word)]


@pytest.mark.parametrize("asked", ["和平社区", "c"])
def test_a_visitor_sees_no_other_community_whatever_is_sent(house: House, asked: str) -> None:
    link = made(house)
    place = f"board-{link.public_id}-community"
    with Tab(house.base, cookies=opened(house, link)) as tab:
        first = tab.run(place, f"community={asked}&period=2026-03&criterion=A-1 每月四讲")
        picker = first.widget("community").id
        forged = tab.run(place, values={picker: {"string_value": asked}})
        for run in (first, forged):
            assert run.has("红旗社区")
            assert not run.has(PLANTED["c"])
            assert not run.has("和平社区 ·")


def test_two_links_in_one_tab_do_not_mix(house: House) -> None:
    near, far = made(house), made(house, Scope(("s2",), None, MONTH, MONTH))
    with Tab(house.base, cookies=opened(house, near) | opened(house, far)) as tab:
        for _ in range(2):
            assert not tab.run(f"board-{near.public_id}").has("和平社区")
            assert not tab.run(f"board-{far.public_id}").has("红旗社区")


def test_an_open_board_ends_with_its_link(house: House) -> None:
    link = made(house)
    with Tab(house.base, cookies=opened(house, link)) as tab:
        assert tab.run(f"board-{link.public_id}").has("红旗社区")
        shares.revoke(OFFICE, house.store, link.public_id, now=datetime.now(UTC))
        for _ in range(2):
            assert not tab.run(f"board-{link.public_id}").has("红旗社区")


def test_a_board_takes_nothing_from_and_adds_nothing_to_ones_own_pages(house: House) -> None:
    link = made(house, Scope(("s2",), None, MONTH, MONTH))
    clerk = house.enter(house.newcomer(Post("clerk", "a")))
    with Tab(house.base, clerk, cookies=opened(house, link)) as tab:
        for _ in range(2):
            assert tab.run(f"board-{link.public_id}").has("和平社区")
            own = tab.run("community", f"community=和平社区&period={MONTH}&criterion=A-1 每月四讲")
            assert own.has("红旗社区")
            assert not own.has(PLANTED["c"])
            assert not tab.run("upload").has("和平社区")


def test_another_visitor_resumes_no_page_and_a_stranger_none_either(house: House) -> None:
    near, far = made(house), made(house, Scope(("s2",), None, MONTH, MONTH))
    with Tab(house.base, cookies=opened(house, near)) as tab:
        tab.run(f"board-{near.public_id}")
        with Tab(house.base, cookies=opened(house, far), resume=tab.session) as thief:
            run = thief.run(f"board-{near.public_id}")
            assert thief.session != tab.session
            assert not run.has("红旗社区")
        with Tab(house.base, resume=tab.session, cookies={f"share_{near.public_id}": "x" * 43}) as thief:
            assert thief.run().redirect == "/login"


def test_the_visitors_of_a_link_open_pages_to_a_bound(house: House) -> None:
    cookies = opened(house, made(house))
    tabs = [Tab(house.base, cookies=cookies) for _ in range(MOST_VISITORS)]
    try:
        with pytest.raises(InvalidStatus, match="403"):
            Tab(house.base, cookies=cookies)
        with Tab(house.base, cookies=opened(house, made(house))) as other:
            assert other.run().messages
    finally:
        for tab in tabs:
            tab.close()


def test_a_frozen_page_stays_as_it_was(house: House) -> None:
    frozen, live = (made(house, terms=Terms(frozen=kept)) for kept in (True, False))
    cookies = opened(house, frozen) | opened(house, live)
    before = [page(house, link, cookies).text for link in (frozen, live)]
    house.hand_in("b", 1)
    after = [page(house, link, cookies).text for link in (frozen, live)]
    assert after[0] == before[0]
    assert after[1] != before[1]
