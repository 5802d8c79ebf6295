"""Signing in and sessions: what a guesser gets, when a session ends, and who may end it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from beicha.actions import accounts, passwords, sessions, settings, signing_in
from beicha.actions.accounts import AccountError
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.guesses import ADDRESS_MOST, ADDRESS_WAIT, MOST, WAIT
from beicha.actions.sessions import IDLE, LONGEST
from beicha.actions.signing_in import Attempt, sign_in
from beicha.store import settings as stored_settings
from tests.actions.test_accounts import GOOD, NOW, enter, made, told

pytestmark = pytest.mark.usefixtures("quick_passwords")
SECOND = timedelta(seconds=1)


def attempt(store, login, password, now=NOW, address="10.0.0.9"):
    return sign_in(store, Attempt(login, password, address), now=now)


@pytest.mark.parametrize("login", ["wang", "nobody"])
def test_a_login_is_locked_after_five_tries_whether_anybody_has_it_or_not(store, login):
    made(store)
    for number in range(MOST):
        assert attempt(store, login, "guess", NOW + number * SECOND) == signing_in.Answer(None)
    last = NOW + (MOST - 1) * SECOND
    assert attempt(store, login, GOOD, last + SECOND) == signing_in.Answer(None, last + WAIT)
    again = attempt(store, login, GOOD, last + WAIT)
    assert (again.opened is not None) == (login == "wang")


def test_the_right_password_before_the_limit_starts_the_count_anew(store):
    made(store)
    for _ in range(3):
        for _ in range(MOST - 1):
            attempt(store, "wang", "guess")
        assert attempt(store, "wang", GOOD).opened


def test_a_thief_gets_twenty_guesses_an_hour_at_one_account(store):
    made(store)
    now, guesses = NOW, 0
    while now < NOW + timedelta(hours=1):
        guesses += attempt(store, "wang", "guess", now, f"10.1.{now.minute}.{now.second}").wait is None
        now += 20 * SECOND
    assert guesses <= 20


def test_a_thief_gets_sixty_guesses_a_quarter_of_an_hour_from_one_address(sqlite_store):
    made(sqlite_store)
    now, counted = NOW, 0
    while now < NOW + timedelta(minutes=15):
        counted += attempt(sqlite_store, f"guess{counted}", "guess", now).wait is None
        now += 5 * SECOND
    assert 30 < counted <= 60


def test_an_address_is_slowed_down_and_never_shut_out(store):
    made(store)
    for number in range(ADDRESS_MOST):
        assert attempt(store, f"guess{number}", "guess").wait is None
    assert attempt(store, "wang", GOOD).wait == NOW + ADDRESS_WAIT
    assert attempt(store, "wang", GOOD, address="10.0.0.10").opened
    assert attempt(store, "wang", GOOD, NOW + ADDRESS_WAIT).opened


def test_an_office_behind_one_address_signs_in_as_often_as_it_likes(store):
    made(store)
    for _ in range(ADDRESS_MOST + 5):
        assert attempt(store, "wang", GOOD).opened


def test_many_tries_at_once_do_not_slip_past_the_limit(store, open_another):
    made(store)
    others = [store, open_another()]
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(attempt, others[number % 2], "wang", f"guess {number}") for number in range(24)]
    assert sum(one.result().wait is None for one in tries) == MOST


def test_one_hash_is_worked_out_whoever_tries(store, monkeypatch):
    made(store)
    worked: list[str | None] = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, given: worked.append(kept) or real(kept, given))
    for login in ("wang", "nobody"):
        attempt(store, login, "guess")
    assert [kept is None for kept in worked] == [False, True]


def test_a_code_opens_one_session_however_many_try_at_once(store, open_another):
    code = accounts.add(OFFICE, store, "wang", "王芳", [], now=NOW)
    others = [store, open_another()]
    with ThreadPoolExecutor(4) as pool:
        tries = [pool.submit(attempt, others[number % 2], "wang", code) for number in range(4)]
    assert sum(one.result().opened is not None for one in tries) == 1


def test_a_token_is_random_kept_as_a_digest_and_new_each_time(store):
    made(store)
    one, two = enter(store, "wang", GOOD), enter(store, "wang", GOOD)
    assert one.token != two.token
    assert len(one.token) == 43
    with store.read() as view:
        rows = [session.digest for session in sessions.sessions.of_account(view, one.person.account)]
    assert passwords.digest(one.token) in rows
    assert one.token not in rows
    assert sessions.by_token(store, one.token, NOW) == one.person
    for other in ("", one.token.swapcase(), one.token[:-1], passwords.digest(one.token), "\udcff", "x" * 100_000):
        assert sessions.by_token(store, other, NOW) is None


def test_a_session_ends_when_idle(store):
    person = made(store)
    assert sessions.by_number(store, person.session, NOW + IDLE) is None
    assert sessions.living(store, [person.session], NOW + IDLE) == set()
    assert sessions.by_number(store, person.session, NOW + IDLE - SECOND) == person
    assert sessions.by_number(store, person.session, NOW + 2 * IDLE - 2 * SECOND) == person
    assert sessions.living(store, [person.session], NOW + 2 * IDLE) == {person.session}


def test_a_session_ends_however_much_it_is_used(store):
    person = made(store)
    now = NOW
    while now + IDLE / 2 < NOW + LONGEST:
        now += IDLE / 2
        assert (sessions.by_number(store, person.session, now) is not None) == (now < NOW + LONGEST)
    assert sessions.by_number(store, person.session, NOW + LONGEST - SECOND) is not None
    assert sessions.by_number(store, person.session, NOW + LONGEST) is None


def test_a_changed_password_ends_the_other_sessions_and_needs_the_old_one(store):
    made(store)
    here, there = enter(store, "wang", GOOD).person, enter(store, "wang", GOOD).person
    change = sessions.change_password
    assert change(store, here, "wrong old one", "a new password", now=NOW) == "wrong"
    assert change(store, here, GOOD, GOOD, now=NOW) == "same"
    assert change(store, here, GOOD, "short", now=NOW) == "short"
    assert sessions.by_number(store, there.session, NOW) == there
    assert change(store, here, GOOD, "a new password", now=NOW) is None
    assert sessions.by_number(store, here.session, NOW) == here
    assert sessions.by_number(store, there.session, NOW) is None
    assert enter(store, "wang", GOOD) is None


def test_the_old_password_is_guessed_at_five_times_and_the_right_one_waits_too(store):
    person = made(store)
    change, new = sessions.change_password, "a new password"
    assert [change(store, person, f"guess {n}", new, now=NOW) for n in range(MOST)] == ["wrong"] * MOST
    assert change(store, person, GOOD, new, now=NOW + WAIT - SECOND) == "tries"
    assert enter(store, "wang", GOOD) is not None
    assert change(store, person, GOOD, new, now=NOW + WAIT) is None


def test_strangers_at_the_door_do_not_keep_anybody_from_changing_the_password(store):
    person = made(store)
    for _ in range(MOST):
        attempt(store, "wang", "guess")
    assert sessions.change_password(store, person, GOOD, "a new password", now=NOW) is None


def test_sessions_are_ended_by_their_person_and_by_an_administrator_alone(store):
    made(store)
    made(store, "li")
    wang, other, li = (enter(store, login, GOOD).person for login in ("wang", "wang", "li"))
    assert [one.current for one in sessions.listed(store, wang)].count(True) == 1
    assert not sessions.end_own(store, wang, li.session, now=NOW)
    assert sessions.by_number(store, li.session, NOW) == li
    assert sessions.end_own(store, wang, other.session, now=NOW)
    assert sessions.by_number(store, other.session, NOW) is None
    sessions.end(store, wang, now=NOW)
    assert sessions.by_number(store, wang.session, NOW) is None
    assert sessions.end_of(Grant("root", (Post("admin"),)), store, "li", now=NOW) == 2
    assert sessions.by_number(store, li.session, NOW) is None
    with pytest.raises(AccountError):
        sessions.end_of(OFFICE, store, "nobody", now=NOW)


def test_what_has_ended_by_itself_is_cleared_away(store):
    person = made(store)
    attempt(store, "nobody", "guess")
    sessions.tidy(store, NOW + timedelta(days=1, seconds=1))
    with store.read() as view:
        assert sessions.sessions.of_account(view, person.account) == ()
    assert attempt(store, "nobody", "guess").wait is None


def test_a_number_of_a_session_is_never_used_again(store):
    made(store)
    first = enter(store, "wang", GOOD).person
    sessions.end(store, first, now=NOW)
    assert enter(store, "wang", GOOD).person.session > first.session


def test_names_from_outside_put_no_lines_into_the_audit(store):
    sign_in(store, Attempt("evil\nuser\x1b[31m", "guess", "10.0.0.1", "agent\r\nx"), now=NOW)
    assert told(store)[-1].object == "evil?user?[31m"


def test_demo_people_enter_without_a_password_in_a_demo_alone(store):
    assert sessions.enter_demo(store, "office", now=NOW, address="127.0.0.1", agent="") is None
    settings.mark_demo(OFFICE, store, "2026-05-04", NOW)
    for login in ("office", "leader"):
        accounts.add_demo(store, login, login, Post(login), now=NOW)
    opened = sessions.enter_demo(store, "office", now=NOW, address="127.0.0.1", agent="")
    assert opened.person.grant.posts == (Post("office"),)
    assert sessions.switch_demo(store, opened.person, "leader", now=NOW)
    assert sessions.by_token(store, opened.token, NOW).grant.posts == (Post("leader"),)
    assert not sessions.switch_demo(store, opened.person, "nobody", now=NOW)
    assert enter(store, "office", "") is None
    assert sessions.demo_people(store) == {"office": "office", "leader": "leader"}
    with store.write() as change:
        stored_settings.put(change, "demo_today", None)
    assert sessions.by_token(store, opened.token, NOW) is None
    assert sessions.enter_demo(store, "office", now=NOW, address="127.0.0.1", agent="") is None
    assert sessions.demo_people(store) == {}


def test_a_real_account_is_never_entered_nor_switched_to_by_the_demo(store):
    settings.mark_demo(OFFICE, store, "2026-05-04", NOW)
    accounts.add_demo(store, "office", "文明办", Post("office"), now=NOW)
    person = made(store, "wang")
    assert sessions.enter_demo(store, "wang", now=NOW, address="127.0.0.1", agent="") is None
    demo = sessions.enter_demo(store, "office", now=NOW, address="127.0.0.1", agent="").person
    assert not sessions.switch_demo(store, demo, "wang", now=NOW)
    assert not sessions.switch_demo(store, person, "office", now=NOW)
