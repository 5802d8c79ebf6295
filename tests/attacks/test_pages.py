"""Pages that are asked for by whoever is not offered them, and values that no widget of the page would send."""

import json
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from beicha.actions import imports
from beicha.actions.grants import OFFICE
from beicha.actions.views.mending import corrections
from beicha.store import submissions
from beicha.store.files import NamedFile
from beicha.store.submissions import Key
from tests.attacks.house import MONTH, PLANTED, House
from tests.attacks.raw import Run, Tab
from tests.attacks.test_uploads import place, send
from tests.ui.test_upload_page import workbook

HIDDEN = {"clerk": {"overview", "setup"}, "leader": {"upload", "setup"}, "admin": {"overview", "community", "setup"}}
ROWS = urlencode({"community": "和平社区", "period": MONTH, "criterion": "A-1 每月四讲"})


@pytest.fixture(scope="module")
def pages(house: House) -> dict[str, tuple[str, str]]:
    """Every page by its address: what Streamlit calls it, and its heading, as those see it who are offered it."""
    found = {}
    for who in ("admin", "office"):
        with house.tab(who) as tab:
            for name, page_hash in tab.run("").pages.items():
                found[name or "overview"] = (page_hash, heading(tab.run(name)))
    return found


def heading(run: Run) -> str:
    """The words of the first heading, '' where there is none."""
    return next((element.body for element in run.elements if type(element).__name__ == "Heading"), "")


@pytest.mark.parametrize("who", HIDDEN)
def test_a_page_of_other_roles_is_not_run_by_its_name_or_its_number(
    house: House, pages: dict[str, tuple[str, str]], who: str
) -> None:
    with house.tab(who) as tab:
        offered = set(tab.run().pages) | {"overview" if who not in ("clerk", "admin") else ""}
        assert HIDDEN[who] <= set(pages) - offered
        for name in set(pages) - offered:
            page_hash, title = pages[name]
            for run in (tab.run(name), tab.run(page_hash=page_hash), tab.run(name, page_hash=page_hash)):
                assert run.messages
                assert title.split(" · ")[0] != heading(run).split(" · ")[0]
                assert name not in run.pages


def test_whoever_has_no_post_sees_no_page_at_all(house: House, pages: dict[str, tuple[str, str]]) -> None:
    with house.tab("nobody's") as tab:
        for name, (page_hash, _) in pages.items():
            run = tab.run(name, ROWS, page_hash=page_hash)
            assert set(run.pages) == {""}
            assert not any(run.has(word) for word in [*PLANTED.values(), "社区"])


def test_the_planted_words_are_sent_to_whoever_may_see_the_rows(house: House) -> None:
    with house.tab("office") as tab:
        assert tab.run("community", ROWS).has(PLANTED["c"])
    with house.tab("far clerk") as tab:
        assert tab.run("community", ROWS).has(PLANTED["c"])


@pytest.mark.parametrize("who", ["clerk", "street", "leader"])
def test_another_community_in_the_address_shows_ones_own(house: House, who: str) -> None:
    with house.tab(who) as tab:
        for asked in ("和平社区", "c", "C", "和平社区\u200b"):
            run = tab.run("community", urlencode({"community": asked, "period": MONTH, "criterion": "A-1 每月四讲"}))
            assert heading(run).startswith("红旗社区")
            assert not run.has(PLANTED["c"])
            assert not run.has("和平社区·")


@pytest.mark.parametrize("value", ["和平社区", "c", "", "红旗社区\x00", "../c", "x" * 10_000])
def test_an_option_that_is_not_offered_is_not_taken(house: House, value: str) -> None:
    with house.tab("clerk") as tab:
        first = tab.run("community", urlencode({"period": MONTH, "criterion": "A-1 每月四讲"}))
        widget = first.widget("community").id
        run = tab.run("community", values={widget: {"string_value": value}})
        assert not run.has(PLANTED["c"])
        assert heading(run).startswith("红旗社区")


