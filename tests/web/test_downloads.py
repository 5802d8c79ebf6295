"""Files go out as files, with the values of the screen, and are kept nowhere."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from beicha.actions import imports
from beicha.actions.grants import OFFICE, Grant
from beicha.actions.handing_out import DESK
from beicha.actions.opening import the_store
from beicha.actions.submissions import history
from beicha.actions.views import reading
from beicha.jobs.worker import Worker
from beicha.store import audit
from beicha.store.files import NamedFile
from beicha.store.submissions import Key
from beicha.web.downloads import ROUTES
from tests.intake.test_archive import zipped
from tests.ui.district import HOSTILE, settle
from tests.ui.test_upload_page import workbook
from tests.web.clients import client_as


@pytest.fixture
def client(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    settle(the_store())
    yield client_as(ROUTES)
    the_store().close()


def test_a_community_page_comes_as_a_workbook_with_the_screens_values(client: TestClient) -> None:
    answer = client.get("/download/community.xlsx", params={"period": "2026-04", "community": "c"})
    book = load_workbook(BytesIO(answer.content))
    facts = {row[0].value: row[1].value for row in book["和平社区 2026-04"]}
    assert (facts["得分"], facts["距达标线"], facts["排名"]) == (70, -15, "1 / 1 B 类")
    assert book["逐条结果"]["J6"].value == "要求 4，现有 2 条，还差 2。"
    assert "样例测评体系 2026 年版" in book["逐条结果"]["A2"].value


def test_the_rows_behind_it_are_text_as_they_stood(client: TestClient) -> None:
    answer = client.get("/download/community.xlsx", params={"period": "2026-04", "community": "c"})
    page = load_workbook(BytesIO(answer.content))["依据的记录"]
    contents = [row[7].value for row in page.iter_rows(min_row=6)]
    assert f"地点：{HOSTILE}" in contents[1]
    assert not [cell for row in page for cell in row if cell.data_type == "f"]


def test_it_is_saved_under_a_name_and_kept_in_no_cache(client: TestClient) -> None:
    headers = client.get("/download/community.xlsx", params={"period": "2026-04", "community": "c"}).headers
    assert "filename*=UTF-8''%E5%92%8C%E5%B9%B3%E7%A4%BE%E5%8C%BA-2026-04.xlsx" in headers["content-disposition"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("period", "community"), [("2026-04", "x"), ("1999-01", "a"), ("", ""), ("2026-4;", "a")])
def test_what_is_not_there_is_a_plain_sentence(client: TestClient, period: str, community: str) -> None:
    answer = client.get("/download/community.xlsx", params={"period": period, "community": community})
    assert (answer.status_code, answer.text) == (404, "没有这个文件，请返回页面重试。")


def test_an_empty_workbook_names_its_community(client: TestClient) -> None:
    answer = client.get("/download/community-template.xlsx", params={"period": "2026-04", "community": "c"})
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames[0] == "封面"
    assert "道德讲堂" in book.sheetnames
    assert "和平社区" in {cell.value for row in book["封面"] for cell in row}


def test_an_open_one_names_none(client: TestClient) -> None:
    answer = client.get("/download/community-template.xlsx", params={"period": "2026-04"})
    assert "filename*=UTF-8''%E7%A4%BE%E5%8C%BA%E5%8F%B0%E8%B4%A6" in answer.headers["content-disposition"]


def test_the_office_has_a_workbook_of_its_own(client: TestClient) -> None:
    answer = client.get("/download/office-template.xlsx", params={"period": "2026-04"})
    assert "督查走访" in load_workbook(BytesIO(answer.content)).sheetnames


@pytest.mark.parametrize("name", ["community-template.xlsx", "office-template.xlsx"])
def test_no_workbook_without_an_edition_in_force(client: TestClient, name: str) -> None:
    assert client.get(f"/download/{name}", params={"period": "2020-01"}).status_code == 404


def test_a_sent_file_comes_back_as_it_was(client: TestClient) -> None:
    (entry,) = history(OFFICE, the_store(), Key("c", "2026-04"))
    query = {"version": str(entry.version.seq), "sha256": entry.files[0].sha256}
    answer = client.get("/download/original", params=query)
    assert answer.content == b"bytes of c 2026-04"
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("query", [{"version": "1", "sha256": "0"}, {"version": "x", "sha256": "0"}, {}])
def test_a_file_that_was_never_sent_is_not_there(client: TestClient, query: dict[str, str]) -> None:
    assert client.get("/download/original", params=query).status_code == 404


def imported(*files: NamedFile) -> str:
    number = imports.start(OFFICE, the_store(), files, now=datetime.now(UTC))
    Worker(the_store()).run_waiting()
    return str(number)


def test_the_results_of_an_import_come_as_a_workbook(client: TestClient) -> None:
    job = imported(NamedFile("=坏.xlsx", b"no workbook"))
    page = load_workbook(BytesIO(client.get("/download/import.xlsx", params={"job": job}).content)).active
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert "共 1 个文件：入库 0，未入库 1，无变化或未处理 0。" in cells[1]
    assert cells[4][:2] == ["结果", "文件"]
    assert cells[5][:2] == ["✖ 未入库：有错误", "=坏.xlsx"]
    assert page.cell(6, 2).data_type == "s"


def test_the_results_of_an_import_come_as_csv_that_excel_reads(client: TestClient) -> None:
    job = imported(NamedFile("=坏.xlsx", b"no workbook"))
    answer = client.get("/download/import.csv", params={"job": job})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith("✖ 未入库：有错误,'=坏.xlsx,")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("query", [{}, {"job": "99"}, {"job": "x"}])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_there_are_no_results_of_what_is_no_import(client: TestClient, form: str, query: dict[str, str]) -> None:
    assert client.get(f"/download/import.{form}", params=query).status_code == 404


def test_a_file_out_of_a_zip_comes_back_under_its_own_name(client: TestClient) -> None:
    imported(NamedFile("四月.zip", zipped([("城关/和平社区.xlsx", workbook(["2026-04-01"]))])))
    entry = history(OFFICE, the_store(), Key("c", "2026-04"))[0]
    query = {"version": str(entry.version.seq), "sha256": entry.files[0].sha256}
    answer = client.get("/download/original", params=query)
    assert answer.headers["content-disposition"].endswith(quote("和平社区.xlsx"))
    assert "%2F" not in answer.headers["content-disposition"]


@pytest.mark.parametrize("place", ["community.xlsx", "areas.xlsx", "reporting.xlsx", "community-template.xlsx"])
def test_every_file_that_holds_anything_is_noted_and_makes_no_kept_page_stale(client: TestClient, place: str) -> None:
    before = reading.revision(the_store())
    answer = client.get(f"/download/{place}", params={"period": "2026-04", "community": "c", "other": "x"})
    assert answer.status_code == 200
    with the_store().read() as view:
        newest = audit.newest_entry(view, "file.export")
    if place == "community-template.xlsx":
        assert newest is None
        return
    assert newest is not None
    assert (newest.actor, newest.address, newest.details["what"]) == ("wang", "127.0.0.1", place)
    assert newest.details["asked"] == {"period": "2026-04", "community": "c"}
    assert reading.revision(the_store()) == before


def test_what_is_refused_or_not_there_is_no_export(client: TestClient) -> None:
    assert client.get("/download/community.xlsx", params={"period": "2026-04", "community": "x"}).status_code == 404
    with the_store().read() as view:
        assert audit.newest_entry(view, "file.export") is None


def test_the_audit_is_exported_as_it_was_looked_for_and_says_so_once(client: TestClient) -> None:
    query = {"action": "submit", "from": "2000-01-01", "to": "2100-01-01"}
    page = load_workbook(BytesIO(client.get("/download/audit.xlsx", params=query).content)).active
    assert {row[4].value for row in page.iter_rows(min_row=2)} == {"上报入库"}
    with the_store().read() as view:
        assert audit.newest_entry(view, "file.export") is None
        assert audit.newest_entry(view, "audit.export").details["rows"] == page.max_row - 1  # type: ignore[union-attr]
    assert client.get("/download/audit.xlsx", params={"from": "yesterday"}).status_code == 404


def test_what_was_left_for_somebody_is_handed_to_them_once_and_kept_in_no_cache(client: TestClient) -> None:
    ticket = DESK.leave(Grant("wang"), NamedFile("登录码.xlsx", b"codes"), datetime.now(UTC))
    answer = client.get("/download/handed-out.xlsx", params={"ticket": ticket})
    assert (answer.status_code, answer.content) == (200, b"codes")
    assert answer.headers["cache-control"] == "no-store"
    assert client.get("/download/handed-out.xlsx", params={"ticket": ticket}).status_code == 404


def test_what_was_left_for_another_is_not_handed_out_and_waits_on(client: TestClient) -> None:
    ticket = DESK.leave(Grant("li"), NamedFile("登录码.xlsx", b"codes"), datetime.now(UTC))
    for asked in (ticket, "", "nothing"):
        assert client.get("/download/handed-out.xlsx", params={"ticket": asked}).status_code == 404
    assert DESK.waits(ticket, datetime.now(UTC))


def test_what_is_compared_comes_as_a_workbook_and_is_noted(client: TestClient) -> None:
    asked = {"way": "communities", "period": "2026-04", "beside": "a", "community": "c"}
    answer = client.get("/download/compare.xlsx", params=asked | {"lang": "zh_CN"})
    assert answer.status_code == 200
    assert load_workbook(BytesIO(answer.content)).sheetnames[0] == "对比"
    with the_store().read() as view:
        newest = audit.newest_entry(view, "file.export")
    assert newest is not None
    assert newest.details["asked"] == asked
    for wrong in ({"way": "sideways"}, {"beside": "x"}, {"period": "2031-01"}, {"period": "x"}, {"community": ""}):
        assert client.get("/download/compare.xlsx", params=asked | wrong).status_code == 404
    assert client.get("/download/compare.xlsx").status_code == 404
