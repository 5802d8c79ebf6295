"""Who may do what, cell by cell: a table written by hand against the actions and the routes, as they are deployed.

The small district has the communities a and b in the street s1, and c in s2. Every person of the table is of a: its
clerk, its street, its leader. ``own`` asks for a, ``near`` for b, ``other`` for c.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from beicha.actions import (
    account_import,
    accounts,
    areas,
    audit_chain,
    audit_export,
    audit_purge,
    editions,
    grants,
    lines,
    sessions,
    settings,
    submissions,
    units,
)
from beicha.actions.accounts import AccountError
from beicha.actions.audit_purge import KEPT
from beicha.actions.drafts import Draft
from beicha.actions.erasing import ask_erase, confirm_erase, drop_request, requests
from beicha.actions.fact_history import current_rows
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.handing_out import DESK
from beicha.actions.opening import the_store
from beicha.actions.recomputing import recompute, resume
from beicha.actions.submissions import Key, NamedFile
from beicha.actions.views import reading
from beicha.actions.views.audit_trail import read_audit, wanted_of
from beicha.actions.views.paper import community_workbook
from beicha.actions.withdrawing import withdraw
from beicha.web import downloads, plain_upload
from tests.ui.district import NOW, draft, settle
from tests.web.clients import client_as, stranger

MONTH = "2026-04"
PLACES = {"own": "a", "near": "b", "other": "c"}
MARKS = {"own": "o", "near": "n", "other": "x"}
PEOPLE = {
    "office": (Post("office"),),
    "part office": (Post("office", "s1"),),
    "street": (Post("street", "s1"),),
    "clerk": (Post("clerk", "a"),),
    "line": (Post("line", None, ("culture",)),),
    "leader": (Post("leader", "s1"),),
    "auditor": (Post("auditor"),),
    "admin": (Post("admin"),),
    "nobody's": (),
}

# What each may: o(wn), n(ear), x (other); "-" nothing.                  a signed-out stranger may nothing at all
TABLE = """
                 office  part office  street  clerk  line  leader  auditor  admin  nobody's
scores           onx     on           on      o      onx   on      onx      -      -
reasons          onx     on           on      o      onx   on      onx      -      -
rows of A-1      onx     on           on      o      onx   on      onx      -      -
rows of B-1      onx     on           on      o      -     on      onx      -      -
unmatched rows   onx     on           on      o      -     -       onx      -      -
personal rows    onx     on           on      o      -     -       -        -      -
personal current onx     on           on      o      -     -       -        -      -
personal paper   onx     on           on      o      -     -       -        -      -
versions         onx     on           on      o      -     -       onx      -      -
current rows     onx     on           on      o      -     -       onx      -      -
original file    onx     on           on      o      -     -       onx      -      -
workbook         onx     on           on      o      onx   on      onx      -      -
hand in          onx     on           on      o      -     -       -        -      -
restore          onx     on           on      o      -     -       -        -      -
office's visits  onx     on           -       -      -     -       -        -      -
name the people  onx     on           on      -      -     -       -        -      -
name a contact   onx     on           on      o      -     -       -        -      -
see the contact  onx     on           on      o      onx   on      onx      -      -
make clerk       onx     on           on      -      -     -       -        onx    -
make auditor     -       -            -       -      -     -       -        onx    -
give clerk       onx     on           on      -      -     -       -        onx    -
take clerk       onx     on           on      -      -     -       -        onx    -
code for clerk   onx     on           on      -      -     -       -        onx    -
disable clerk    onx     on           on      -      -     -       -        onx    -
clerk's sign-ins onx     on           on      -      -     -       -        onx    -
end clerk's      onx     on           on      -      -     -       -        onx    -
GET workbook     onx     on           on      o      onx   on      onx      -      -
GET original     onx     on           on      o      -     -       onx      -      -
ask to erase     onx     on           on      o      -     -       -        -      -
withdraw         onx     on           on      o      -     -       -        -      -
erase            onx     -            -       -      -     -       -        -      -
"""
# What has no place: y(es) or "-".
EVERYWHERE = """
                 office  part office  street  clerk  line  leader  auditor  admin  nobody's