@pytest.mark.parametrize("value", [-1, 99, 2**40])
def test_the_number_of_an_option_that_is_not_there_is_not_taken(house: House, value: int) -> None:
    with house.tab("clerk") as tab:
        widget = tab.run("community").widget("community").id
        run = tab.run("community", values={widget: {"int_value": value}})
        assert not run.has(PLANTED["c"])


def test_nothing_crosses_from_what_others_have_looked_at(house: House) -> None:
    """Everybody looks at everything in turn, so that all that is kept is kept; then each is sent their own alone."""
    names = {"a": "红旗社区", "b": "春风社区", "c": "和平社区"}
    own = {"clerk": "a", "far clerk": "c", "street": "ab", "leader": "ab", "office": "abc", "auditor": "abc"}
    for _ in range(2):
        for who, communities in own.items():
            with house.tab(who) as tab:
                sent = [
                    tab.run("").bytes,
                    tab.run("checklist").bytes,
                    tab.run("upload", f"way={quote('历史与还原')}").bytes,
                ]
                for name in names.values():
                    query = urlencode({"community": name, "period": MONTH, "criterion": "A-1 每月四讲"})
                    sent.append(tab.run("community", query).bytes)
                seen = {code for code, word in PLANTED.items() if word.encode() in b"".join(sent)}
                assert seen == set(communities)


def versions(house: House, community: str) -> list[int]:
    with house.store.read() as view:
        return [version.seq for version in submissions.versions(view, Key(community, MONTH))]


def test_a_button_of_the_offices_page_does_nothing_for_a_clerk(house: House) -> None:
    back = urlencode({"way": "历史与还原", "history_month": MONTH, "history_of": "和平社区"})
    with house.tab("office") as tab:
        drawn = tab.run("upload", back)
        button = ids(drawn, "-restore-")[0]
    before = versions(house, "c")
    for who in ("clerk", "leader", "auditor", "nobody's"):
        with house.tab(who) as tab:
            tab.run("upload", back)
            run = tab.run("upload", back, {button: {"trigger_value": True}})
            assert not run.has(PLANTED["c"]) or who == "auditor"
    assert versions(house, "c") == before


def test_text_in_the_fields_of_a_hidden_page_reaches_no_action(house: House, pages: dict[str, tuple[str, str]]) -> None:
    with house.tab("office") as tab:
        drawn = tab.run("setup")
        values = {
            str(e.id): {"trigger_value": True} if type(e).__name__ == "Button" else {"string_value": "2020-01"}
            for e in drawn.elements
            if type(e).__name__ in ("Button", "TextInput") and "sign_out" not in e.id and "reset" not in e.id
        }
    assert len(values) > 3
    before = house.actions
    for who in ("clerk", "leader", "nobody's"):
        with house.tab(who) as tab:
            for page in ("setup", ""):
                tab.run(page, values=values, page_hash=pages["setup"][0])
    assert set(house.actions - before) <= {"session.open"}


def hand_in(house: House, tab: Tab, content: bytes, token: str) -> Run:
    """Hands a workbook in on the upload page as the browser would; the page with its draft, or why there is none."""
    chosen = BackMsg()
    chosen.rerun_script.page_name = "upload"
    first = tab.run("upload")
    state = chosen.rerun_script.widget_states.widgets.add(id=first.widget("files-preview-0").id)
    assert send(house, token, place(tab, "sent"), content).status == 204
    info = state.file_uploader_state_value.uploaded_file_info.add(file_id="sent", name="a.xlsx", size=len(content))
    info.file_urls.file_id = "sent"
    tab.finish(chosen)
    chosen.rerun_script.widget_states.widgets.add(id=first.widget("start-preview").id, trigger_value=True)
    tab.finish(chosen)
    for _ in range(80):
        run = tab.run("upload")
        if ids(run, "-again"):
            return run
        time.sleep(0.1)
    raise AssertionError(run.texts)


