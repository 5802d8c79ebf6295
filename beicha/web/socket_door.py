"""The door for what open pages say: only what our pages have a use for, and no more pages than a person looks at.

Besides asking for runs, Streamlit's websocket takes wishes of developers: to empty the caches of everybody, to tell of
the source's state, to write files beside it; and one small message can ask for addresses of a million files. Its own
messages tell of the machine it runs on. Which messages are meant, only Streamlit knows; the front door hands that in.
"""

from collections import Counter
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beicha.web.people import person_or_none

MOST_TABS = 40
"""Of one session; each costs the machine a run of a page and some memory."""
TRY_LATER = 1013


class SocketDoor:
    """ASGI middleware behind the gate that passes on websockets, without the messages that nobody has a use for."""

    def __init__(self, app: ASGIApp, useful: Callable[[bytes], bool], discreet: Callable[[bytes], bytes]) -> None:
        """``useful`` says of a browser's message whether pages have a use for it; ``discreet`` takes from an answer
        what is nobody's business.
        """
        self.app, self._useful, self._discreet = app, useful, discreet
        self._open: Counter[int] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses one page too many; else passes on what is useful of what is said."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        receive, send = self._listener(receive), self._speaker(send)
        person = person_or_none(HTTPConnection(scope))
        if person is None:
            await self.app(scope, receive, send)
            return
        if self._open[person.session] >= MOST_TABS:
            await receive()
            await send({"type": "websocket.close", "code": TRY_LATER})
            return
        self._open[person.session] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[person.session] -= 1
            if not self._open[person.session]:
                del self._open[person.session]

    def _listener(self, receive: Receive) -> Receive:
        async def hear() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or self._useful(message.get("bytes") or b""):
                    return message

        return hear

    def _speaker(self, send: Send) -> Send:
        async def speak(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message = {**message, "bytes": self._discreet(message["bytes"])}
            await send(message)

        return speak
