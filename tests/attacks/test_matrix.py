"""Who gets what by which way, cell by cell, over the service as it is started: tables written by hand.

The ways are those that a thief has and the page does not offer: a page's address or number sent over a bare websocket,
a value that no widget has, a button of somebody else's page, a changed address, a file's route. The people, the
communities and the marks are those of the table of actions: ``own`` is a, ``near`` b, ``other`` c.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from beicha.store import submissions
from beicha.store.submissions import Key
from beicha.ui.sitemap import PAGES
from tests.attacks.house import MONTH, PLANTED, House, opened
from tests.attacks.raw import Run, Tab, ask
from tests.web.test_matrix import MARKS, PEOPLE, PLACES, cells

# o(wn), n(ear), x (other); "-" nothing.
TABLE = """
                       office  part office  street  clerk  line  leader  auditor  admin  nobody's
page by address        onx     on           on      o      onx   on      onx      -      -
page by its number     onx     on           on      o      onx   on      onx      -      -
page by widget         onx     on           on      o      onx   on      onx      -      -
rows of A-1            onx     on           on      o      onx   on      onx      -      -
rows of B-1            onx     on           on      o      -     on      onx      -      -
versions by address    onx     on           on      o      -     -       -        -      -
versions by widget     onx     on           on      o      -     -       -        -      -
restore by button      onx     on           on      o      -     -       -        -      -
file by its number     onx     on           on      o      -     -       onx      -      -
workbook by address    onx     on           on      o      onx   on      onx      -      -
"""
# Pages asked for by name, and by what Streamlit calls them: y(es) or "-".
WHOLE = """
            office  part office  street  clerk  line  leader  auditor  admin  nobody's
overview    y       y            y       -      y     y       y        -      -
community   y       y            y       y      y     y       y        -      -
compare     y       y            y       y      y     y       y        -      -
reporting   y       y            y       -      -     y       y        -      -
upload      y       y            y       y      -     -       -        -      -
checklist   y       y            y       y      y     y       y        -      -
editions    y       y            -       -      -     -       -        -      -
setup       y       y            -       -      -     -       -        -      -
review      y       y            y       -      -     -       y        -      -
tasks       y       y            y       y      y     y       y        -      -
alerts      y       y            y       y      y     y       y        -      -
spot_checks y       y            y       y      y     y       y        -      -
annual      y       y            y       -      -     -       y        -      -
due         y       y            y       y      y     y       y        -      -
daily       y       y            y       -      -     y       y        -      -
papers      y       y            y       -      -     -       -        -      -
stakes      y       y            y       y      y     y       y        -      -
rehearsal   y       y            y       -      -     y       y        -      -
shares      y       y            y       -      -     -       y        -      -
units       y       y            y       y      -     -       -        -      -
accounts    y       y            y       -      -     -       -        y      -
audit       -       -            -       -      -     -       y        -      -
"""
NAMES = {"a": "红旗社区", "b": "春风社区", "c": "和平社区"}
BACK = "历史与还原"
HASHES: dict[str, str] = {}
"""What Streamlit calls the pages; the same in every process."""


def heading(run: Run) -> str:
    """The words of the first heading, '' where there is none."""
    return next((element.body for element in run.elements if type(element).__name__ == "Heading"), "")


def on_community(tab: Tab, code: str, **more: str) -> Run:
    return tab.run("community", urlencode({"period": MONTH, "community": NAMES[code], **more}))


def by_address(_: House, __: str, tab: Tab, code: str) -> bool:
    return heading(on_community(tab, code)).startswith(NAMES[code])


def by_number(_: House, __: str, tab: Tab, code: str) -> bool:
    query = urlencode({"period": MONTH, "community": NAMES[code]})
    return heading(tab.run("", query, page_hash=HASHES["community"])).startswith(NAMES[code])


def by_widget(house: House, __: str, tab: Tab, code: str) -> bool:
    """The picker's number differs with what it offers, so it is that of the thief's own page, with another's value."""
    first = tab.run("community", urlencode({"period": MONTH}))
    picker = next((str(e.id) for e in first.elements if str(getattr(e, "id", "")).endswith("-community")), "")
    run = tab.run("community", urlencode({"period": MONTH}), {picker or "x-community": {"string_value": NAMES[code]}})
    return heading(run).startswith(NAMES[code])


def rows_of(criterion: str) -> Callable[[House, str, Tab, str], bool]:
    return lambda _, __, tab, code: on_community(tab, code, criterion=criterion).has(PLANTED[code])


def looking_back(code: str) -> str:
    return urlencode({"way": BACK, "history_month": MONTH, "history_of": NAMES[code]})


def versions_by_address(_: House, __: str, tab: Tab, code: str) -> bool:
    return tab.run("upload", looking_back(code)).has(PLANTED[code])


