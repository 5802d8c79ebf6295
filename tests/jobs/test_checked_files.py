"""A file with problems comes back marked, from a draft that waits and from an import that refused it."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from beicha.actions import imports, submissions
from beicha.actions.checked_files import checked_file
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.job_queue import KEPT, tidy
from beicha.actions.opening import the_store
from beicha.intake.answers import Answers, Fix
from beicha.jobs.worker import Worker
from beicha.store import jobs
from beicha.store.files import NamedFile
from beicha.web.downloads import ROUTES
from tests.actions.office import NOW, broken, day, later, lecture, lectures, set_up
from tests.intake.test_archive import zipped
from tests.web.clients import client_as

SOUND = lectures(lecture(day(3, 6)), community="松柏社区")
BAD = broken()
SHEET = "道德讲堂活动"


def read_by_a_job(store, *files, kind="preview", grant=OFFICE) -> int:
    number = imports.start(grant, store, files, now=NOW, kind=kind)
    Worker(store, lambda: NOW).run_waiting()
    return number


def checked(store, number, file, grant=OFFICE, language="zh_CN"):
    return checked_file(grant, store, number, file.sha256, language, now=NOW)


def page_of(file: NamedFile):
    return load_workbook(BytesIO(file.content))[SHEET]


@pytest.fixture
def office(store):
    set_up(store)
    return store


@pytest.mark.parametrize("kind", ["preview", "import"])
def test_a_refused_file_comes_back_with_its_problems_marked(office, kind):
    found = checked(office, read_by_a_job(office, SOUND, BAD, kind=kind), BAD)
    assert found.name == "桂花社区坏（校验结果）.xlsx"
    assert page_of(found)["H2"].value == "✖ 第 B 列：“某日某时”不是日期。"


def test_an_import_keeps_the_bytes_of_refused_files_alone(office):
    number = read_by_a_job(office, SOUND, BAD, kind="import")
    with office.read() as view:
        assert [file.name for file in jobs.files(view, number)] == [BAD.name]
    assert checked(office, number, SOUND) is None


def test_a_refused_member_of_a_zip_comes_back_by_its_own_name_until_the_job_is_tidied(office):
    other = broken("荷塘社区")
    members = [(f"西街道/{file.name}", file.content) for file in (BAD, SOUND, other)]
    package = NamedFile("三月.zip", zipped([*members, ("坏.zip", b"PK\x05\x06" + bytes(18))]))
    number = read_by_a_job(office, package, kind="import")
    found = {outcome.file: outcome for outcome in imports.outcomes(OFFICE, office, number)}
    markable = [name for name, outcome in found.items() if outcome.can_be_marked]
    assert markable == [f"三月.zip/西街道/{BAD.name}", f"三月.zip/西街道/{other.name}"]
    assert found["三月.zip/坏.zip"].state == "refused"
    marked = checked(office, number, other)
    assert (marked.name, page_of(marked)["H2"].value[0]) == ("荷塘社区坏（校验结果）.xlsx", "✖")
    assert checked(office, number, package) is checked(office, number, SOUND) is None
    tidy(office, NOW + KEPT + timedelta(days=1))
    with pytest.raises(LookupError):
        checked(office, number, other)


def test_a_zip_that_is_not_opened_offers_nothing_to_mend(office):
    archives = NamedFile("坏.zip", b"PK\x03\x04"), NamedFile("旧.rar", b"Rar!\x1a\x07")
    number = read_by_a_job(office, *archives, kind="import")
    assert [outcome.can_be_marked for outcome in imports.outcomes(OFFICE, office, number)] == [False, False]


def test_a_draft_that_is_confirmed_keeps_none(office):
    number = read_by_a_job(office, SOUND, BAD)
    imports.confirm(OFFICE, office, number, now=later())
    assert checked(office, number, BAD) is None


def test_a_file_that_was_never_sent_does_not_come(office):
    assert checked(office, read_by_a_job(office, SOUND), BAD) is None


def test_only_who_may_see_the_job_gets_its_files(office):
    number = read_by_a_job(office, BAD)
    with pytest.raises(LookupError):
        checked(office, number, BAD, Grant("other", (Post("clerk", "C01"),)))
    with pytest.raises(Refused):
        checked(office, number, BAD, Grant("guest", (Post("leader"),)))


def test_what_was_put_right_on_the_page_stands_in_the_marked_file(office):
    bad = lectures(lecture("某日某时"), lecture("某月某日"), name="桂花社区坏.xlsx")
    number = read_by_a_job(office, bad)
    imports.answer(OFFICE, office, number, Answers((Fix(bad.sha256, SHEET, 2, "B", "2026-03-09"),)), now=later())
    Worker(office, lambda: NOW).run_waiting()
    found = checked(office, number, bad)
    page = page_of(found)
    assert [page["B2"].value, page["B3"].value] == ["2026-03-09", "某月某日"]
    assert [bool(page["H2"].value), bool(page["H3"].value)] == [False, True]
    again = submissions.read(OFFICE, office, [found])
    assert [(problem.row, problem.column) for problem in again.errors] == [(3, "B")]


def test_a_marked_file_that_is_marked_again_keeps_its_name(office):
    once = checked(office, read_by_a_job(office, BAD), BAD)
    assert checked(office, read_by_a_job(office, once), once).name == once.name


def test_it_goes_out_over_http_and_is_kept_nowhere(sqlite_url, monkeypatch):
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    set_up(the_store())
    number = read_by_a_job(the_store(), BAD)
    client = client_as(ROUTES)
    answer = client.get("/download/checked", params={"job": str(number), "sha256": BAD.sha256, "lang": "en"})
    assert answer.headers["cache-control"] == "no-store"
    assert "filename*=UTF-8''%E6%A1%82%E8%8A%B1" in answer.headers["content-disposition"]
    assert load_workbook(BytesIO(answer.content))["校验说明"]["A6"].value == "Level"
    for query in ({"job": str(number), "sha256": "0"}, {"job": "99", "sha256": "0"}, {"job": "x", "sha256": "0"}, {}):
        assert client.get("/download/checked", params=query).status_code == 404
    the_store().close()
