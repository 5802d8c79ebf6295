"""Accounts: made with a one-time code, disabled, given posts; each action leaves one audit row and no secret."""

from datetime import UTC, datetime, timedelta

import pytest

from beicha.actions import accounts, passwords, sessions, settings
from beicha.actions.accounts import AccountError
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.signing_in import Attempt, sign_in
from beicha.actions.views import reading
from beicha.store import accounts as stored_accounts
from beicha.store import areas, audit
from tests.ui.district import AREAS

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
GOOD = "correct horse 电池"
CLERK = Post("clerk", "a")
ALL = (Post("office"),)


@pytest.fixture(autouse=True)
def _quick(quick_passwords):
    """Every test here works out hashes that would take a good while together."""


@pytest.fixture
def district(store):
    with store.write() as change:
        areas.add(change, [areas.AreaVersion(area) for area in AREAS])
    return store


def enter(store, login, password, now=NOW, address="10.0.0.1"):
    return sign_in(store, Attempt(login, password, address, "Chromium"), now=now).opened


def made(store, login="wang", posts=ALL, password=GOOD, now=NOW):
    """An account whose person has set a password."""
    code = accounts.add(OFFICE, store, login, "王芳", posts, now=now)
    opened = enter(store, login, code, now)
    assert sessions.change_password(store, opened.person, "", password, now=now) is None
    return sessions.by_number(store, opened.person.session, now)


def told(store):
    with store.read() as view:
        return audit.entries(view)


def test_a_new_account_signs_in_once_with_its_code_and_sets_a_password(store):
    code = accounts.add(OFFICE, store, "Ｗang", "王芳", [Post("office")], now=NOW)
    opened = enter(store, "WANG", code.upper().replace("-", " "))
    assert opened.person.must_change
    assert opened.person.grant == Grant("wang", (Post("office"),))
    assert enter(store, "wang", code) is None
    assert sessions.change_password(store, opened.person, "", GOOD, now=NOW) is None
    assert not enter(store, "wang", GOOD).person.must_change


def test_a_code_ends_after_three_days(store):
    code = accounts.add(OFFICE, store, "wang", "王芳", [], now=NOW)
    assert enter(store, "wang", code, NOW + timedelta(days=3)) is None
    assert enter(store, "wang", code, NOW + timedelta(days=3) - timedelta(seconds=1)) is not None