def versions_by_widget(_: House, __: str, tab: Tab, code: str) -> bool:
    query = urlencode({"way": BACK, "history_month": MONTH})
    first = tab.run("upload", query)
    picker = next((str(e.id) for e in first.elements if str(getattr(e, "id", "")).endswith("-history_of")), "x")
    return tab.run("upload", query, {picker: {"string_value": NAMES[code]}}).has(PLANTED[code])


def restore(house: House, _: str, tab: Tab, code: str) -> bool:
    """A button of the office's page, pressed on one's own: Streamlit calls it the same on both."""
    with house.tab("office") as office:
        drawn = office.run("upload", looking_back(code))
    button = next(str(e.id) for e in drawn.elements if "-restore-" in str(getattr(e, "id", "")))
    before = stored(house, code)
    tab.run("upload", looking_back(code))
    tab.run("upload", looking_back(code), {button: {"trigger_value": True}})
    return stored(house, code) > before


def stored(house: House, code: str) -> int:
    with house.store.read() as view:
        return len(submissions.versions(view, Key(code, MONTH)))


WAYS: dict[str, Callable[[House, str, Tab, str], bool]] = {
    "page by address": by_address,
    "page by its number": by_number,
    "page by widget": by_widget,
    "rows of A-1": rows_of("A-1 每月四讲"),
    "rows of B-1": rows_of("B-1 写明地点"),
    "versions by address": versions_by_address,
    "versions by widget": versions_by_widget,
    "restore by button": restore,
    "file by its number": lambda house, token, _, code: got(house, token, house.sent_file(code)),
    "workbook by address": lambda house, token, _, code: got(
        house, token, f"/download/community.xlsx?period={MONTH}&community={code}"
    ),
}


def got(house: House, token: str, path: str) -> bool:
    return ask(house.base, "GET", path, token).status == 200


@pytest.fixture(scope="module", autouse=True)
def hashes(house: House) -> None:
    """What Streamlit calls the pages: read where each is offered and is not the first, whose number is its own."""
    for who in ("office", "admin", "clerk", "auditor"):
        with house.tab(who) as tab:
            HASHES.update({name: number for name, number in tab.run().pages.items() if name})
    with house.tab("office") as tab:
        HASHES["overview"] = tab.run().pages[""]


def opens(tab: Tab, page: str, number: str = "") -> bool:
    """Whether the page runs that is asked for, and not the one that the reader begins with."""
    asked = tab.run("" if number else page, page_hash=number)
    told = [m.navigation.page_script_hash for m in asked.messages if m.WhichOneof("type") == "navigation"]
    return told[-1:] == [HASHES[page]]


def test_the_tables_name_every_way_and_every_page() -> None:
    assert set(cells(TABLE)) == set(WAYS)
    assert set(cells(WHOLE)) == {entry.name for entry in PAGES}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_gets_by_every_way_what_the_table_says_and_nothing_else(house: House, who: str) -> None:
    expected = {(name, place): MARKS[place] in row[who] for name, row in cells(TABLE).items() for place in PLACES}
    assert found_of(house, who) == expected


def found_of(house: House, who: str, places: Iterable[str] = PLACES) -> dict[tuple[str, str], bool]:
    """What the person gets, tried for real: each way and place in a tab of its own."""
    found, token = {}, house.enter(who)
    for name, way in WAYS.items():
        for place in places:
            with Tab(house.base, token) as tab:
                found[name, place] = way(house, token, tab, PLACES[place])
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_each_opens_the_pages_that_the_table_says_and_no_other(house: House, who: str) -> None:
    expected = {name: row[who] == "y" for name, row in cells(WHOLE).items()}
    with house.tab(who) as tab:
        assert {page: opens(tab, page) for page in expected} == expected
        assert {page: opens(tab, page, HASHES[page]) for page in expected} == expected


HOLES = """
from beicha.actions import grants
from beicha.ui import sitemap
grants._lineage = lambda *_: ["a", "b", "c", "s1", "s2"]
grants.RIGHTS = {**grants.RIGHTS, "leader": grants.RIGHTS["leader"] | {"files"}}
sitemap.offered = lambda grant: sitemap.PAGES
"""


def test_wrong_allows_are_found_by_every_way(tmp_path: Path) -> None:
    """Three holes are planted in a service of its own: posts that reach everywhere, files for leaders, all pages."""
    with opened(tmp_path, HOLES) as holed:
        clerk = found_of(holed, "clerk", ["other"])
        assert got(holed, holed.enter("leader"), holed.sent_file("a"))
        with holed.tab("clerk") as tab:
            assert opens(tab, "setup")
            assert opens(tab, "setup", HASHES["setup"])
    assert {name for name, _ in clerk if clerk[name, "other"]} == set(WAYS)
