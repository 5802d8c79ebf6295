"""What is attacked: the service as people start it, on a real database, with people and with words planted in it.

Of every community's rows one says a word that stands nowhere else; found in what somebody is sent, it tells at once
whose rows have crossed to them.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beicha.actions import passwords
from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.grants import OFFICE, Post
from beicha.actions.sessions import open_session
from beicha.actions.submissions import submit
from beicha.store import Store, accounts, areas, audit, open_store, submissions
from beicha.store.content import Content
from beicha.store.files import NamedFile
from beicha.store.submissions import Key, SentFile
from scoring.facts import Area
from tests.attacks.raw import Tab
from tests.browser.conftest import serve
from tests.ui.district import NOW, rows, settle
from tests.web import test_matrix as matrix

MONTH = "2026-04"
PLANTED = {"a": "暗号红旗甲", "b": "暗号春风乙", "c": "暗号和平丙"}
TAG = "<img src=x onerror=alert(1)>[点](http://evil.example)"
PEOPLE = matrix.PEOPLE | {"far clerk": (Post("clerk", "c"),)}


@dataclass
class House:
    """A running service, its database, and its people."""

    base: str
    store: Store
    folder: Path
    accounts: dict[str, int] = field(default_factory=dict)

    def enter(self, who: str) -> str:
        """The token of a session just opened."""
        now = datetime.now(UTC)
        with self.store.write() as change:
            account = accounts.by_id(change, self.accounts[who])
            assert account is not None
            return open_session(
                change, account, now=now, address="127.0.0.1", agent="test", by="test", factor=True
            ).token

    def newcomer(self, *posts: Post, password: str = "") -> str:
        """Somebody new with these posts, whom an attack may change; gives what they sign in with."""
        login = f"new{len(self.accounts)}"
        self.accounts[login] = _add(self.store, login, posts, password)
        return login

    def tab(self, who: str, **more: Any) -> Tab:
        """A tab of a session just opened, drawn once."""
        return Tab(self.base, self.enter(who), **more)

    def hand_in(self, community: str, lectures: int) -> None:
        """Hands the month of a community in anew, with so many rows."""
        report, file = _report(community, PLANTED[community], lectures, "又一份")
        submit(OFFICE, self.store, Draft((report,), ()), [file], now=NOW)

    def sent_file(self, community: str) -> str:
        """Where the newest file of a community is to be had."""
        with self.store.read() as view:
            found = submissions.newest(view, Key(community, MONTH))
            assert found is not None
            (file,) = submissions.sent_files(view, [found.seq])[found.seq]
        return f"/download/original?version={found.seq}&sha256={file.sha256}"

    @property
    def actions(self) -> Counter[str]:
        """What has been done so far, counted by kind."""
        return Counter(entry.action for entry in self.entries)

    @property
    def entries(self) -> tuple[audit.Entry, ...]:
        """All that was written down."""
        with self.store.read() as view:
            return audit.entries(view, limit=100_000)

    @property
    def process(self) -> int:
        """The number of the service's process."""
        return int((self.folder / "service.pid").read_text())

    @property
    def log(self) -> str:
        """What the service has written down so far."""
        return (self.folder / "service.log").read_text("utf-8", errors="replace")


@contextmanager
def opened(folder: Path, before: str = "") -> Iterator[House]:
    """Fills a database, serves it, and ends that again; ``before`` is what the service's program does first."""
    url = f"sqlite:///{folder / 'beicha.db'}"
    store = open_store(url)
    settle(store)
    plant(store)
    people = {who: _add(store, who.replace(" ", "-").replace("'", ""), posts) for who, posts in PEOPLE.items()}
    for base in serve(url, folder, before):
        yield House(base, store, folder, people)
    store.close()


def plant(store: Store) -> None:
    """Hands in the month twice, with a word of its own in the rows of every community; one more is called a tag."""
    with store.write() as change:
        areas.add(change, [areas.AreaVersion(Area("t", TAG, "community", "s2", "B 类", 4))])
    for lectures, name in ((4, "以前的表"), (3, "")):
        found = [_report(community, word, lectures, name or word) for community, word in PLANTED.items()]
        files = [file for _, file in found]
        submit(OFFICE, store, Draft(tuple(report for report, _ in found), ()), files, now=NOW)


def _report(community: str, word: str, lectures: int, name: str) -> tuple[DraftReport, NamedFile]:
    file = NamedFile(f"{name}.xlsx", f"{word} as it was sent, {lectures}".encode())
    planted = rows(MONTH, lectures)
    planted.values["theme"][0] = word
    content = Content({"lectures": planted})
    sent = (SentFile(file.sha256, file.name),)
    return DraftReport(Key(community, MONTH), community, content, sent, False), file


def _add(store: Store, login: str, posts: tuple[Post, ...], password: str = "") -> int:
    now = datetime.now(UTC)
    with store.write() as change:
        number = accounts.add(change, login, f"测试 {login}", demo=False, by="local", at=now)
        accounts.set_password(
            change, number, passwords.hashed(password) if password else "none that fits", must_change=False
        )
        for post in posts:
            accounts.add_post(change, number, post.role, post.area, post.lines, by="local", at=now)
    return number
