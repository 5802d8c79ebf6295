"""Signing in through another service: to it and back, in the same browser, ending in a session like any other.

What was begun is known by a sealed cookie alone, good for ten minutes and once: a code that comes back to another
browser, or a second time, opens nothing.
"""

import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import sealing, signing_in
from beicha.actions.accounts import normal_login
from beicha.actions.opening import the_store
from beicha.actions.signing_in import Vouched
from beicha.web.answers import language_in
from beicha.web.headers import NO_STORE
from beicha.web.people import address_of, local_path, now, with_session
from beicha.web.plain_pages import plain_page
from beicha.web.provider import ProviderError, the_provider
from beicha.web.second_step import to_second_step
from beicha.words.language import later

COOKIE = "beicha_oidc"
PLACE, BACK = "/login/oidc", "/login/oidc/back"
LIVES = timedelta(minutes=10)
LONGEST_NEXT = 600
"""A cookie holds 4 KB; who comes from a longer address goes on at the first page."""
AT_ONCE = 4
"""So many sign-ins wait for the provider together: one that hangs holds up nobody else."""
SILENT = later("The sign-in service does not answer. Sign in with login and password, or try again later.")
NOT_BEGUN = later("This sign-in was not begun in this browser, or more than ten minutes ago. Please begin it again.")
REFUSED = later("The sign-in service did not confirm who you are. Please begin again.")
UNKNOWN = later(
    "The sign-in service says that you are “{login}”. There is no account of this login here, or it is disabled. "
    "Ask an administrator for one, and name this login."
)

_log = logging.getLogger(__name__)
_LIMITER: RunVar[CapacityLimiter] = RunVar("sign-ins at the provider")


def begin(request: Request) -> Response:
    """Sends the browser to the provider."""
    provider = the_provider()
    if provider is None:
        return RedirectResponse("/login", 303, headers=NO_STORE)
    after = local_path(request.query_params.get("next", "/"))
    begun = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    try:
        place = provider.address(_back(request), **begun)
    except ProviderError as error:
        return _not_answered(request, error)
    carried = {"next": after if len(after.encode()) <= LONGEST_NEXT else "/", "lang": language_in(request.query_params)}
    response = RedirectResponse(place, 303, headers=NO_STORE)
    response.set_cookie(
        COOKIE, sealing.seal(json.dumps({**begun, **carried}), COOKIE), max_age=int(LIVES.total_seconds()), path=PLACE,
        httponly=True, samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


def come_back(request: Request) -> Response:
    """Signs in whom the provider vouches for, and goes on to where they wanted to."""
    provider, begun = the_provider(), _begun(request)
    if provider is None or begun is None:
        return _told(request, NOT_BEGUN, 400)
    code, issuer = request.query_params.get("code", ""), request.query_params.get("iss", provider.settings.issuer)
    if not code or issuer != provider.settings.issuer:
        return _told(request, REFUSED, 401)
    try:
        known = provider.known(_back(request), code, nonce=begun["nonce"], verifier=begun["verifier"])
    except ProviderError as error:
        _log.warning("a sign-in through the provider failed: %s", error)
        return _told(request, REFUSED, 401)
    vouched = Vouched(known.login, known.factor, address_of(request), request.headers.get("user-agent", ""))
    answer = signing_in.vouched_for(the_store(), vouched, now=now())
    if answer.half:
        return _forgotten(to_second_step(request, answer.half, begun["next"]))
    if answer.opened is None:
        return _told(request, UNKNOWN, 403, login=normal_login(known.login)[:64])
    after = RedirectResponse(begun["next"], 303, headers=NO_STORE)
    return _forgotten(with_session(request, after, answer.opened.token))


def _begun(request: Request) -> dict[str, str] | None:
    """What this browser began, where it comes back with the same state; None where it did not."""
    text = sealing.unsealed(request.cookies.get(COOKIE, ""), COOKIE, LIVES)
    begun: dict[str, str] = json.loads(text) if text else {}
    same = secrets.compare_digest(begun.get("state", "").encode(), request.query_params.get("state", "").encode())
    return begun if begun and same else None


def _back(request: Request) -> str:
    """Where the browser comes back to: this server, by the name that the gate let it call."""
    return f"{request.url.scheme}://{request.url.netloc}{BACK}"


def _told(request: Request, why: str, status: int, **values: str) -> Response:
    return _forgotten(plain_page(request, "oidc.html", status, why=why, values=values))


def _not_answered(request: Request, error: ProviderError) -> Response:
    _log.warning("the provider did not answer: %s", error)
    return _told(request, SILENT, 502)


def _forgotten(response: Response) -> Response:
    """The answer, with the cookie taken away: what was begun is over, however it ended."""
    response.delete_cookie(COOKIE, path=PLACE, httponly=True, samesite="lax")
    return response


def _apart(act: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The action in one of a few threads of its own."""

    async def answer(request: Request) -> Response:
        try:
            limiter = _LIMITER.get()
        except LookupError:
            limiter = CapacityLimiter(AT_ONCE)
            _LIMITER.set(limiter)
        return await run_sync(act, request, limiter=limiter)

    return answer


ROUTES: tuple[BaseRoute, ...] = (
    Route(PLACE, _apart(begin), methods=["GET"]),
    Route(BACK, _apart(come_back), methods=["GET"]),
)
