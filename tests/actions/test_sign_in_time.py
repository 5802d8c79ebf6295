"""How long a sign-in takes to be refused says nothing about the login: measured, at the full cost of a hash."""

import time
from datetime import timedelta
from statistics import median

import pytest

from beicha.actions import accounts, passwords
from beicha.actions.grants import OFFICE, Post
from beicha.actions.guesses import MOST
from beicha.actions.signing_in import Attempt, sign_in
from tests.actions.test_accounts import GOOD, NOW

ROUNDS = 7


@pytest.fixture
def people(sqlite_store):
    for login in ("wang", "gone"):
        accounts.add(OFFICE, sqlite_store, login, "王芳", [Post("office")], now=NOW)
        accounts.set_password(OFFICE, sqlite_store, login, GOOD, now=NOW)
    accounts.disable(OFFICE, sqlite_store, "gone", now=NOW)
    return sqlite_store


def seconds(store, tries, rounds=ROUNDS):
    """The median seconds of each try, taken in turn so that a busy machine slows all of them alike."""
    taken = {name: [] for name in tries}
    for number in range(rounds + 1):
        now = NOW + number * timedelta(hours=1)
        for name, (login, password) in tries.items():
            begun = time.perf_counter()
            answer = sign_in(store, Attempt(login, password, f"10.0.{number}.{len(name)}"), now=now)
            if number:
                taken[name].append(time.perf_counter() - begun)
            assert answer.opened is None
    return {name: median(found) for name, found in taken.items()}


def apart(found):
    """How far the slowest is from the quickest, in parts of one hash."""
    hashes = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        passwords.matches(None, GOOD)
        hashes.append(time.perf_counter() - begun)
    return (max(found.values()) - min(found.values())) / median(hashes)


TRIES = {"wrong password": ("wang", "guess"), "unknown": ("nobody", GOOD), "disabled": ("gone", GOOD)}


def test_a_wrong_password_an_unknown_login_and_a_disabled_account_take_as_long(people):
    assert apart(seconds(people, TRIES)) < 0.5


def test_a_login_that_is_told_at_once_would_be_found(people, monkeypatch):
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, given: kept is not None and real(kept, given))
    found = seconds(people, TRIES)
    monkeypatch.setattr(passwords, "matches", real)
    assert apart(found) > 0.5


def test_locked_logins_take_as_long_whether_anybody_has_them(people):
    for login in ("wang", "nobody"):
        for _ in range(MOST):
            sign_in(people, Attempt(login, "guess", "10.9.9.9"), now=NOW)
    taken = {"wang": [], "nobody": []}
    for _ in range(3 * ROUNDS):
        for login, found in taken.items():
            begun = time.perf_counter()
            assert sign_in(people, Attempt(login, GOOD, "10.9.9.8"), now=NOW).wait
            found.append(time.perf_counter() - begun)
    assert apart({login: median(found) for login, found in taken.items()}) < 0.5
