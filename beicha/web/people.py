"""Who asks: the session's cookie, and the person whom the gate has found by it."""

from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from beicha.actions.grants import Grant, Refused
from beicha.actions.sessions import Person

COOKIE = "beicha_session"
_PERSON = "beicha.person"


def now() -> datetime:
    """The moment by which sessions live and end: the real one, also in the demo."""
    return datetime.now(UTC)


def set_person(scope: MutableMapping[str, Any], person: Person | None) -> None:
    """Notes who asks; for the gate alone."""
    scope[_PERSON] = person


def person_or_none(request: HTTPConnection) -> Person | None:
    """Who asks, None on the few addresses that are open to everybody."""
    found: Person | None = request.scope.get(_PERSON)
    return found


def person_of(request: Request) -> Person:
    """Who asks; raises Refused where nobody is signed in."""
    found = person_or_none(request)
    if found is None:
        raise Refused(Grant("-"), "see")
    return found


def grant_of(request: Request) -> Grant:
    """What whoever asks may do; raises Refused where nobody is signed in."""
    return person_of(request).grant


def with_session(request: HTTPConnection, response: Response, token: str) -> Response:
    """The answer, with a session's token given to the browser for as long as it stays open."""
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure)
    return response


def without_session(response: Response) -> Response:
    """The answer, with the token taken from the browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


def address_of(request: HTTPConnection) -> str:
    """The network address of whoever asks."""
    return request.client.host if request.client else ""


def to_password(after: str) -> str:
    """The page for a password that has to be set before anything else, and where to go on to from there."""
    return "/account/password" if after == "/" else f"/account/password?{urlencode({'next': after})}"


def local_path(text: str) -> str:
    """A path on this server to go on to; "/" where the text is anything else, such as another server's address."""
    unfit = not text.startswith("/") or text[1:2] in ("/", "\\") or not text.isprintable() or "\\" in text
    if unfit or len(text) > 2000:
        return "/"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    door = parts.path in ("/login", "/logout") or parts.path.startswith("/login/")
    return "/" if parts.scheme or parts.netloc or door else text
