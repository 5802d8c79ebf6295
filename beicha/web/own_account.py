"""A person's own account: change the password, see where one is signed in, end sign-ins, sign out."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import sessions
from beicha.actions.account_texts import FAULTS
from beicha.actions.opening import the_store
from beicha.web.answers import language_in
from beicha.web.headers import NO_STORE
from beicha.web.people import local_path, now, person_of
from beicha.web.plain_pages import address, plain_page
from beicha.web.posted import Posted, token_of, with_token
from beicha.web.sockets import SOCKETS
from beicha.web.taking import sent
from beicha.words.language import later

TWICE = later("The two are not the same.")


def password(request: Request) -> Response:
    """The form for a new password."""
    return _password_form(request)


def set_password(request: Request, form: Posted) -> Response:
    """Changes the password and goes on; every other sign-in of the account ends."""
    person = person_of(request)
    new = form.text("new")
    if new != form.text("again"):
        return _password_form(request, 400, TWICE)
    before = {one.id for one in sessions.listed(the_store(), person)}
    fault = sessions.change_password(the_store(), person, form.text("old"), new, now=now())
    if fault is not None:
        return _password_form(request, 400, FAULTS[fault])
    SOCKETS.cut(before - {person.session})
    language = language_in(request.query_params)
    place = _after(request) if person.must_change else address("/account/sessions", language)
    return RedirectResponse(place, 303, headers=NO_STORE)


def _after(request: Request) -> str:
    """Where the person wanted to go before a password had to be set."""
    return local_path(request.query_params.get("next", "/"))


def sign_ins(request: Request) -> Response:
    """Where the person is signed in."""
    person, token = person_of(request), token_of(request)
    found = sessions.listed(the_store(), person)
    return with_token(plain_page(request, "sessions.html", token=token, found=found), token)


def end(request: Request, form: Posted) -> Response:
    """Ends one of the person's sign-ins."""
    number = form.text("session")
    if (
        number.isdecimal()
        and len(number) < 10
        and sessions.end_own(the_store(), person_of(request), int(number), now=now())
    ):
        SOCKETS.cut([int(number)])
    return RedirectResponse(address("/account/sessions", language_in(request.query_params)), 303, headers=NO_STORE)


def _password_form(request: Request, status: int = 200, why: str = "") -> Response:
    person, token = person_of(request), token_of(request)
    old = sessions.has_password(the_store(), person)
    here = urlencode({"lang": language_in(request.query_params), "next": _after(request)})
    values = {"token": token, "why": why, "must": person.must_change, "asks_old": old, "here": here}
    page = plain_page(request, "password.html", status, **values)
    return with_token(page, token)


ROUTES: tuple[BaseRoute, ...] = (
    Route("/account/password", password, methods=["GET"]),
    Route("/account/password", sent(set_password), methods=["POST"]),
    Route("/account/sessions", sign_ins, methods=["GET"]),
    Route("/account/sessions", sent(end), methods=["POST"]),
)
