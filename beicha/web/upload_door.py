"""The door for files on their way to a page: only to the caller's own tabs, and no more than the memory is for.

Streamlit keeps what it is sent in memory until a page has read it, and asks neither whose the tab is that a file goes
to, or is taken from, nor how many there are already. Whose a tab is, only Streamlit knows; the front door hands it in.
"""

import asyncio
from collections import Counter
from typing import Protocol

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from beicha.actions.sessions import Person
from beicha.web.headers import NO_STORE
from beicha.web.people import person_or_none

PLACE = "/_stcore/upload_file/"
MOST_BYTES = 420 << 20
"""Of one session: a batch of 300 MB is taken together, and another may wait in a second tab."""
MOST_FILES = 1200
"""Of one session: a batch may have a thousand."""
MOST_IN_ALL = 1500 << 20
MOST_SECONDS = 600
"""For one file to arrive."""


class Tabs(Protocol):
    """What Streamlit knows of its open tabs; ``headers`` are those that the gate has passed on."""

    def owned(self, headers: Headers, tab: str) -> bool:
        """Whether the tab is open, and the caller's."""

    def held(self, headers: Headers) -> tuple[int, int]:
        """How many files the caller's tabs hold, and how many bytes."""

    def held_by_all(self) -> int:
        """How many bytes all tabs hold."""


class UploadDoor:
    """ASGI middleware behind the gate that passes on uploads to the caller's tabs, within bounds."""

    def __init__(self, app: ASGIApp, tabs: Tabs) -> None:
        self.app, self._tabs = app, tabs
        self._coming: Counter[int] = Counter()
        self._arriving: Counter[int] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """404 for a tab that is not the caller's, 411 without a length, 413 for too much, else Streamlit's answer."""
        if scope["type"] != "http" or not scope["path"].startswith(PLACE):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        tab = scope["path"].removeprefix(PLACE).partition("/")[0]
        person = person_or_none(request)
        if person is None or not self._tabs.owned(request.headers, tab):
            await _refuse(404)(scope, receive, send)
        elif request.method == "PUT":
            await self._take(request, person, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _take(self, request: Request, person: Person, receive: Receive, send: Send) -> None:
        """Passes a file on, with room kept for it while it arrives; how long it is must be said before."""
        said = request.headers.get("content-length", "")
        if not said.isdecimal() or "transfer-encoding" in request.headers:
            await _refuse(411)(request.scope, receive, send)
            return
        size, key = int(said), person.session
        if not self._has_room(request.headers, key, size):
            await _refuse(413)(request.scope, receive, send)
            return
        self._coming[key] += 1
        self._arriving[key] += size
        try:
            async with asyncio.timeout(MOST_SECONDS):
                await self.app(request.scope, receive, send)
        except TimeoutError:
            pass  # the connection ends without an answer, as where the line was cut
        finally:
            self._coming[key] -= 1
            self._arriving[key] -= size
            if not self._coming[key]:
                del self._coming[key], self._arriving[key]

    def _has_room(self, headers: Headers, key: int, size: int) -> bool:
        files, held = self._tabs.held(headers)
        own = held + self._arriving[key] + size
        everybody = self._tabs.held_by_all() + sum(self._arriving.values()) + size
        return files + self._coming[key] < MOST_FILES and own <= MOST_BYTES and everybody <= MOST_IN_ALL


def _refuse(status: int) -> PlainTextResponse:
    """A short answer after which the connection ends, so that the rest of a file is not read."""
    return PlainTextResponse(f"{status}\n", status, headers={**NO_STORE, "Connection": "close"})
