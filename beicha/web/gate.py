"""The gate before everything else, http and websocket alike: it refuses by default, and says who asks.

In come only requests for this server's own address, from its own pages, with the cookie of a session that lives. What
a browser says about itself in our headers is thrown away; the pages get the session's number, the client's address
and the share links that the browser opened in three that we set.
"""

import ipaddress
import os
from collections.abc import Iterable, Mapping
from typing import TypeGuard
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beicha.actions import sessions
from beicha.actions.opening import the_store
from beicha.actions.sessions import Person
from beicha.web.headers import NO_STORE, add_security
from beicha.web.people import COOKIE, address_of, now, set_person, to_password
from beicha.web.share_cookies import link_of_board, proved_by
from beicha.web.sockets import SOCKETS, Line, say_farewell
from beicha.words.language import later, say

CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/bidi-components", "/media", "/component", "/app/static")
"""Addresses of Streamlit that nobody needs here; they answer as if they did not exist.

What lies at /media is open to everybody who knows its address, for minutes after its page is gone: no page may put
anything there (no pictures out of bytes, no download buttons); files leave by routes that check the right.
"""
OPEN = (
    "/login",
    "/login/code",
    "/login/oidc",
    "/login/oidc/back",
    "/_stcore/health",
    "/healthz",
    "/readyz",
    "/metrics",
    "/ui/plain.css",
    "/ui/icon.svg",
)
"""What everybody may ask for: the sign-in page with what it needs, and whether the service lives.

The figures of the operator have a token of their own, without which they answer as if they did not exist.
"""
LINKS = ("/s/", "/shared/")
"""Share links, to be opened and looked at."""
STREAM = "/_stcore/stream"
FOR_VISITORS = ("/_stcore/health", "/_stcore/host-config")
FOR_VISITORS_BELOW = ("/static/", "/ui/")
"""What the pages of a share link need besides, and no visitor more: no uploads, no files, no other page."""
UNCHANGED = ("/account/password", "/logout")
"""What is open besides to whoever still has to set a password."""
NOT_SHOWN = ("/_stcore/", "/media/", "/component/", "/static/", "/ui/")
"""What pages fetch by themselves: nobody is led from there to the sign-in page."""
HEADER = b"x-beicha-session"
ADDRESS_HEADER = b"x-beicha-address"
LINKS_HEADER = b"x-beicha-links"
PREFIX = b"x-beicha-"
HOST_VARIABLE = "BEICHA_HOST"
"""Set by ``manage.py serve --host``: the address other machines reach the service at."""

REFUSED = later(
    "Beicha is open on this computer only for now. Open it at http://127.0.0.1 with the port shown at start."
)
UNKNOWN_HOST = later("Beicha does not answer at this address. Open it at the address shown at start.")
SIGNED_OUT = later("Nobody is signed in.")


class Gate:
    """ASGI middleware that lets in whoever is signed in, at this server's own address, from its own pages.

    A request whose Host is another name (DNS rebinding) or whose Origin is another page (cross-site request) is
    answered with 403, and so is another machine unless the service was started for others. Without a session pages
    lead to the sign-in page and everything else answers 401; a websocket is led there before Streamlit sees it.
    """

    def __init__(self, app: ASGIApp, farewell: bytes) -> None:
        """``farewell`` is the message that leads an open page to the sign-in page."""
        self.app, self._farewell = app, farewell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, hides, leads to the sign-in page, or passes on with the security headers added."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not is_welcome(scope):
            await _answer(_refusal(), scope, receive, send)
        elif _is_at(scope["path"], CLOSED) or scope["path"].find("/_stcore/") > 0:  # below a page, as Streamlit asks
            await _answer(PlainTextResponse("Not found", 404), scope, receive, send)
        else:
            await self._look(scope, receive, send)

    async def _look(self, scope: Scope, receive: Receive, send: Send) -> None:
        asking = HTTPConnection(scope)
        token, known = asking.cookies.get(COOKIE, ""), sessions.by_token
        person = await run_in_threadpool(known, the_store(), token, now(), address_of(asking)) if token else None
        links = await run_in_threadpool(proved_by, asking) if _asks_for_links(scope, person) else {}
        scope = _with_known(scope, person, links)
        if scope["type"] == "websocket":
            await self._pass_socket(scope, receive, send, person, links)
        elif _comes_in(scope, person, links):
            await self.app(scope, receive, _with_headers(send))
        else:
            await _answer(_way_in(scope, person), scope, receive, send)

    async def _pass_socket(
        self, scope: Scope, receive: Receive, send: Send, person: Person | None, links: Mapping[str, str]
    ) -> None:
        if not _is_in(person):
            if links and scope["path"] == STREAM:
                await self.app(scope, receive, send)
                return
            await receive()
            await send({"type": "websocket.accept", "subprotocol": next(iter(scope.get("subprotocols", ())), None)})
            await say_farewell(send, self._farewell)
            return
        line = Line(receive, send, self._farewell)
        SOCKETS.add(person.session, line)
        try:
            await self.app(scope, line.receive, line.send)
        finally:
            SOCKETS.remove(person.session, line)


