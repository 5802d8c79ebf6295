"""Signing in and out: plain pages that work in every browser, without script; no page of Streamlit sees a password."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import accounts, sessions, signing_in
from beicha.actions.opening import the_store
from beicha.actions.signing_in import Attempt
from beicha.web.answers import language_in
from beicha.web.gate import is_local
from beicha.web.headers import NO_STORE
from beicha.web.people import (
    address_of,
    local_path,
    now,
    person_of,
    person_or_none,
    to_password,
    with_session,
    without_session,
)
from beicha.web.plain_pages import plain_page
from beicha.web.posted import Posted, token_of, with_token
from beicha.web.provider import the_provider
from beicha.web.second_step import to_second_step
from beicha.web.sockets import SOCKETS
from beicha.web.taking import sent
from beicha.words.language import later

WRONG = later("Login and password do not fit. Nobody says here which of the two is wrong.")
WAIT = later("Too many tries. Please try again after {time}.")
FIRST_ACCOUNT = "python manage.py account add LOGIN --name NAME --role office --role admin"
ENTERED = "entered"
"""Stands in the address that the demo's visitor comes back to with the cookie just given, or else without."""


def show(request: Request) -> Response:
    """The form; who is signed in already goes on, and the demo opens for its first person by itself."""
    after = local_path(request.query_params.get("next", "/"))
    if person_or_none(request) is not None:
        return RedirectResponse(after, 303, headers=NO_STORE)
    if ENTERED in request.query_params:
        return plain_page(request, "no_cookies.html")
    people = list(sessions.demo_people(the_store())) if is_local(request.scope) else []
    if not people:
        return _form(request, after)
    opened = sessions.enter_demo(
        the_store(), people[0], now=now(), address=address_of(request), agent=request.headers.get("user-agent", "")
    )
    once_more = f"/login?{urlencode({'next': after, ENTERED: 1})}"
    return with_session(request, RedirectResponse(once_more, 303, headers=NO_STORE), opened.token if opened else "")


def enter(request: Request, form: Posted) -> Response:
    """Signs in, with a new token always, and goes on to where the person wanted to."""
    after = local_path(form.text("next") or "/")
    attempt = Attempt(
        form.text("login"), form.text("password"), address_of(request), request.headers.get("user-agent", "")
    )
    answer = signing_in.sign_in(the_store(), attempt, now=now())
    if answer.half:
        return to_second_step(request, answer.half, after)
    if answer.opened is None:
        why = {"why": WRONG} if answer.wait is None else {"why": WAIT, "time": answer.wait}
        return _form(request, after, 401 if answer.wait is None else 429, login=attempt.login, **why)
    if answer.opened.person.must_change:
        after = to_password(after)
    return with_session(request, RedirectResponse(after, 303, headers=NO_STORE), answer.opened.token)


def leave(request: Request, _: Posted) -> Response:
    """Ends the session, here and in every open page of it."""
    person = person_of(request)
    sessions.end(the_store(), person, now=now())
    SOCKETS.cut([person.session])
    language = language_in(request.query_params)
    return without_session(RedirectResponse(f"/login?lang={language}", 303, headers=NO_STORE))


def _form(request: Request, after: str, status: int = 200, **values: object) -> Response:
    token = token_of(request)
    told = {"why": "", "time": None, "login": "", **values}
    first = not accounts.any_account(the_store())
    provider = the_provider()
    elsewhere = {"elsewhere": provider is not None, "provider": provider.settings.name if provider else ""}
    page = plain_page(
        request, "login.html", status, token=token, after=after, first=first, command=FIRST_ACCOUNT, **told, **elsewhere
    )
    return with_token(page, token)


ROUTES: tuple[BaseRoute, ...] = (
    Route("/login", show, methods=["GET"]),
    Route("/login", sent(enter), methods=["POST"]),
    Route("/logout", sent(leave), methods=["POST"]),
)
