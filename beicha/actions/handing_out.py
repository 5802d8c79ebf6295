"""Files that are handed out once, such as one-time codes: kept in this process's memory alone, until they are fetched.

They are for whoever had them made, for a quarter of an hour; nothing of them is ever written down here.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from beicha.actions.grants import Grant
from beicha.store.files import NamedFile

LIVES = timedelta(minutes=15)
MOST = 50


@dataclass(frozen=True)
class _Waiting:
    actor: str
    file: NamedFile
    until: datetime


class Desk:
    """Files that wait to be fetched, at most so many; the oldest goes first."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()
        self._lock = Lock()

    def leave(self, grant: Grant, file: NamedFile, now: datetime) -> str:
        """Leave a file for whoever asks now; gives the ticket to fetch it with."""
        ticket = secrets.token_urlsafe(16)
        with self._lock:
            self._clear(now)
            self._waiting[ticket] = _Waiting(grant.actor, file, now + LIVES)
            while len(self._waiting) > MOST:
                self._waiting.popitem(last=False)
        return ticket

    def fetch(self, grant: Grant, ticket: str, now: datetime) -> NamedFile:
        """The file, once and only for whom it was left; LookupError for anything else."""
        with self._lock:
            self._clear(now)
            found = self._waiting.get(ticket)
            if found is None or found.actor != grant.actor:
                raise LookupError("no file waits for this ticket")
            del self._waiting[ticket]
        return found.file

    def waits(self, ticket: str, now: datetime) -> bool:
        """Whether the file was not fetched yet and can still be."""
        with self._lock:
            self._clear(now)
            return ticket in self._waiting

    def _clear(self, now: datetime) -> None:
        for ticket in [ticket for ticket, one in self._waiting.items() if one.until <= now]:
            del self._waiting[ticket]


DESK = Desk()
"""That of this process."""
