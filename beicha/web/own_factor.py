"""A person's own second factor: set it up, exchange it for another phone, make new recovery codes, end it."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import own_factor, second_factor, sessions
from beicha.actions.opening import the_store
from beicha.actions.own_factor import Done, Fault
from beicha.actions.second_factor import Offer
from beicha.actions.sessions import Person
from beicha.web.answers import language_in
from beicha.web.headers import NO_STORE
from beicha.web.people import now, person_of
from beicha.web.plain_pages import address, plain_page
from beicha.web.posted import Posted, token_of, with_token
from beicha.web.second_step import UNTAKEN, qr_code
from beicha.web.sockets import SOCKETS
from beicha.web.taking import sent
from beicha.words.language import later

PLACE = "/account/factor"
FAULTS: dict[Fault, str] = {
    "code": UNTAKEN,
    "proof": later("What was given to show that this is your account does not fit."),
    "tries": later("That was wrong too often. Please try again in 15 minutes."),
    "demanded": later("Whoever keeps accounts needs a second factor; you can exchange it, not end it."),
    "demo": later("Demo accounts have no second factor."),
}


def show(request: Request) -> Response:
    """How the person's second factor stands, and what can be done about it."""
    return _state(request)


def act(request: Request, form: Posted) -> Response:
    """Begins to set one up, takes it, makes new recovery codes, or ends it."""
    acts: dict[str, Callable[[Request, Posted], Response]] = {
        "begin": _begin, "set_up": _take, "codes": _renew, "end": _end,
    }  # fmt: skip
    wanted = acts.get(form.text("do"))
    return _state(request, 400) if wanted is None else wanted(request, form)


def _begin(request: Request, _: Posted) -> Response:
    person = person_of(request)
    return _set_up(request, second_factor.offer(person.account, person.login))


def _take(request: Request, form: Posted) -> Response:
    """Takes the secret that was offered; after half an hour, or for another account, offers another."""
    person = person_of(request)
    offer = second_factor.offered(form.text("offer"), person.account, person.login)
    if offer is None:
        return _begin(request, form)
    before = _sessions(person)
    done = own_factor.set_up(the_store(), person, offer, form.text("code"), form.text("proof"), now=now())
    if done.fault is not None:
        return _set_up(request, offer, 400, FAULTS[done.fault])
    return _done(request, done, before)


def _renew(request: Request, form: Posted) -> Response:
    before = _sessions(person_of(request))
    return _done(
        request, own_factor.renew_codes(the_store(), person_of(request), form.text("proof"), now=now()), before
    )


def _end(request: Request, form: Posted) -> Response:
    before = _sessions(person_of(request))
    return _done(request, own_factor.end(the_store(), person_of(request), form.text("proof"), now=now()), before)


def _done(request: Request, done: Done, before: set[int]) -> Response:
    """Cuts the sign-ins that ended, and shows the recovery codes that were made."""
    if done.fault is not None:
        return _state(request, 400, FAULTS[done.fault])
    SOCKETS.cut(before - {person_of(request).session})
    here = address(PLACE, language_in(request.query_params))
    if done.codes:
        return plain_page(request, "recovery_codes.html", codes=done.codes, after=here)
    return RedirectResponse(here, 303, headers=NO_STORE)


def _sessions(person: Person) -> set[int]:
    return {one.id for one in sessions.listed(the_store(), person)}


def _state(request: Request, status: int = 200, why: str = "") -> Response:
    token, state = token_of(request), own_factor.state(the_store(), person_of(request))
    return with_token(plain_page(request, "factor.html", status, token=token, state=state, why=why), token)


def _set_up(request: Request, offer: Offer, status: int = 200, why: str = "") -> Response:
    token, proof = token_of(request), own_factor.state(the_store(), person_of(request)).proof
    here = address(PLACE, language_in(request.query_params))
    values = {"offer": offer, "qr": qr_code(offer.address), "why": why, "time": None, "proof": proof, "here": here}
    return with_token(plain_page(request, "factor_set_up.html", status, token=token, **values), token)


ROUTES: tuple[BaseRoute, ...] = (
    Route(PLACE, show, methods=["GET"]),
    Route(PLACE, sent(act), methods=["POST"]),
)
