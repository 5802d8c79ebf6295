"""A session of the office to look with, as signing in would give it."""

from datetime import UTC, datetime

from beicha.actions.sessions import open_session
from beicha.store import Store, accounts


def entered(store: Store, login: str = "benchmark") -> str:
    """Makes an account of the office and signs it in; the session's token."""
    now = datetime.now(UTC)
    with store.write() as change:
        number = accounts.add(change, login, "测速", demo=False, by="local", at=now)
        accounts.set_password(change, number, "none that fits", must_change=False)
        accounts.add_post(change, number, "office", None, None, by="local", at=now)
        account = accounts.by_id(change, number)
        assert account is not None, "it was just made"
        return open_session(change, account, now=now, address="127.0.0.1", agent="benchmark", by="benchmark").token