def test_a_workbook_of_another_community_is_not_stored_whatever_is_pressed(house: House) -> None:
    content = workbook(["2026-04-01", "2026-04-02"])
    token = house.enter("far clerk")
    with Tab(house.base, token) as tab:
        confirm = hand_in(house, tab, content, token).widget("confirm").id
    before = versions(house, "c")
    token = house.enter("clerk")
    with Tab(house.base, token) as tab:
        assert "不归您管的社区" in hand_in(house, tab, content, token).texts
        tab.run("upload", values={confirm: {"trigger_value": True}})
    assert versions(house, "c") == before


def test_the_draft_of_another_is_not_opened_by_its_number(house: House) -> None:
    now = datetime.now(UTC)
    file = NamedFile("和平的表.xlsx", workbook(["2026-04-01"]))
    number = imports.start(OFFICE, house.store, [file], now=now, kind="preview")
    queries = [f"preview={number}", f"way={quote('多个文件一起上报')}&import={number}"]
    for who in ("clerk", "far clerk", "auditor"):
        with house.tab(who) as tab:
            assert not any(tab.run("upload", query).has("和平的表") for query in queries)


def drawn(tab: Tab, values: dict[str, Any], part: str) -> Run:
    """A run of the upload page with these values that drew a widget with this in its key.

    A page that watches a job runs by itself too: what it sent late is not the answer to what was asked.
    """
    runs = (tab.run("upload", values=values) for _ in range(5))
    return next(run for run in runs if ids(run, part))


def ids(run: Run, part: str) -> list[str]:
    """The widgets with this in their key."""
    return [str(e.id) for e in run.elements if part in str(getattr(e, "id", ""))]


FORGED: list[tuple[dict[str, Any], set[tuple[int, str]]]] = [
    ({"edited_rows": {"0": {"row": 999, "what": "x", "c0": "2026-04-03"}}}, {(4, "A")}),
    ({"edited_rows": {"0": {"c0": "2026-04-03"}}, "added_rows": [{"c0": "2026-04-05", "c1": "=1+1"}]}, {(4, "A")}),
    ({"edited_rows": {"99": {"c0": "2026-04-04"}}}, set()),
    ({"edited_rows": {"0": {"zz": "x"}}}, set()),
    ({"deleted_rows": [0, 1, 7]}, set()),
]


@pytest.mark.parametrize(("forged", "mended"), FORGED)
def test_a_grid_changes_no_cell_that_it_did_not_show(
    house: House, forged: dict[str, Any], mended: set[tuple[int, str]]
) -> None:
    token = house.enter("far clerk")
    number = 0
    with Tab(house.base, token) as tab:
        run = hand_in(house, tab, workbook(["2026-04-01", "四月坏", "也坏"]), token)
        (form,) = ids(run, "-form-")
        chosen = {form: {"string_array_value": ["表格填"]}}
        run = drawn(tab, chosen, "-mend-grid-")
        button, grid = ids(run, "-mend-grid-")[0], ids(run, "-grid-")[0]
        sent = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | forged
        assert "-mend-" not in grid
        tab.run("upload", values=chosen | {grid: {"string_value": json.dumps(sent)}, button: {"trigger_value": True}})
        number = imports.recent(OFFICE, house.store, 1)[0].id
        for _ in range(40):
            if not imports.status(OFFICE, house.store, number).active:
                break
            time.sleep(0.1)
    draft = imports.draft(OFFICE, house.store, number)
    assert draft is not None
    assert {(row, column) for (_, _, row, column), _ in corrections(draft)} == mended


def test_a_value_of_another_kind_is_answered_with_a_sentence(house: House) -> None:
    with house.tab("clerk") as tab:
        widget = tab.run("community").widget("community").id
        run = tab.run("community", values={widget: {"string_array_value": ["c"]}})
        assert "程序出错了" in run.texts
        assert not any(run.has(word) for word in ("Traceback", "TypeError", ".py", "site-packages", str(house.folder)))
    with house.tab("clerk") as tab:
        assert heading(tab.run("community")).startswith("红旗社区")
