"""Files that are pushed at the service, or taken from it, by whoever may not."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLsResponse

from beicha.actions import shares
from beicha.actions.grants import OFFICE
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Terms
from beicha.web.socket_door import MOST_TABS
from beicha.web.upload_door import MOST_BYTES, MOST_FILES
from tests.attacks.house import MONTH, House
from tests.attacks.raw import Answer, Tab, ask, cookies_of

MEGABYTE = 1 << 20
FORM = "multipart/form-data; boundary=x"


@pytest.fixture
def tab(house: House) -> Iterator[tuple[str, Tab]]:
    """A clerk's token and open upload page."""
    token = house.enter("clerk")
    with Tab(house.base, token) as opened:
        opened.run("upload")
        yield token, opened


def body(content: bytes, name: str = "a.xlsx") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n"


def own_pair() -> str:
    """A pair that a thief makes up for both places, where Streamlit compares the cookie with the header alone."""
    return f"2|{'0' * 8}|{secrets.token_hex(16)}|1"


def send(house: House, token: str, path: str, content: bytes = b"x", *, method: str = "PUT") -> Answer:
    pair = own_pair()
    headers = {"X-Xsrftoken": pair, "Content-Type": FORM}
    return ask(house.base, method, path, token, headers=headers, body=body(content), cookies={"_streamlit_xsrf": pair})


def place(tab: Tab, file: str = "1") -> str:
    return f"/_stcore/upload_file/{tab.session}/{file}"


def holds(tab: Tab, file: str) -> bool:
    """Whether the page finds the file as chosen in its uploader: then its button can be pressed."""
    widget = tab.run("upload").widget("files-preview-0").id
    chosen = BackMsg()
    state = chosen.rerun_script.widget_states.widgets.add(id=widget)
    info = state.file_uploader_state_value.uploaded_file_info.add(file_id=file, name="a.xlsx", size=1)
    info.file_urls.file_id = file
    chosen.rerun_script.page_name = "upload"
    return not tab.finish(chosen).widget("start-preview").disabled


def test_a_file_reaches_the_page_of_whoever_sends_it(house: House, tab: tuple[str, Tab]) -> None:
    token, opened = tab
    assert send(house, token, place(opened)).status == 204
    assert holds(opened, "1")


def test_a_share_link_opened_beside_keeps_nobody_from_uploading(house: House) -> None:
    link, token, at = Terms(), house.enter("clerk"), datetime.now(UTC)
    made = shares.make(OFFICE, house.store, "四月", Scope(("s1",), None, MONTH, MONTH), link, now=at)
    (name, value) = ask(house.base, "GET", made.path).headers["set-cookie"].split(";")[0].split("=", 1)
    with Tab(house.base, token, cookies={name: value}) as opened:
        opened.run("upload")
        assert send(house, token, place(opened)).status == 204
        shares.revoke(OFFICE, house.store, made.public_id, now=at)
        assert send(house, token, place(opened)).status == 204


def test_nobody_pushes_a_file_at_another_persons_page(house: House, tab: tuple[str, Tab]) -> None:
    for thief in (house.enter("office"), house.enter("clerk"), house.enter("nobody's")):
        assert send(house, thief, place(tab[1], "pushed")).status == 404
    assert not holds(tab[1], "pushed")


def test_nobody_takes_a_file_from_another_persons_page(house: House, tab: tuple[str, Tab]) -> None:
    token, opened = tab
    assert send(house, token, place(opened, "mine")).status == 204
    assert send(house, house.enter("office"), place(opened, "mine"), method="DELETE").status == 404
    assert send(house, "", place(opened, "mine"), method="DELETE").status == 401
    assert holds(opened, "mine")
    assert send(house, token, place(opened, "mine"), method="DELETE").status == 204
    assert not holds(opened, "mine")


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_who_is_not_signed_in_sends_no_file(house: House, tab: tuple[str, Tab], token: str) -> None:
    assert send(house, token, place(tab[1], "stray")).status == 401
    assert not holds(tab[1], "stray")


def test_a_file_to_a_page_that_nobody_has_open_is_refused(house: House, tab: tuple[str, Tab]) -> None:
    for session in ("", "x", "..", "%2e%2e", "0" * 36, tab[1].session.upper() + "0"):
        assert send(house, tab[0], f"/_stcore/upload_file/{session}/1").status in (400, 404)