@pytest.mark.parametrize(
    ("login", "name", "posts", "reason"),
    [
        ("local", "王芳", [], "login"),
        ("w", "王芳", [], "login"),
        ("wang fang", "王芳", [], "login"),
        ("wang\nfang", "王芳", [], "login"),
        ("w" * 65, "王芳", [], "login"),
        ("li", " ", [], "name"),
        ("WANG", "王芳", [], "taken"),
        ("li", "李强", [Post("clerk", "nowhere")], "area"),
        ("li", "李强", [Post("line", None, ("nobody",))], "line"),
        ("li", "李强", [Post("line")], "lines"),
        ("li", "李强", [Post("leader", None, ())], "lines"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_nothing_stays_of_it(store, login, name, posts, reason):
    accounts.add(OFFICE, store, "wang", "王芳", [], now=NOW)
    with pytest.raises(AccountError) as refused:
        accounts.add(OFFICE, store, login, name, posts, now=NOW)
    assert refused.value.reason == reason
    assert [account.login for account in accounts.listed(OFFICE, store)] == ["wang"]


@pytest.mark.parametrize("role", ["clerk", "line", "leader", "auditor"])
def test_nobody_else_touches_accounts(store, role):
    other = Grant("li", (Post(role),))
    accounts.add(OFFICE, store, "wang", "王芳", [], now=NOW)
    for act in (
        lambda: accounts.add(other, store, "new", "新", [], now=NOW),
        lambda: accounts.new_code(other, store, "wang", now=NOW),
        lambda: accounts.set_password(other, store, "wang", GOOD, now=NOW),
        lambda: accounts.disable(other, store, "wang", now=NOW),
        lambda: accounts.enable(other, store, "wang", now=NOW),
        lambda: accounts.rename(other, store, "wang", "新", now=NOW),
        lambda: accounts.give_post(other, store, "wang", Post("office"), now=NOW),
        lambda: accounts.take_post(other, store, "wang", 1, now=NOW),
        lambda: accounts.listed(other, store),
        lambda: sessions.listed_of(other, store, "wang"),
        lambda: sessions.end_of(other, store, "wang", now=NOW),
    ):
        with pytest.raises(Refused):
            act()
    assert accounts.listed(Grant("root", (Post("admin"),)), store)[0].login == "wang"


def test_a_disabled_account_is_out_at_once_and_in_again_when_enabled(store):
    person = made(store)
    accounts.disable(OFFICE, store, "wang", now=NOW)
    assert sessions.by_number(store, person.session, NOW) is None
    assert enter(store, "wang", GOOD) is None
    accounts.enable(OFFICE, store, "wang", now=NOW)
    assert sessions.by_number(store, person.session, NOW) is None
    assert enter(store, "wang", GOOD) is not None


def test_nobody_disables_themselves(store):
    made(store)
    with pytest.raises(AccountError):
        accounts.disable(Grant("wang", (Post("admin"),)), store, "wang", now=NOW)


def test_posts_add_up_and_go_with_the_next_look(district):
    person = made(district, posts=[CLERK])
    accounts.give_post(OFFICE, district, "wang", Post("leader", "s1"), now=NOW)
    assert sessions.by_number(district, person.session, NOW).grant.posts == (CLERK, Post("leader", "s1"))
    (listed,) = accounts.listed(OFFICE, district)
    accounts.take_post(OFFICE, district, "wang", listed.posts[0].id, now=NOW)
    assert sessions.by_number(district, person.session, NOW).grant.posts == (Post("leader", "s1"),)
    with pytest.raises(LookupError):
        accounts.take_post(OFFICE, district, "wang", listed.posts[0].id, now=NOW)


def test_a_forgotten_password_is_replaced_by_a_code_that_ends_sessions_and_locks(store):
    person = made(store)
    for _ in range(5):
        enter(store, "wang", "wrong")
    assert enter(store, "wang", GOOD) is None
    code = accounts.new_code(OFFICE, store, "wang", now=NOW)
    assert sessions.by_number(store, person.session, NOW) is None
    assert enter(store, "wang", GOOD) is None
    assert enter(store, "wang", code).person.must_change


def test_a_password_is_kept_as_its_hash(store):
    made(store)
    with store.read() as view:
        kept = stored_accounts.by_login(view, "wang").password
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept


def test_every_action_leaves_one_row_and_no_secret_in_any(store):
    before = len(told(store))
    code = accounts.add(OFFICE, store, "wang", "王芳", [Post("office")], now=NOW)
    opened = enter(store, "wang", code)
    sessions.change_password(store, opened.person, "", GOOD, now=NOW)
    sessions.end(store, opened.person, now=NOW)
    enter(store, "wang", "a wrong password")
    accounts.set_password(OFFICE, store, "wang", "another good one", now=NOW)
    code_again = accounts.new_code(OFFICE, store, "wang", now=NOW)
    accounts.give_post(OFFICE, store, "wang", Post("admin"), now=NOW)
    accounts.take_post(OFFICE, store, "wang", 2, now=NOW)
    accounts.disable(OFFICE, store, "wang", now=NOW)
    accounts.enable(OFFICE, store, "wang", now=NOW)
    rows = told(store)[before:]
    assert [(row.actor, row.address, row.action) for row in rows] == [
        ("local", "console", "account.add"),
        ("wang", "10.0.0.1", "session.open"),
        ("wang", "10.0.0.1", "account.password"),
        ("wang", "10.0.0.1", "session.end"),
        ("-", "10.0.0.1", "session.refused"),
        ("local", "console", "account.password"),
        ("local", "console", "account.code"),
        ("local", "console", "account.post.give"),
        ("local", "console", "account.post.take"),
        ("local", "console", "account.disable"),
        ("local", "console", "account.enable"),
    ]
    text = repr(rows)
    for secret in (code, code_again, passwords.code_digest(code), GOOD, "wrong password", "another good", opened.token):
        assert secret not in text


def test_the_address_of_an_action_is_where_it_is_asked_from_now(store):
    opened = enter(store, "wang", accounts.add(OFFICE, store, "wang", "王芳", ALL, now=NOW), address="10.0.0.1")
    moved = sessions.by_token(store, opened.token, NOW, "10.0.0.2")
    on_page = sessions.by_number(store, opened.person.session, NOW, "2001:db8::" + "1" * 99)
    assert (opened.person.grant.address, moved.grant.address) == ("10.0.0.1", "10.0.0.2")
    assert sessions.by_number(store, opened.person.session, NOW).grant.address == "10.0.0.1"
    settings.set_due_day(on_page.grant, store, 5, NOW)
    settings.set_due_day(moved.grant, store, 6, NOW)
    assert [row.address for row in told(store)[-2:]] == [("2001:db8::" + "1" * 99)[:64], "10.0.0.2"]


def test_what_cannot_be_printed_is_no_new_line_in_a_row(store):
    enter(store, "wang\n2026 li session.open\x1b[2J\u2028\x00\udcff!", "a wrong password")
    assert told(store)[-1].object == "wang?2026 li session.open?[2j???!"


def test_who_signs_in_changes_no_data(store):
    assert reading.revision(store) == 0
    settings.set_due_day(OFFICE, store, 5, NOW)
    with store.read() as view:
        before = audit.revision(view)
    made(store)
    with store.read() as view:
        assert audit.revision(view) > before
    assert reading.revision(store) == before
    settings.set_due_day(OFFICE, store, 6, NOW)
    with store.read() as view:
        assert reading.revision(store) == audit.revision(view)


def test_demo_accounts_are_refused_where_data_may_be_real(store):
    with pytest.raises(ValueError, match="demo"):
        accounts.add_demo(store, "demo-office", "文明办", Post("office"), now=NOW)
    settings.mark_demo(OFFICE, store, "2026-05-04", NOW)
    accounts.add_demo(store, "demo-office", "文明办", Post("office"), now=NOW)
    accounts.add_demo(store, "demo-office", "文明办", Post("office"), now=NOW)
    assert [account.login for account in accounts.listed(OFFICE, store)] == ["demo-office"]
    assert not accounts.any_account(store)
