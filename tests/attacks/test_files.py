"""Files that belong to others, and files whose cells are not what they seem."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from beicha.actions import imports
from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.grants import OFFICE
from beicha.actions.submissions import submit
from beicha.store import submissions
from beicha.store.content import Content
from beicha.store.files import NamedFile
from beicha.store.submissions import Key, SentFile
from tests.attacks.house import MONTH, PLANTED, House
from tests.attacks.raw import ask
from tests.attacks.test_sessions import post
from tests.ui.district import NOW, rows

OWN = {"clerk": "a", "far clerk": "c", "street": "ab", "auditor": "abc", "office": "abc", "leader": "", "line": "",
       "admin": "", "nobody's": ""}  # fmt: skip
PAGES = OWN | {"leader": "ab", "line": "abc"}


@pytest.mark.parametrize("who", OWN)
def test_a_file_as_it_was_sent_goes_to_whoever_may_open_it(house: House, who: str) -> None:
    token = house.enter(who)
    for community, word in PLANTED.items():
        answer = ask(house.base, "GET", house.sent_file(community), token)
        assert answer.status == (200 if community in OWN[who] else 404)
        assert (word in answer.text) is (community in OWN[who])
    assert ask(house.base, "GET", house.sent_file("a")).status == 303


@pytest.mark.parametrize("who", PAGES)
def test_a_communitys_workbook_holds_nothing_of_another(house: House, who: str) -> None:
    token = house.enter(who)
    for community in PLANTED:
        path = f"/download/community.xlsx?period={MONTH}&community={community}"
        answer = ask(house.base, "GET", path, token)
        assert answer.status == (200 if community in PAGES[who] else 404)
        if answer.status == 200:
            assert not [word for code, word in PLANTED.items() if code != community and has(answer.body, word)]


def has(content: bytes, word: str) -> bool:
    """Whether any part of a workbook holds the word, hidden or not."""
    with ZipFile(BytesIO(content)) as parts:
        return any(word in parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_a_file_is_not_had_by_the_digest_of_one_and_the_number_of_another(house: House) -> None:
    token = house.enter("clerk")
    own, other = house.sent_file("a"), house.sent_file("c")
    mixed = own.split("&")[0] + "&" + other.split("&")[1], other.split("&")[0] + "&" + own.split("&")[1]
    doubled = own + "&" + other.split("?")[1], other + "&" + own.split("?")[1]
    assert [ask(house.base, "GET", path, token).status for path in mixed] == [404, 404]
    for path in doubled:
        assert PLANTED["c"] not in ask(house.base, "GET", path, token).text


@pytest.mark.parametrize("who", ["clerk", "street", "auditor", "leader", "admin"])
def test_the_upload_of_another_is_neither_seen_nor_stored_nor_stopped(house: House, who: str) -> None:
    file = NamedFile(f"{PLANTED['c']}的表.xlsx", b"no workbook")
    token, number = house.enter(who), imports.start(OFFICE, house.store, [file], now=NOW, kind="preview")
    places = [f"/plain/upload/{number}", f"/plain/upload/{number}/receipt", f"/download/import.xlsx?job={number}",
              f"/download/import.csv?job={number}", f"/download/checked?job={number}&sha256={file.sha256}"]  # fmt: skip
    for place in places:
        answer = ask(house.base, "GET", place, token)
        assert answer.status == 404
        assert PLANTED["c"] not in answer.text
    for act in ("confirm", "cancel"):
        assert post(house, f"/plain/upload/{number}/{act}", {"drop": "lectures"}, token).status == 404
    assert imports.status(OFFICE, house.store, number).state != "cancelled"


EVIL = ("=1+1", "=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1",
        "=HYPERLINK(\"http://evil.example\")",
        "<script>alert(1)</script>", "](http://evil.example)", "＝1+1",
        "=WEBSERVICE(\"http://evil.example\")")  # fmt: skip


@pytest.fixture(scope="module")
def planted(house: House) -> None:
    """A month whose cells say what a spreadsheet might run."""
    found = rows("2026-03", len(EVIL))
    found.values["theme"], found.values["place"] = list(EVIL), list(reversed(EVIL))
    file = NamedFile("=1+1.xlsx", b"evil")
    report = DraftReport(
        Key("a", "2026-03"), "红旗社区", Content({"lectures": found}), (SentFile(file.sha256, file.name),), False
    )
    submit(OFFICE, house.store, Draft((report,), ()), [file], now=NOW)


@pytest.mark.usefixtures("planted")
def test_no_text_of_a_cell_becomes_a_formula_a_link_or_a_sheet(house: House) -> None:
    path = "/download/community.xlsx?period=2026-03&community=a"
    content = ask(house.base, "GET", path, house.enter("clerk")).body
    book = load_workbook(BytesIO(content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    texts = [str(cell.value) for cell in cells]
    assert sum("cmd|" in text for text in texts) >= 1
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [page.title for page in book if page.sheet_state != "visible"] == []
    assert [cell.hyperlink for cell in cells if cell.hyperlink and "evil" in str(cell.hyperlink.target)] == []
    with ZipFile(BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if re.search("externalLink|vba|connections|embeddings", name)]


@pytest.mark.usefixtures("planted")
def test_a_files_name_breaks_out_of_no_header(house: House) -> None:
    with house.store.read() as view:
        found = submissions.newest(view, Key("a", "2026-03"))
        assert found is not None
        (file,) = submissions.sent_files(view, [found.seq])[found.seq]
    answer = ask(
        house.base, "GET", f"/download/original?version={found.seq}&sha256={file.sha256}", house.enter("clerk")
    )
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.usefixtures("planted")
def test_the_text_of_a_cell_stays_text_on_the_page(house: House) -> None:
    with house.tab("clerk") as tab:
        run = tab.run("community", "community=红旗社区&period=2026-03&criterion=A-1 每月四讲")
        assert run.has("cmd|")
        for element in run.elements:
            if type(element).__name__ == "Markdown":
                assert not element.allow_html or "evil" not in element.body
                assert not re.search(r"(?<!\\)\]\(http://evil", element.body)
