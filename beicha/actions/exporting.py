"""Files that leave: who fetched what is in the audit, whatever way it went out."""

from collections.abc import Mapping
from datetime import datetime

from beicha.actions.grants import Grant
from beicha.store import Store, audit

MOST_LETTERS = 80
"""So much is noted of a value out of an address, where anybody may write anything."""


def note_export(
    grant: Grant, store: Store, what: str, file: str, *, now: datetime, asked: Mapping[str, str] | None = None
) -> None:
    """Note that a file of a kind is handed out, and what it was asked by. The right was checked in making it."""
    told = {name: value[:MOST_LETTERS] for name, value in (asked or {}).items()}
    with store.write() as change:
        audit.add(change, now, grant, "file.export", file, what=what, asked=told)
