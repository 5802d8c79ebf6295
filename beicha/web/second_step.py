"""The second step of signing in: a plain page that asks for the code from the app, or has one set up first.

Its cookie opens this page and nothing else; whoever goes anywhere else without a session is led to the sign-in page.
"""

from urllib.parse import urlencode

import segno
from markupsafe import Markup
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import second_factor, second_step
from beicha.actions.opening import the_store
from beicha.actions.second_factor import Offer
from beicha.actions.second_step import From, Half
from beicha.web.answers import language_in
from beicha.web.headers import NO_STORE
from beicha.web.people import address_of, local_path, now, to_password, with_session
from beicha.web.plain_pages import plain_page
from beicha.web.posted import Posted, token_of, with_token
from beicha.web.taking import sent
from beicha.words.language import later

COOKIE = "beicha_half"
PLACE = "/login/code"
WRONG = later("The code does not fit. Take the one that the app shows now; each is good once.")
UNTAKEN = later("The code does not fit the new secret. Scan it again, then type the code that the app shows now.")
WAIT = later("Too many tries. Please try again after {time}.")


def to_second_step(request: HTTPConnection, token: str, after: str) -> Response:
    """To the page of the second step, with the token for it."""
    place = f"{PLACE}?{urlencode({'next': after, 'lang': language_in(request.query_params)})}"
    response = RedirectResponse(place, 303, headers=NO_STORE)
    lives = int(second_step.HALF_LIVES.total_seconds())
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, max_age=lives, httponly=True, samesite="lax", secure=secure)
    return response


def qr_code(address: str) -> Markup:
    """The address as a QR code, in SVG to stand within a page."""
    return Markup(segno.make(address, error="m").svg_inline(border=4, omitsize=True, dark="#000", light="#FFF"))  # noqa: S704 - drawn by us


def show(request: Request) -> Response:
    """The page that asks for the code, or shows what to set up."""
    half = _half(request)
    return _to_sign_in(request) if half is None else _page(request, half)


def send(request: Request, form: Posted) -> Response:
    """Opens the session where the code fits, and goes on; after setting up, the recovery codes are shown first."""
    half = _half(request)
    if half is None:
        return _to_sign_in(request)
    where = From(address_of(request), request.headers.get("user-agent", ""))
    code, offer = form.text("code"), None
    if half.sets_up:
        offer = second_factor.offered(form.text("offer"), half.account, half.login)
        if offer is None:
            return _page(request, half)
        answer = second_step.set_up(the_store(), half, offer, code, where, now=now())
    else:
        answer = second_step.finish(the_store(), half, code, where, now=now())
    if answer.opened is None:
        why = {"why": UNTAKEN if half.sets_up else WRONG} if answer.wait is None else {"why": WAIT, "time": answer.wait}
        return _page(request, half, 401 if answer.wait is None else 429, offer, **why)
    return _go_on(request, answer.opened.token, answer.opened.person.must_change, answer.codes)


def _go_on(request: Request, token: str, must_change: bool, codes: tuple[str, ...]) -> Response:
    after = to_password(_after(request)) if must_change else _after(request)
    response: Response = RedirectResponse(after, 303, headers=NO_STORE)
    if codes:
        response = plain_page(request, "recovery_codes.html", codes=codes, after=after)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return with_session(request, response, token)


def _half(request: Request) -> Half | None:
    return second_step.known(the_store(), request.cookies.get(COOKIE, ""), now())


def _page(request: Request, half: Half, status: int = 200, offer: Offer | None = None, **told: object) -> Response:
    token, here = token_of(request), f"{PLACE}?{urlencode(_carried(request))}"
    values = {"why": "", "time": None, **told, "token": token, "here": here, "proof": "none"}
    if not half.sets_up:
        return with_token(plain_page(request, "second_step.html", status, **values), token)
    offer = offer or second_factor.offer(half.account, half.login)
    page = plain_page(request, "factor_set_up.html", status, offer=offer, qr=qr_code(offer.address), **values)
    return with_token(page, token)


def _carried(request: Request) -> dict[str, str]:
    return {"next": _after(request), "lang": language_in(request.query_params)}


def _after(request: Request) -> str:
    return local_path(request.query_params.get("next", "/"))


def _to_sign_in(request: Request) -> Response:
    return RedirectResponse(f"/login?{urlencode(_carried(request))}", 303, headers=NO_STORE)


ROUTES: tuple[BaseRoute, ...] = (
    Route(PLACE, show, methods=["GET"]),
    Route(PLACE, sent(send), methods=["POST"]),
)
