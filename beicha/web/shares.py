"""Share links over plain HTTP: opened by token, then seen by cookie, so that the token leaves the address bar at once.

Whoever has no link learns nothing here: what never was, what was mistyped and what was guessed get one answer.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from threading import Lock
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import visiting
from beicha.actions.grants import Grant
from beicha.actions.opening import the_store
from beicha.actions.views.reading import assessed_periods, revision
from beicha.actions.views.shared import shared_view
from beicha.actions.visiting import Answer, Shared, Visit
from beicha.papers.shared_page import Around, render
from beicha.papers.shared_values import from_json, to_json
from beicha.web.answers import language_in
from beicha.web.headers import NO_STORE
from beicha.web.people import address_of, now
from beicha.web.plain_pages import address, other_languages, plain_page
from beicha.web.posted import Posted, token_of, with_token
from beicha.web.share_cookies import cookie_of, with_cookie
from beicha.web.taking import sent
from beicha.words.language import Language, later

TITLES: Mapping[Answer, str] = {
    "unknown": later("There is no such link"),
    "not_yet": later("This link is not open yet"),
    "expired": later("This link has expired"),
    "revoked": later("This link was revoked"),
    "forbidden": later("Share links are switched off"),
    "orphaned": later("This link is no longer open"),
    "wait": later("Too many tries"),
}
STATUS: Mapping[Answer, int] = {
    "unknown": 404, "not_yet": 403, "expired": 410, "revoked": 410, "forbidden": 410, "orphaned": 410, "wait": 429,
    "password": 403, "wrong": 403,
}  # fmt: skip
WRONG = later("This is not the password of the link.")
NO_HEAD = Response(status_code=405, headers={"Allow": "GET", **NO_STORE})


def open_link(request: Request) -> Response:
    """Opens a link by its token: gives the cookie and goes on to the page, or says why it does not open."""
    if request.method != "GET":  # a preview that asks for the head alone is nobody who reads
        return NO_HEAD
    at = now()
    visit = visiting.open_by_token(the_store(), request.path_params["token"], address_of(request), now=at)
    if visit.shared is None or visit.answer not in ("alive", "password"):
        return _closed(request, visit)
    public_id = visit.shared.public_id
    query = urlencode([(name, value) for name, value in request.query_params.items() if name in ("lang", "period")])
    answer = RedirectResponse(f"/shared/{public_id}" + (f"?{query}" if query else ""), 303, headers=NO_STORE)
    kept = cookie_of(request, public_id) if visit.answer == "password" else ""
    if kept and visiting.look(the_store(), public_id, kept, now=at).answer == "alive":
        return answer  # who gave the password once is not asked again for tapping the link again
    return with_cookie(request, answer, visit, at)


def show(request: Request) -> Response:
    """What the link shows, to whoever opened it; the form for its password; or why there is nothing."""
    public_id = request.path_params["public_id"]
    visit = visiting.look(the_store(), public_id, cookie_of(request, public_id), now=now())
    if visit.answer == "alive" and visit.shared is not None:
        return _shown(request, visit.shared)
    if visit.answer == "password":
        return _password_form(request, visit)
    if visit.answer == "unknown":
        return plain_page(request, "share_again.html", 403)
    return _closed(request, visit)


def enter(request: Request, form: Posted) -> Response:
    """Opens a link by its password, where the browser has shown its token before."""
    public_id, at = request.path_params["public_id"], now()
    visit = visiting.open_by_password(
        the_store(), public_id, cookie_of(request, public_id), form.text("password"), address_of(request), now=at
    )
    if visit.answer == "alive":
        answer = RedirectResponse(str(request.url.replace(scheme="", netloc="")), 303, headers=NO_STORE)
        return with_cookie(request, answer, visit, at)
    if visit.answer == "unknown":
        return plain_page(request, "share_again.html", 403)
    return _password_form(request, visit) if visit.answer in ("password", "wrong") else _closed(request, visit)


def _shown(request: Request, shared: Shared) -> Response:
    """The page: the one that was kept, or as it is now, in one of the link's months."""
    language, at = language_in(request.query_params), now()
    if shared.frozen:
        content = visiting.frozen_page(the_store(), shared)
    else:
        asked = request.query_params.get("period", "")
        period = asked if shared.grant.reaches(asked) else ""
        minute = at.replace(second=0, microsecond=0)
        with _WORKING:
            content = _live(the_store().place, revision(the_store()), shared.grant, period, minute)
    if content is None:
        return plain_page(request, "share_empty.html", title=shared.title)
    around = Around(
        language=language,
        frozen=shared.frozen,
        expires=shared.ends_at,
        dashboard="" if shared.frozen else address(f"/board-{shared.public_id}", language),
        languages=tuple(other_languages(request, language)),
        title=shared.title,
        whom=" ".join(name for name in (shared.maker.unit, shared.maker.name) if name),
        months=_other_months(request, shared, language) if not shared.frozen else (),
    )
    return HTMLResponse(_page(content, around), headers=NO_STORE)


@lru_cache(maxsize=64)
def _page(content: bytes, around: Around) -> bytes:
    """The page of these values: many open one link at once, and it looks the same to all of them."""
    return render(from_json(content), around).encode()


def _other_months(request: Request, shared: Shared, language: Language) -> tuple[tuple[str, str], ...]:
    """The months of a link with several, each with its address."""
    months = assessed_periods(shared.grant, the_store())
    place, said = request.url.path, urlencode({"lang": language})
    return tuple((month, f"{place}?period={month}&{said}") for month in months) if len(months) > 1 else ()


_WORKING = Lock()
"""One works a page out; whoever asks for the same meanwhile gets it from there."""


@lru_cache(maxsize=64)
def _live(_place: str, _revision: int, grant: Grant, period: str, minute: datetime) -> bytes | None:
    """The values of the page as they are in this minute: many open one link at once."""
    view = shared_view(grant, the_store(), period, now=minute)
    return None if view is None else to_json(view)


def _password_form(request: Request, visit: Visit) -> Response:
    token, why = token_of(request), WRONG if visit.answer == "wrong" else ""
    page = plain_page(
        request, "share_password.html", STATUS[visit.answer], token=token, shared=visit.shared, why=why,
        place=f"{request.url.path}?{request.url.query}",
    )  # fmt: skip
    return with_token(page, token)


def _closed(request: Request, visit: Visit) -> Response:
    return plain_page(
        request, "share_closed.html", STATUS[visit.answer], title=TITLES[visit.answer], visit=visit
    )  # fmt: skip


ROUTES: tuple[BaseRoute, ...] = (
    Route("/s/{token:path}", open_link, methods=["GET"]),
    Route("/shared/{public_id}", show, methods=["GET"]),
    Route("/shared/{public_id}", sent(enter), methods=["POST"]),
)
