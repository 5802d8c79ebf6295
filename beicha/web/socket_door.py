"""The door for what open pages say: only what our pages have a use for, and no more pages than a person looks at.

Besides asking for runs, Streamlit's websocket takes wishes of developers: to empty the caches of everybody, to tell of
the source's state, to write files beside it; and one small message can ask for addresses of a million files. Its own
messages tell of the machine it runs on. Which messages are meant, only Streamlit knows; the front door hands that in.
"""

from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beicha.web.people import person_or_none

LINKS = "x-beicha-links"
"""Where the gate says which share links a visitor has opened."""
MOST_TABS = 40
"""Of one session; each costs the machine a run of a page and some memory."""
MOST_VISITORS = 120
"""Of one share link: whoever comes later reads its plain page, which costs a hundredth."""
MOST_IN_ALL = 1000
TRY_LATER = 1013


class SocketDoor:
    """ASGI middleware behind the gate that passes on websockets, without the messages that nobody has a use for."""

    def __init__(self, app: ASGIApp, useful: Callable[[bytes], bool], discreet: Callable[[bytes], bytes]) -> None:
        """``useful`` says of a browser's message whether pages have a use for it; ``discreet`` takes from an answer
        what is nobody's business.
        """
        self.app, self._useful, self._discreet = app, useful, discreet
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses one page too many; else passes on what is useful of what is said."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        receive, send = self._listener(receive), self._speaker(send)
        who, most = _seat(scope)
        if self._open[who] >= most or self._open.total() >= MOST_IN_ALL:
            await receive()
            await send({"type": "websocket.close", "code": TRY_LATER})
            return
        self._open[who] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

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


def _seat(scope: Scope) -> tuple[str, int]:
    """Whose page it is, as the gate says, and how many of them there may be: a session's, or share links'."""
    person = person_or_none(HTTPConnection(scope))
    if person is not None:
        return f"session {person.session}", MOST_TABS
    return f"links {Headers(scope=scope).get(LINKS, '')}", MOST_VISITORS