due day          y       -            -       -      -     -       -        -      -
areas in         y       -            -       -      -     -       -        -      -
areas out        y       -            -       -      -     -       -        -      -
lines out        y       -            -       -      -     -       -        -      -
edition          y       -            -       -      -     -       -        -      -
recompute        y       -            -       -      -     -       -        -      -
resume           y       -            -       -      -     -       -        -      -
read files       y       y            y       y      -     -       -        -      -
GET areas        y       -            -       -      -     -       -        -      -
GET lines        y       -            -       -      -     -       -        -      -
GET plain form   y       y            y       y      -     -       -        -      -
make office      y       -            -       -      -     -       -        y      -
make admin       -       -            -       -      -     -       -        y      -
make without any -       -            -       -      -     -       -        y      -
list accounts    y       y            y       -      -     -       -        y      -
accounts in      y       y            y       -      -     -       -        y      -
GET accounts     y       y            y       -      -     -       -        y      -
GET other's file -       -            -       -      -     -       -        -      -
set password     -       -            -       -      -     -       -        y      -
code for admin   -       -            -       -      -     -       -        y      -
end admin's      -       -            -       -      -     -       -        y      -
read audit       -       -            -       -      -     -       y        -      -
check audit      -       -            -       -      -     -       y        -      -
export audit     -       -            -       -      -     -       y        -      -
GET audit        -       -            -       -      -     -       y        -      -
purge audit      -       -            -       -      -     -       -        -      -
"""

Ask = Callable[[Grant, str, TestClient], Any]


@pytest.fixture
def district(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    settle(the_store())
    yield
    the_store().close()


def newest(community: str) -> Any:
    return submissions.history(OFFICE, the_store(), Key(community, "2026-03"))[0]


def hand_in(grant: Grant, community: str, kept_by: Any = "community") -> None:
    said, files = draft()
    one = next(report for report in said.reports if report.key == Key(community, "2026-03"))
    again = type(one)(Key(community, "2026-04", kept_by), one.name, one.content, one.files, False)
    submissions.submit(grant, the_store(), Draft((again,), ()), files, now=NOW)


def scores(grant: Grant, community: str) -> None:
    months = reading.read_months(grant, the_store(), MONTH, MONTH)
    if not any(community in month.standing.cells.communities for month in months):
        raise Refused(grant, "see", community)


def make(grant: Grant, *posts: Post) -> None:
    accounts.add(grant, the_store(), f"new-{count()}", "新", posts, now=NOW)


def clerk_of(community: str) -> str:
    """The login of another person, who is the clerk of the community."""
    accounts.add(OFFICE, the_store(), f"clerk-{count()}", "李强", [Post("clerk", community)], now=NOW)
    return f"clerk-{count() - 1}"


def another_admin() -> str:
    accounts.add(OFFICE, the_store(), f"root-{count()}", "赵敏", [Post("admin")], now=NOW)
    return f"root-{count() - 1}"


def take(grant: Grant, login: str) -> None:
    (post,) = next(one.posts for one in accounts.listed(OFFICE, the_store()) if one.login == login)
    accounts.take_post(grant, the_store(), login, post.id, now=NOW)


def count() -> int:
    return len(accounts.listed(OFFICE, the_store()))


def see_contact(grant: Grant, community: str) -> None:
    units.set_people(OFFICE, the_store(), ("area", community), {"contact": "张敏"}, now=NOW)
    if community not in units.people_of(grant, the_store(), MONTH):
        raise Refused(grant, "contacts")


def left_for_another() -> str:
    return DESK.leave(Grant("another"), NamedFile("登录码.xlsx", b"codes"), datetime.now(UTC))


def got(answer: Any) -> None:
    if answer.status_code != 200:
        raise Refused(Grant("-"), "see")


def current(community: str) -> int:
    entries = submissions.history(OFFICE, the_store(), Key(community, "2026-03"))
    return next(entry.version.seq for entry in entries if entry.current)


def erase(grant: Grant, community: str) -> None:
    """Somebody else has asked for it."""
    for one in requests(OFFICE, the_store()):
        if one.version.community == community:
            drop_request(OFFICE, the_store(), one.removal.id, now=NOW)
    seq = submissions.history(OFFICE, the_store(), Key(community, "2026-03"))[-1].version.seq
    number = ask_erase(OFFICE, the_store(), seq, "错", now=NOW)
    confirm_erase(grant, the_store(), number, now=NOW)


def original(community: str) -> str:
    found = newest(community)
    return f"/download/original?version={found.version.seq}&sha256={found.files[0].sha256}"


RESOURCES: dict[str, Ask] = {
    "scores": lambda grant, place, _: scores(grant, place),
    "reasons": lambda grant, place, _: reading.read_reasons(grant, the_store(), MONTH, place),
    "rows of A-1": lambda grant, place, _: reading.read_evidence(grant, the_store(), MONTH, place, "A-1"),
    "rows of B-1": lambda grant, place, _: reading.read_evidence(grant, the_store(), MONTH, place, "B-1"),
    "unmatched rows": lambda grant, place, _: reading.read_unmatched(grant, the_store(), MONTH, place),
    "personal rows": lambda grant, place, _: reading.read_evidence(
        grant, the_store(), MONTH, place, "A-1", asked_at=NOW
    ),
    "personal current": lambda grant, place, _: current_rows(grant, the_store(), Key(place, "2026-03"), asked_at=NOW),
    "personal paper": lambda grant, place, _: community_workbook(
        grant, the_store(), MONTH, place, language="zh_CN", now=NOW, whole=True
    ),
    "versions": lambda grant, place, _: submissions.history(grant, the_store(), Key(place, MONTH)),
    "current rows": lambda grant, place, _: current_rows(grant, the_store(), Key(place, MONTH)),
    "original file": lambda grant, place, _: submissions.sent_file(
        grant, the_store(), newest(place).version.seq, newest(place).files[0].sha256, now=NOW
    ),
    "workbook": lambda grant, place, _: community_workbook(grant, the_store(), MONTH, place, language="zh_CN", now=NOW),
    "hand in": lambda grant, place, _: hand_in(grant, place),
    "restore": lambda grant, place, _: submissions.restore(grant, the_store(), newest(place).version.seq, now=NOW),
    "office's visits": lambda grant, place, _: hand_in(grant, place, "office"),
    "name the people": lambda grant, place, _: units.set_people(
        grant, the_store(), ("area", place), {"first": f"王{count()}"}, now=NOW
    ),
    "name a contact": lambda grant, place, _: units.set_people(
        grant, the_store(), ("area", place), {"contact": f"张{count()}"}, now=NOW
    ),
    "see the contact": lambda grant, place, _: see_contact(grant, place),
    "make clerk": lambda grant, place, _: make(grant, Post("clerk", place)),
    "make auditor": lambda grant, place, _: make(grant, Post("auditor", place)),
    "give clerk": lambda grant, place, _: accounts.give_post(
        grant, the_store(), clerk_of(place), Post("leader", place), now=NOW
    ),
    "take clerk": lambda grant, place, _: take(grant, clerk_of(place)),
    "code for clerk": lambda grant, place, _: accounts.new_code(grant, the_store(), clerk_of(place), now=NOW),
    "disable clerk": lambda grant, place, _: accounts.disable(grant, the_store(), clerk_of(place), now=NOW),
    "clerk's sign-ins": lambda grant, place, _: sessions.listed_of(grant, the_store(), clerk_of(place)),
    "end clerk's": lambda grant, place, _: sessions.end_of(grant, the_store(), clerk_of(place), now=NOW),
    "GET workbook": lambda _, place, client: got(
        client.get(f"/download/community.xlsx?period={MONTH}&community={place}")
    ),
    "GET original": lambda _, place, client: got(client.get(original(place))),
    "ask to erase": lambda grant, place, _: ask_erase(grant, the_store(), newest(place).version.seq, "错", now=NOW),
    "withdraw": lambda grant, place, _: withdraw(grant, the_store(), current(place), "错", now=NOW),
    "erase": lambda grant, place, _: erase(grant, place),
}
WITHOUT_PLACE: dict[str, Ask] = {
    "due day": lambda grant, _, __: settings.set_due_day(grant, the_store(), 7, NOW),
    "areas in": lambda grant, _, __: areas.import_areas(grant, the_store(), NamedFile("a.xlsx", b""), now=NOW),
    "areas out": lambda grant, _, __: areas.area_table(grant, the_store()),
    "lines out": lambda grant, _, __: lines.line_table(grant, the_store()),
    "edition": lambda grant, _, __: editions.activate(grant, the_store(), "community-archive", "2026-09", NOW),
    "resume": lambda grant, _, __: resume(grant, the_store(), NOW),
    "recompute": lambda grant, _, __: recompute(grant, the_store(), NOW),
    "read files": lambda grant, _, __: submissions.read(grant, the_store(), []),
    "GET areas": lambda _, __, client: got(client.get("/download/areas.xlsx")),
    "GET lines": lambda _, __, client: got(client.get("/download/lines.xlsx")),
    "GET plain form": lambda _, __, client: got(client.get("/plain/upload")),
    "make office": lambda grant, _, __: make(grant, Post("office")),
    "make admin": lambda grant, _, __: make(grant, Post("admin")),
    "make without any": lambda grant, _, __: make(grant),
    "list accounts": lambda grant, _, __: accounts.listed(grant, the_store()),
    "accounts in": lambda grant, _, __: account_import.preview(grant, the_store(), NamedFile("a.xlsx", b""), now=NOW),
    "GET accounts": lambda _, __, client: got(client.get("/download/accounts-template.xlsx")),
    "GET other's file": lambda _, __, client: got(client.get(f"/download/handed-out.xlsx?ticket={left_for_another()}")),
    "set password": lambda grant, _, __: accounts.set_password(
        grant, the_store(), clerk_of("a"), "a b c 电池", now=NOW
    ),
    "code for admin": lambda grant, _, __: accounts.new_code(grant, the_store(), another_admin(), now=NOW),
    "end admin's": lambda grant, _, __: sessions.end_of(grant, the_store(), another_admin(), now=NOW),
    "read audit": lambda grant, _, __: read_audit(grant, the_store(), wanted_of(), None, language="en"),
    "check audit": lambda grant, _, __: audit_chain.verify_recent(grant, the_store(), now=NOW),
    "export audit": lambda grant, _, __: audit_export.export(
        grant, the_store(), wanted_of(), BytesIO(), "csv", name="x.csv", language="en", now=NOW
    ),
    "GET audit": lambda _, __, client: got(client.get("/download/audit.xlsx")),
    "purge audit": lambda grant, _, __: audit_purge.purge(grant, the_store(), NOW - KEPT, Path("never"), now=NOW),
}


def cells(table: str) -> dict[str, dict[str, str]]:
    """By resource and person what the table says."""
    head, *lines = table.strip("\n").splitlines()
    starts = [head.index(name) for name in PEOPLE]
    rows = {}
    for line in lines:
        marks = [line[start:].split("  ", 1)[0].strip() for start in starts]
        rows[line[: starts[0]].strip()] = dict(zip(PEOPLE, marks, strict=True))
    return rows


def may(ask: Ask, who: str, place: str, client: TestClient) -> bool:
    """Whether the person may, tried for real."""
    try:
        ask(Grant("wang", PEOPLE[who]), place, client)
    except (Refused, KeyError, AccountError):
        return False
    return True


def client_of(who: str) -> TestClient:
    return client_as((*downloads.ROUTES, *plain_upload.ROUTES), PEOPLE[who])


def test_the_tables_name_every_resource() -> None:
    assert set(cells(TABLE)) == set(RESOURCES)
    assert set(cells(EVERYWHERE)) == set(WITHOUT_PLACE)


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", PEOPLE)
def test_each_may_what_the_table_says_of_a_place_and_nothing_else(who: str, place: str) -> None:
    expected = {name: MARKS[place] in row[who] for name, row in cells(TABLE).items()}
    client = client_of(who)
    assert {name: may(ask, who, PLACES[place], client) for name, ask in RESOURCES.items()} == expected


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("who", PEOPLE)
def test_each_may_what_the_table_says_of_the_whole_and_nothing_else(who: str) -> None:
    expected = {name: row[who] == "y" for name, row in cells(EVERYWHERE).items()}
    client = client_of(who)
    assert {name: may(ask, who, "a", client) for name, ask in WITHOUT_PLACE.items()} == expected


@pytest.mark.usefixtures("district")
def test_who_is_not_signed_in_gets_nothing_over_http() -> None:
    client = stranger((*downloads.ROUTES, *plain_upload.ROUTES))
    asks = {name: ask for name, ask in (RESOURCES | WITHOUT_PLACE).items() if name.startswith("GET")}
    assert {name: may(ask, "nobody's", "a", client) for name, ask in asks.items()} == dict.fromkeys(asks, False)


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("hole", "who", "place", "name"),
    [
        (("clerk", "see"), "clerk", "c", "reasons"),
        (("leader", "files"), "leader", "a", "original file"),
    ],
)
def test_a_wrong_allow_is_found(
    monkeypatch: pytest.MonkeyPatch, hole: tuple[str, str], who: str, place: str, name: str
) -> None:
    """Two holes are planted: a clerk's post that reaches everywhere, and a leader who may open files."""
    client = client_of(who)
    assert not may(RESOURCES[name], who, place, client)
    role, right = hole
    if right == "files":
        monkeypatch.setattr(grants, "RIGHTS", {**grants.RIGHTS, role: grants.RIGHTS[role] | {right}})
    else:
        monkeypatch.setattr(grants, "_lineage", lambda *_: ["a", "b", "c"])
    assert may(RESOURCES[name], who, place, client)
