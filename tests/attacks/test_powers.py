"""Those who keep accounts, codes and records, and what they may not make of that."""

import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from beicha.actions import accounts, audit_chain
from beicha.actions.accounts import AccountError
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.store import open_store
from beicha.web.people import COOKIE
from tests.attacks.house import House
from tests.attacks.raw import Tab, ask
from tests.attacks.test_sessions import GOOD, post

TAMPERED = {
    "a row that says another": "UPDATE audit SET actor = 'somebody' WHERE seq = 2",
    "a row that names another time": "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE seq = 2",
    "a row that was taken out": "DELETE FROM audit WHERE seq = 2",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whoever_changes_the_audit_in_the_database_is_found(house: House, tmp_path: Path, what: str) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(house.folder / "beicha.db") as live, sqlite3.connect(copy) as target:
        live.backup(target)
    live.close()
    target.close()
    assert wrong_row(copy) is None
    shutil.copy(copy, tmp_path / "tampered.db")
    with sqlite3.connect(tmp_path / "tampered.db") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        assert database.execute(TAMPERED[what]).rowcount > 0
    database.close()
    assert wrong_row(tmp_path / "tampered.db") is not None


def wrong_row(path: Path) -> int | None:
    """The first row of a database's audit that does not fit."""
    store = open_store(f"sqlite:///{path}")
    found = audit_chain.verify(OFFICE, store).wrong
    store.close()
    return found


def test_half_of_a_sign_in_opens_nothing(house: House) -> None:
    login = house.newcomer(Post("admin"), password=GOOD)
    answer = post(house, "/login", {"login": login, "password": GOOD})
    assert answer.headers["location"].startswith("/login/code")
    assert f"{COOKIE}=" not in answer.headers["set-cookie"]
    found = re.search(r"beicha_half=([^;]+)", answer.headers["set-cookie"])
    assert found
    half = {"beicha_half": found[1]}
    for path in ("/", "/accounts", "/plain/upload", "/account/sessions", "/account/password", "/download/areas.xlsx"):
        assert ask(house.base, "GET", path, cookies=half).headers["location"].startswith("/login")
        assert ask(house.base, "GET", path, found[1]).headers["location"].startswith("/login")
    for token, cookies in ((found[1], {}), ("", half)):
        with Tab(house.base, token, cookies=cookies) as tab:
            assert tab.run().redirect == "/login"


def test_nobody_gives_themselves_a_post_or_more_than_they_hold(house: House) -> None:
    now = datetime.now(UTC)
    admin = house.newcomer(Post("admin"))
    street = house.newcomer(Post("street", "s1"))
    victim = house.newcomer(Post("clerk", "a"))
    with pytest.raises(AccountError, match="self"):
        accounts.give_post(Grant(admin, (Post("admin"),)), house.store, admin, Post("office"), now=now)
    giver = Grant(street, (Post("street", "s1"),))
    for greedy in (
        Post("office"),
        Post("admin"),
        Post("auditor"),
        Post("street"),
        Post("street", "s2"),
        Post("clerk", "c"),
    ):
        with pytest.raises((Refused, AccountError)):
            accounts.give_post(giver, house.store, victim, greedy, now=now)
    with pytest.raises((Refused, AccountError)):
        accounts.give_post(giver, house.store, street, Post("clerk", "a"), now=now)
    posts = {one.login: [listed.post for listed in one.posts] for one in accounts.listed(OFFICE, house.store)}
    assert (posts[admin], posts[street], posts[victim]) == (
        [Post("admin")],
        [Post("street", "s1")],
        [Post("clerk", "a")],
    )
