"""The upload without script: the same jobs as the page's, forms of our own alone, and no more than is allowed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from beicha.actions import imports, submissions
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.jobs.worker import Worker
from beicha.store import settings
from beicha.web import plain_upload, posted
from tests.actions.office import MARCH, NOW, both, broken, lecture, lectures, set_up
from tests.ui.district import HOSTILE
from tests.web.clients import client_as

HERE = "http://127.0.0.1:8501"


@pytest.fixture
def office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    set_up(the_store())
    with the_store().write() as change:
        settings.put(change, "demo_today", "2026-04-02")
    yield
    the_store().close()


@pytest.fixture
def client(office: None) -> TestClient:
    client = client_as(plain_upload.ROUTES)
    client.follow_redirects = True
    return client


Send = Callable[..., Any]


@pytest.fixture
def send(client: TestClient) -> Send:
    """Opens the form, sends it with files and fields as a browser would, and has the job done."""

    def sent(*files: Any, at: str = "/plain/upload", headers: dict[str, str] | None = None, **fields: str) -> Any:
        token = token_in(client.get("/plain/upload").text)
        parts = [("files", (file.name, file.content)) for file in files] or [("files", ("", b""))]
        answer = client.post(
            at, data={"token": token, **fields}, files=parts, headers=headers or {}, follow_redirects=False
        )
        Worker(the_store()).run_waiting()
        return answer

    return sent


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def good(name: str | None = None) -> Any:
    return lectures(lecture("2026-03-05"), name=name)


def test_a_file_goes_from_the_form_to_its_receipt(client: TestClient, send: Send) -> None:
    answer = send(good())
    assert (answer.status_code, answer.headers["location"]) == (303, "/plain/upload/1?lang=zh_CN")
    page = client.get("/plain/upload/1").text
    assert "0 个错误" in page
    assert "桂花社区 · 2026-03" in page
    assert "本月首次上报" in page
    assert submissions.history(OFFICE, the_store(), MARCH) == ()
    stored = send(at="/plain/upload/1/confirm")
    assert (stored.status_code, stored.headers["location"]) == (303, "/plain/upload/1/receipt?lang=zh_CN")
    receipt = client.get("/plain/upload/1/receipt").text
    (entry,) = submissions.history(OFFICE, the_store(), MARCH)
    assert f"已入库，回执号 {entry.version.receipt:06d}" in receipt
    assert "桂花社区 2026-03" in receipt


def test_a_waiting_job_is_looked_at_again_by_itself(client: TestClient) -> None:
    imports.start(OFFICE, the_store(), [good()], now=NOW, kind="preview")
    page = client.get("/plain/upload/1").text
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "排队中：0 / 1" in page
    Worker(the_store()).run_waiting()
    assert "http-equiv" not in client.get("/plain/upload/1").text


def test_a_waiting_job_can_be_cancelled(client: TestClient) -> None:
    imports.start(OFFICE, the_store(), [good()], now=NOW, kind="preview")
    token = token_in(client.get("/plain/upload/1").text)
    client.post("/plain/upload/1/cancel", data={"token": token}, files=NO_FILE)
    assert imports.status(OFFICE, the_store(), 1).state == "cancelled"
    assert "已取消读取" in client.get("/plain/upload/1").text


NO_FILE = [("files", ("", b""))]


def test_a_draft_of_the_page_is_confirmed_here_and_the_other_way_round(client: TestClient, send: Send) -> None:
    number = imports.start(OFFICE, the_store(), [good()], now=NOW, kind="preview")
    Worker(the_store()).run_waiting()
    send(at=f"/plain/upload/{number}/confirm")
    assert len(submissions.history(OFFICE, the_store(), MARCH)) == 1
    send(lectures(lecture("2026-03-05"), lecture("2026-03-12")))
    imports.confirm(OFFICE, the_store(), number + 1, now=NOW)
    assert "回执号" in client.get(f"/plain/upload/{number + 1}/receipt").text


def test_errors_and_warnings_stand_in_two_lists_with_their_places(client: TestClient, send: Send) -> None:
    send(broken())
    page = client.get("/plain/upload/1").text
    assert "1 个错误" in page
    assert "某日某时" in page
    assert re.search(r'href="/download/checked\?job=1&amp;sha256=[0-9a-f]{64}&amp;lang=zh_CN"', page)
    assert "错误：改正后才能入库" in page
    assert "提醒：" not in page
    assert "/confirm" not in page
    assert "请在表格中改正错误后重新上报" in page


def test_an_error_of_one_file_leaves_the_others_to_be_stored(client: TestClient, send: Send) -> None:
    send(good(), broken("荷塘社区"))
    assert "提交没有错误的文件" in client.get("/plain/upload/1").text
    send(at="/plain/upload/1/confirm")
    assert len(submissions.history(OFFICE, the_store(), MARCH)) == 1


def test_the_receipt_of_an_old_file_after_a_correction_says_so_again(client: TestClient, send: Send) -> None:
    old, new = good(), lectures(lecture("2026-03-06"))
    for number, file in enumerate([old, new, old], 1):
        send(file)
        send(at=f"/plain/upload/{number}/confirm")
    corrected, again = (client.get(f"/plain/upload/{number}/receipt").text for number in (2, 3))
    assert "请确认不是误传了旧文件" in again
    assert "内容与第 1 版" in again
    assert "误传" not in corrected


def test_month_and_community_can_be_chosen(client: TestClient, send: Send) -> None:
    send(good(), period="2026-02", community="C01")
    assert "2026-02" in client.get("/plain/upload/1").text
    assert "1 个错误" in client.get("/plain/upload/1").text


def test_what_can_be_chosen_is_on_the_form(client: TestClient) -> None:
    page = client.get("/plain/upload").text
    assert "<option>2026-04</option>" in page
    assert '<option value="C02">荷塘社区</option>' in page


@pytest.mark.parametrize("field", [{"period": "2026-13"}, {"period": "1999-01"}, {"community": "X"}])
def test_a_choice_that_the_form_does_not_have_is_refused(send: Send, field: dict[str, str]) -> None:
    assert send(good(), **field).status_code == 400
    assert imports.recent(OFFICE, the_store()) == ()


def test_a_form_without_a_file_is_shown_again(send: Send) -> None:
    answer = send()
    assert answer.status_code == 400
    assert "还没有选择文件" in answer.text


def test_earlier_uploads_are_found_again(client: TestClient, send: Send) -> None:
    send(good())
    assert 'href="/plain/upload/1?lang=zh_CN"' in client.get("/plain/upload").text


def test_the_same_file_again_changes_nothing(client: TestClient, send: Send) -> None:
    send(good())
    send(at="/plain/upload/1/confirm")
    send(good())
    page = client.get("/plain/upload/2").text
    assert "无变化" in page
    assert "/confirm" not in page


def test_an_old_file_after_a_correction_is_told(client: TestClient, send: Send) -> None:
    for file in (good(), lectures(lecture("2026-03-05", people=54))):
        imports.start(OFFICE, the_store(), [file], now=NOW)
        Worker(the_store()).run_waiting()
    send(good())
    assert "内容与第 1 版" in client.get("/plain/upload/3").text


def test_confirming_twice_stores_once(client: TestClient, send: Send) -> None:
    send(good())
    first = send(at="/plain/upload/1/confirm")
    assert send(at="/plain/upload/1/confirm").headers["location"] == first.headers["location"]
    assert len(submissions.history(OFFICE, the_store(), MARCH)) == 1


def test_the_receipt_of_a_version_that_was_replaced_since_stays(client: TestClient, send: Send) -> None:
    send(good())
    send(at="/plain/upload/1/confirm")
    send(lectures(lecture("2026-03-05"), lecture("2026-03-12")))
    send(at="/plain/upload/2/confirm")
    assert "第 1 版" in client.get("/plain/upload/1/receipt").text
    assert "第 2 版" in client.get("/plain/upload/2/receipt").text


def test_a_draft_that_is_not_stored_has_no_receipt(client: TestClient, send: Send) -> None:
    send(good())
    answer = client.get("/plain/upload/1/receipt", follow_redirects=False)
    assert answer.headers["location"] == "/plain/upload/1?lang=zh_CN"


def test_a_ledger_that_is_carried_over_can_be_removed(client: TestClient, send: Send) -> None:
    send(both([lecture("2026-03-05")], [["东门", "宣传栏", "核心价值观", 1, "2026-03-01"]]))
    send(at="/plain/upload/1/confirm")
    send(lectures(lecture("2026-03-05"), lecture("2026-03-12")))
    page = client.get("/plain/upload/2").text
    assert 'name="drop" value="adverts"' in page
    without = client.get("/plain/upload/2", params={"drop": "adverts"}).text
    assert "checked" in without
    assert '<input type="hidden" name="drop" value="adverts">' in without
    send(at="/plain/upload/2/confirm", drop="adverts")
    newest = submissions.history(OFFICE, the_store(), MARCH)[0].version
    assert newest.row_count == 2


def test_text_from_a_file_stays_text(client: TestClient, send: Send) -> None:
    send(lectures(lecture(HOSTILE), name="<b>名.xlsx"))
    page = client.get("/plain/upload/1").text
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;名" in page


def test_an_old_browsers_folders_are_left_out_of_a_name(client: TestClient, send: Send) -> None:
    send(good("C:\\Users\\me\\三月.xlsx"))
    page = client.get("/plain/upload/1").text
    assert "三月.xlsx" in page
    assert "Users" not in page


@pytest.mark.parametrize("path", ["/plain/upload/7", "/plain/upload/7/receipt", "/plain/upload/99999999999999999999"])
def test_a_job_that_is_not_there_is_a_sentence(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "没有这次上报" in answer.text


def test_a_job_of_many_files_has_no_draft_here(client: TestClient) -> None:
    imports.start(OFFICE, the_store(), [good()], now=NOW, kind="import")
    Worker(the_store()).run_waiting()
    assert client.get("/plain/upload/1").status_code == 404


def test_english_stays_over_the_whole_way(client: TestClient, send: Send) -> None:
    assert '<html lang="en">' in client.get("/plain/upload?lang=en").text
    answer = send(good(), at="/plain/upload?lang=en")
    assert answer.headers["location"] == "/plain/upload/1?lang=en"
    page = client.get(answer.headers["location"]).text
    assert "Check and confirm" in page
    assert not re.search(
        r"[\u4e00-\u9fff]", re.sub(r"桂花社区|道德讲堂|[^<>]*\.xlsx|中文|[、。]", "", TAGS.sub("", page))
    )


TAGS = re.compile(r"<(?:option|td|summary|title|label)[^>]*>[^<]*</(?:option|td|summary|title|label)>|<[^>]*>")


def test_nothing_of_it_stays_in_a_cache_and_there_is_no_script(client: TestClient, send: Send) -> None:
    send(good())
    for path in ("/plain/upload", "/plain/upload/1"):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "<script" not in answer.text
        assert not re.search(r"\son[a-z]+=|style=", answer.text)


class TestForms:
    """Only forms of our own are taken, whatever an old browser leaves out."""

    def test_a_form_from_another_site_is_refused_by_its_origin(self, send: Send) -> None:
        assert send(good(), headers={"Origin": "http://evil.example"}).status_code == 403
        assert imports.recent(OFFICE, the_store()) == ()

    def test_a_form_of_ours_with_its_origin_is_taken(self, send: Send) -> None:
        assert send(good(), headers={"Origin": HERE}).status_code == 303

    def test_without_an_origin_the_cookie_must_be_there(self, client: TestClient) -> None:
        token = token_in(client.get("/plain/upload").text)
        client.cookies.delete("beicha_form")
        answer = client.post("/plain/upload", data={"token": token}, files=[("files", ("a.xlsx", b"x"))])
        assert answer.status_code == 403
        assert "重新打开表单" in answer.text

    @pytest.mark.parametrize("token", ["", "guessed", "é"])
    def test_without_an_origin_the_token_must_be_the_cookies(self, client: TestClient, token: str) -> None:
        client.get("/plain/upload")
        answer = client.post("/plain/upload", data={"token": token}, files=[("files", ("a.xlsx", b"x"))])
        assert answer.status_code == 403
        assert imports.recent(OFFICE, the_store()) == ()

    @pytest.mark.parametrize("action", ["confirm", "cancel"])
    def test_confirming_and_cancelling_ask_for_it_as_well(self, client: TestClient, send: Send, action: str) -> None:
        send(good())
        assert client.post(f"/plain/upload/1/{action}", data={"token": "x"}, files=NO_FILE).status_code == 403
        assert submissions.history(OFFICE, the_store(), MARCH) == ()

    def test_the_cookie_is_for_this_site_and_no_script(self, client: TestClient) -> None:
        cookie = client.get("/plain/upload").headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "path=/;" in cookie

    def test_a_second_form_in_the_same_browser_leaves_the_first_valid(self, client: TestClient) -> None:
        first = token_in(client.get("/plain/upload").text)
        assert token_in(client.get("/plain/upload").text) == first

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_looking_confirms_nothing(self, client: TestClient, send: Send, method: str) -> None:
        send(good())
        assert client.request(method, "/plain/upload/1/confirm").status_code == 405


class TestLimits:
    """The files of one form: how many, how large, and how large together."""

    def test_as_many_files_as_allowed_are_taken_and_one_more_is_not(self, send: Send) -> None:
        files = [lectures(lecture("2026-03-05"), name=f"{number}.xlsx") for number in range(posted.MOST_FILES + 1)]
        assert send(*files[1:]).status_code == 303
        answer = send(*files)
        assert answer.status_code == 413
        assert "最多 20 个文件" in answer.text

    def test_a_file_as_large_as_allowed_is_taken_and_one_byte_more_is_not(
        self, send: Send, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = good()
        monkeypatch.setattr(posted, "MOST_FILE_BYTES", len(file.content))
        assert send(file).status_code == 303
        monkeypatch.setattr(posted, "MOST_FILE_BYTES", len(file.content) - 1)
        assert send(file).status_code == 413

    def test_a_form_that_is_too_large_is_read_to_its_end_and_refused(
        self, send: Send, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(posted, "MOST_BYTES", 1000)
        assert send(good()).status_code == 413
        assert imports.recent(OFFICE, the_store()) == ()

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("application/x-www-form-urlencoded", b"token=x"),
            ("multipart/form-data", b"no boundary"),
            (
                "multipart/form-data; boundary=b",
                b'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n' + b"x" * 5000,
            ),
        ],
    )
    def test_a_form_that_is_none_is_refused(self, client: TestClient, kind: str, body: bytes) -> None:
        client.get("/plain/upload")
        answer = client.post("/plain/upload", content=body, headers={"Content-Type": kind})
        assert answer.status_code == 400
        assert "表单没有传完整" in answer.text