def test_without_the_pair_of_tokens_no_file_is_taken(house: House, tab: tuple[str, Tab]) -> None:
    answer = ask(house.base, "PUT", place(tab[1]), tab[0], headers={"Content-Type": FORM}, body=body(b"x"))
    assert answer.status == 403


def test_300_mb_without_a_length_are_refused_before_they_are_read(house: House, tab: tuple[str, Tab]) -> None:
    pair, read = own_pair(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal read
        for _ in range(300):
            read += 1
            yield bytes(MEGABYTE)

    headers = {"X-Xsrftoken": pair, "Content-Type": FORM, "Transfer-Encoding": "chunked"}
    cookies = {"_streamlit_xsrf": pair}
    answer = ask(
        house.base, "PUT", place(tab[1]), tab[0], headers=headers, body=pieces(), chunked=True, cookies=cookies
    )
    assert answer.status == 411
    assert read < 50


@pytest.mark.parametrize("length", ["-1", "+5", "1e9", "0x10", "９", "999999999999999999999999"])
def test_a_length_that_is_none_is_refused(house: House, tab: tuple[str, Tab], length: str) -> None:
    sent = {"Content-Type": FORM, "Content-Length": length.encode().decode("latin-1")}
    assert ask(house.base, "PUT", place(tab[1]), tab[0], headers=sent).status in (400, 411, 413)


def memory(house: House) -> int:
    """What the service holds now, in bytes."""
    status = Path(f"/proc/{house.process}/status").read_text("ascii")
    return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmRSS"))


def test_one_person_fills_the_memory_to_a_bound_alone(house: House, tab: tuple[str, Tab]) -> None:
    token, opened = tab
    content = bytes(100 * MEGABYTE)
    answers = [send(house, token, place(opened, str(number)), content).status for number in range(6)]
    assert answers == [204] * (MOST_BYTES // len(content)) + [413] * (6 - MOST_BYTES // len(content))
    with Tab(house.base, token) as second:
        second.run("upload")
        assert send(house, token, place(second), content).status == 413
    assert memory(house) < 1500 * MEGABYTE
    for number in range(6):
        send(house, token, place(opened, str(number)), method="DELETE")
    assert send(house, token, place(opened, "again"), content).status == 204


def test_thousands_of_small_files_end_at_a_bound(house: House, tab: tuple[str, Tab]) -> None:
    token, opened = tab
    pair = own_pair()
    headers = {"X-Xsrftoken": pair, "Content-Type": FORM} | cookies_of(token, _streamlit_xsrf=pair)
    line = HTTPConnection(urlsplit(house.base).netloc, timeout=30)
    for number in range(MOST_FILES):
        line.request("PUT", place(opened, str(number)), body(b"x"), headers)
        answer = line.getresponse()
        assert (answer.status, answer.read()) == (204, b"")
    line.close()
    assert [send(house, token, place(opened, f"more-{number}")).status for number in range(5)] == [413] * 5


def addressed(tab: Tab) -> FileURLsResponse:
    """The next addresses for files that are told."""
    while (message := tab.hear()).WhichOneof("type") != "file_urls_response":
        pass
    return message.file_urls_response


def test_a_million_addresses_for_files_are_not_made(house: House, tab: tuple[str, Tab]) -> None:
    asked = BackMsg()
    asked.file_urls_request.file_names.extend([""] * 1_000_000)
    tab[1].say(asked)
    asked.file_urls_request.ClearField("file_names")
    asked.file_urls_request.file_names.append("a.xlsx")
    tab[1].say(asked)
    answer = addressed(tab[1])
    assert [place(tab[1], url.file_id) for url in answer.file_urls] == [url.upload_url for url in answer.file_urls]
    assert len(answer.file_urls) == 1


def test_one_person_opens_pages_to_a_bound(house: House) -> None:
    token = house.enter("clerk")
    opened = [Tab(house.base, token) for _ in range(MOST_TABS)]
    try:
        with pytest.raises(Exception, match="HTTP 403"):
            Tab(house.base, token)
        opened.pop().close()
        opened.append(Tab(house.base, token))
    finally:
        for tab in opened:
            tab.close()
