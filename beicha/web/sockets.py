"""The open websockets of this process by session, so that they can be cut when the session ends.

A page whose session ended must not stay on the screen: before its websocket closes, a last message leads the browser
to the sign-in page. What that message is, only Streamlit knows; the front door hands it in.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection
from threading import Lock

from starlette.types import Message, Receive, Send

ENDED = 4401
"""The closing code that tells a browser's websocket that nobody is signed in any more."""


class Line:
    """One open websocket between a browser and the pages, until it is cut or ends."""

    def __init__(self, receive: Receive, send: Send, farewell: bytes) -> None:
        self._receive, self._send, self._farewell = receive, send, farewell
        self._loop = asyncio.get_running_loop()
        self._cut = self._loop.create_future()
        self._over = False

    def cut(self) -> None:
        """Ends it soon; may be called from any thread, and several times."""
        self._loop.call_soon_threadsafe(lambda: None if self._cut.done() else self._cut.set_result(None))

    async def receive(self) -> Message:
        """The browser's next message; that it is gone where it was cut in between."""
        if self._over:
            return {"type": "websocket.disconnect", "code": ENDED}
        coming = asyncio.ensure_future(self._receive())
        try:
            await asyncio.wait({coming, self._cut}, return_when=asyncio.FIRST_COMPLETED)
            if not self._cut.done():
                return coming.result()
        finally:
            if not coming.done():
                coming.cancel()
        self._over = True
        await say_farewell(self._send, self._farewell)
        return {"type": "websocket.disconnect", "code": ENDED}

    async def send(self, message: Message) -> None:
        """Passes a message on to the browser, unless it was cut."""
        if not self._over:
            await self._send(message)


async def say_farewell(send: Send, farewell: bytes) -> None:
    """Leads the browser to the sign-in page and closes its websocket."""
    await send({"type": "websocket.send", "bytes": farewell})
    await send({"type": "websocket.close", "code": ENDED})


class Sockets:
    """All open lines of this process by the number of their session."""

    def __init__(self) -> None:
        self._lines: defaultdict[int, set[Line]] = defaultdict(set)
        self._lock = Lock()

    def add(self, session: int, line: Line) -> None:
        """Remember a line that opens."""
        with self._lock:
            self._lines[session].add(line)

    def remove(self, session: int, line: Line) -> None:
        """Forget a line that ended."""
        with self._lock:
            self._lines[session].discard(line)
            if not self._lines[session]:
                del self._lines[session]

    @property
    def sessions(self) -> tuple[int, ...]:
        """The sessions that have a line open."""
        with self._lock:
            return tuple(self._lines)

    def cut(self, sessions: Collection[int]) -> None:
        """Cut every line of these sessions."""
        with self._lock:
            lines = [line for session in sessions for line in self._lines.get(session, ())]
        for line in lines:
            line.cut()


SOCKETS = Sockets()
"""Those of this process."""