def is_welcome(scope: Scope) -> bool:
    """Whether client, Host and Origin of a request all say: this server, and this machine unless others may come."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    opened = os.environ.get(HOST_VARIABLE, "")
    if not opened and not is_local(scope):
        return False
    if not _is_loopback(_hostname(host)) and _hostname(host) != opened:
        return False
    origin = headers.get("origin")
    return origin is None or _authority(origin) == host.lower()


def is_local(scope: Scope) -> bool:
    """Whether the client is this machine, and calls the server by one of its local names."""
    client = scope.get("client")
    if client is not None and not _is_loopback(client[0]):
        return False
    return _is_loopback(_hostname(Headers(scope=scope).get("host", "")))


def _is_in(person: Person | None) -> TypeGuard[Person]:
    """Whether somebody is signed in, and has a password of their own."""
    return person is not None and not person.must_change


def _asks_for_links(scope: Scope, person: Person | None) -> bool:
    """Whether it matters which share links the browser has opened: for pages of theirs, and for who is not in."""
    board = bool(link_of_board(scope["path"]))
    return scope["type"] == "websocket" or board or (not _is_in(person) and _is_for_visitors(scope))


def _comes_in(scope: Scope, person: Person | None, links: Mapping[str, str]) -> bool:
    """Whether a request passes: open addresses, whoever is signed in, and visitors to what their links need."""
    path = scope["path"]
    board = link_of_board(path)
    if board:
        return board in links and _is_for_visitors(scope)
    if path in OPEN or _is_link(scope) or _is_in(person):
        return True
    return (person is not None and path in UNCHANGED) or (bool(links) and _is_for_visitors(scope))


def _is_link(scope: Scope) -> bool:
    """Whether a share link is opened or looked at, or its password given: whoever has none learns nothing there."""
    readers = scope["path"].startswith(LINKS) and scope["method"] in ("GET", "HEAD")
    return readers or (scope["path"].startswith(LINKS[1]) and scope["method"] == "POST")


def _is_for_visitors(scope: Scope) -> bool:
    path = scope["path"]
    needed = path in FOR_VISITORS or path.startswith(FOR_VISITORS_BELOW) or bool(link_of_board(path))
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and needed and ".." not in path


def _with_known(scope: Scope, person: Person | None, links: Mapping[str, str]) -> Scope:
    """The scope without what the client says in our headers, and with what we know."""
    headers = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(PREFIX)]
    if person is not None:
        headers.append((HEADER, str(person.session).encode()))
        headers.append((ADDRESS_HEADER, person.grant.address.encode()))
    if links:
        headers.append((LINKS_HEADER, ",".join(f"{link}.{seal}" for link, seal in sorted(links.items())).encode()))
    known = {**scope, "headers": headers}
    set_person(known, person)
    return known


def _way_in(scope: Scope, person: Person | None) -> Response:
    """To the sign-in page and back where a person looks at the answer, else that nobody is signed in."""
    path = scope["path"]
    if link_of_board(path):
        return RedirectResponse(f"/shared/{link_of_board(path)}", 303, headers=NO_STORE)
    if _is_icon(path):
        return PlainTextResponse("Not found", 404, headers=NO_STORE)
    if scope["method"] not in ("GET", "HEAD") or path.startswith(NOT_SHOWN):
        return PlainTextResponse(f"{say('zh_CN', SIGNED_OUT)}\n{SIGNED_OUT}\n", 401, headers=NO_STORE)
    query = scope["query_string"].decode("latin-1")
    after = f"{path}?{query}" if query else path
    if person is not None:
        return RedirectResponse(to_password(after), 303, headers=NO_STORE)
    return RedirectResponse(f"/login?next={quote(after, safe='')}" if after != "/" else "/login", 303, headers=NO_STORE)


def _is_icon(path: str) -> bool:
    """Whether it is a file beside the pages, such as the icon that browsers ask for by themselves."""
    return path.count("/") == 1 and "." in path


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


def _is_at(path: str, places: Iterable[str]) -> bool:
    return any(path == place or path.startswith(place + "/") for place in places)


def _refusal() -> Response:
    text = UNKNOWN_HOST if os.environ.get(HOST_VARIABLE) else REFUSED
    return PlainTextResponse(f"{say('zh_CN', text)}\n{text}\n", 403, headers=NO_STORE)


async def _answer(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
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
