"""Canaries: identity numbers, phones and a child's name are planted in an upload, and looked for in all that leaves.

For every role each page is run and each route asked; what comes is searched byte by byte, workbooks unpacked.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from beicha.actions import imports, shares, submissions
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Terms
from beicha.jobs.worker import Worker
from beicha.store import audit, jobs
from beicha.store.files import NamedFile
from beicha.ui.office import KEPT
from beicha.web import downloads, plain_upload
from beicha.web import shares as shared_routes
from tests.actions import children
from tests.actions.children import CANARIES, CARE, CHILD, FULL_ID, GUARDIAN, PHONE, TYPED
from tests.actions.office import MARCH, NOW, later, send
from tests.intake.workbooks import HALL, HALL_ROW, workbook
from tests.web.clients import client_as, stranger

ROLES = {
    "office": (Post("office"),),
    "street": (Post("street", "S1"),),
    "clerk": (Post("clerk", "C01"),),
    "line": (Post("line", None, ("office",)),),
    "leader": (Post("leader"),),
    "auditor": (Post("auditor"),),
}
MAY_ASK = ("office", "street", "clerk")
HERE = {"period": "2026-03", "community": "桂花社区"}
HISTORY = {"way": "历史与还原", "history_month": "2026-03", "history_of": "桂花社区"}
WRONG = [date(2026, 3, 9), CHILD, "某日", GUARDIAN, f"电话{PHONE}"]
"""A row with a date that cannot be read, which the page shows to be put right."""


@pytest.fixture(autouse=True)
def office(empty_office: None, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The upload twice, differing, with a declaration that names a phone; and not one canary in any log."""
    caplog.set_level(logging.DEBUG)
    store = the_store()
    children.settle(store)
    declared = [["测评标准代码", "理由"], ["A2", f"见 {TYPED}"]]
    changed = [[*CARE], [*children.CARE_ROW[:4], f"又去了一次 {PHONE}"]]
    sheets = {"道德讲堂活动": [HALL, HALL_ROW], "困境儿童走访": changed, "不适用申报": declared}
    second = NamedFile("二.xlsx", workbook(sheets, cover=("桂花社区", "2026-03")))
    assert send(store, second, now=later(1)).number is not None
    yield
    assert found_in(caplog.text.encode()) == []


def found_in(content: bytes) -> list[str]:
    """The canaries in some bytes, and in what is packed in them."""
    parts = [content]
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as package:
            parts += [package.read(name) for name in package.namelist()]
    texts = [unescape(part.decode("utf-8", "replace")) for part in parts]
    return [canary for canary in CANARIES if any(canary in text for text in texts)]


def shown(at: Any) -> bytes:
    """All that a page sends: every element as it goes over the wire, and every table."""
    assert not at.exception, at.exception
    elements = [element.proto.SerializeToString() for element in at._tree if getattr(element, "proto", None)]
    return b"".join([*elements, *(frame.value.to_csv().encode() for frame in at.dataframe)])


@pytest.mark.parametrize("who", ROLES)
def test_no_page_shows_any_of_it(open_page: Any, who: str) -> None:
    sent = b""
    for item in ("care_1 走访困境儿童", ""):
        at = open_page("community", posts=ROLES[who], **HERE, **({"criterion": item} if item else {}))
        at.session_state["unmatched"] = True
        sent += shown(at.run()) + shown(at.run())
    sent += shown(open_page("overview", posts=ROLES[who], period="2026-03"))
    assert "欧**".encode() in sent
    if who in MAY_ASK:
        at = open_page("upload", posts=ROLES[who], **HISTORY)
        for expander in ("compare", "rows-back"):
            at.session_state[expander] = True
        at.session_state["rows_of"] = "困境儿童走访"
        at.session_state["chosen-back-C01-2026-03-care"] = 0
        history = shown(at.run())
        assert "欧**".encode() in history
        sent += history
    assert found_in(sent) == []
    assert found_in(str(KEPT._values).encode()) == []


@pytest.mark.parametrize("who", MAY_ASK)
def test_who_may_and_asks_is_shown_it_and_nobody_after_them(open_page: Any, who: str) -> None:
    at = open_page("community", posts=ROLES[who], criterion="care_1 走访困境儿童", **HERE).run()
    at.toggle[0].set_value(True).run()
    assert CHILD in found_in(shown(at))
    with the_store().read() as view:
        assert [entry.object for entry in audit.entries(view) if entry.action == "personal.view"] == [
            "C01 2026-03 care"
        ]
    again = open_page("community", posts=ROLES[who], criterion="care_1 走访困境儿童", **HERE).run()
    assert again.toggle
    assert found_in(shown(again)) == []


@pytest.mark.parametrize("who", ROLES)
def test_no_route_hands_out_any_of_it_to_who_may_not_ask(who: str) -> None:
    client = client_as((*downloads.ROUTES, *plain_upload.ROUTES), ROLES[who])
    newest = submissions.history(OFFICE, the_store(), MARCH)[0]
    original = f"/download/original?version={newest.version.seq}&sha256={newest.files[0].sha256}"
    page = "/download/community.xlsx?period=2026-03&community=C01"
    assert found_in(client.get(page).content) == []
    for path in (original, f"{page}&whole=1"):
        answer = client.get(path)
        assert (answer.status_code, bool(found_in(answer.content))) == ((200, True) if who in MAY_ASK else (404, False))


def test_no_share_page_holds_any_of_it_whatever_its_maker_may_see() -> None:
    scope = Scope(areas=("C01",), first="2026-03", last="2026-03", view="community")
    for frozen in (False, True):
        made = shares.make(OFFICE, the_store(), "三月", scope, Terms(frozen=frozen), now=datetime.now(UTC))
        client = stranger(shared_routes.ROUTES)
        client.follow_redirects = True
        answer = client.get(made.path)
        assert answer.status_code == 200
        assert "桂花社区" in answer.text
        assert found_in(answer.content) == []


def test_an_upload_is_looked_at_and_put_right_without_telling_any_of_it(open_page: Any) -> None:
    store = the_store()
    file = children.care_file(children.CARE_ROW, WRONG, name="三.xlsx")
    number = imports.start(OFFICE, store, [file], now=NOW, kind="preview")
    Worker(store, lambda: NOW).run_waiting()
    draft = imports.draft(OFFICE, store, number)
    assert draft is not None
    assert found_in(repr(draft.problems).encode()) == []
    client = client_as(plain_upload.ROUTES, ROLES["office"])
    answer = client.get(f"/plain/upload/{number}")
    assert answer.status_code == 200
    assert "137****2222" in answer.text
    assert found_in(answer.content) == []
    at = open_page("upload", posts=ROLES["office"], job=str(number))
    assert found_in(shown(at)) == []
    with store.read() as view:
        assert found_in(repr(audit.entries(view)).encode()) == []


def test_what_is_kept_of_an_import_holds_none_of_it() -> None:
    store = the_store()
    wrong = children.care_file(WRONG, name="三.xlsx")
    number = imports.start(OFFICE, store, [wrong, children.full_file()], now=NOW, kind="import")
    Worker(store, lambda: NOW).run_waiting()
    with store.read() as view:
        assert found_in(repr(jobs.result(view, number)).encode()) == []
        assert found_in(repr(audit.entries(view)).encode()) == []


def test_the_canaries_are_found_where_they_are() -> None:
    """What a canary test says is worth nothing unless it finds them."""
    assert set(found_in(children.full_file().content)) == {
        CHILD,
        FULL_ID,
        PHONE,
        "137 1111 2222",
        GUARDIAN,
        "330102199003071",
    }
