"""Pages run on a store of their own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from beicha.actions import sessions
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.ui.office import KEPT
from tests.ui.district import settle, signed_in

SHELL = Path(__file__).resolve().parents[2] / "beicha" / "ui" / "shell.py"


@pytest.fixture
def empty_office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An office that has entered nothing yet."""
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    KEPT.clear()
    yield
    the_store().close()


@pytest.fixture
def office(empty_office: None) -> None:
    """An office with the small district."""
    settle(the_store())


@pytest.fixture
def open_page() -> Callable[..., Any]:
    """Opens a page as an address would, for somebody who holds these posts: the same person for the same ones."""
    tokens: dict[tuple[Post, ...], str] = {}

    def opened(page: str = "overview", posts: tuple[Post, ...] = OFFICE.posts, **query: str) -> AppTest:
        at = AppTest.from_file(str(SHELL), default_timeout=30)
        if posts not in tokens:
            tokens[posts] = signed_in(the_store(), *posts, login=f"person-{len(tokens)}")
        person = sessions.by_token(the_store(), tokens[posts], datetime.now(UTC))
        assert person is not None
        at.user = {"session": str(person.session)}
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if page != "overview":
            at.switch_page(f"../../pages/{page}.py").run()
        assert not at.exception, at.exception
        return at

    return opened
