"""The gate before everything else, http and websocket alike: until accounts exist, only this machine gets in."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beicha.web.headers import NO_STORE, add_security
from beicha.words.language import later, say

CLOSED = ("/_stcore/metrics", "/_stcore/agent")
"""Addresses of Streamlit that nobody needs here; they answer as if they did not exist."""

REFUSED = later(
    "Beicha is open on this computer only for now. Open it at http://127.0.0.1 with the port shown at start."
)


class Gate:
    """ASGI middleware that lets in what comes from this machine, by its own address, and from its own pages.

    A request whose Host is another name (DNS rebinding), whose Origin is another page (cross-site request) or whose
    client is another machine is answered with 403; a websocket is refused before it opens.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, hides, or passes on with the security headers added."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not is_local(scope):
            await _refuse(scope, receive, send)
        elif _is_closed(scope["path"]):
            await _answer(PlainTextResponse("Not found", 404), scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))


def is_local(scope: Scope) -> bool:
    """Whether client, Host and Origin of a request all say: this machine, this server."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    client = scope.get("client")
    if client is not None and not _is_loopback(client[0]):
        return False
    if not _is_loopback(_hostname(host)):
        return False
    origin = headers.get("origin")
    return origin is None or _authority(origin) == host.lower()


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _authority(origin: str) -> str:
    """Host and port of an http(s) origin in small letters; '' for any other, such as ``null``."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in ("http", "https") else ""


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_closed(path: str) -> bool:
    return any(path == closed or path.startswith(closed + "/") for closed in CLOSED)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    text = f"{say('zh_CN', REFUSED)}\n{REFUSED}\n"
    await _answer(PlainTextResponse(text, 403, headers=NO_STORE), scope, receive, send)


async def _answer(response: PlainTextResponse, scope: Scope, receive: Receive, send: Send) -> None:
    """Sends the answer; a websocket is closed before it is accepted, which a browser sees as 403."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    else:
        await response(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            add_security(MutableHeaders(scope=message))
        await send(message)

    return send_with_headers
