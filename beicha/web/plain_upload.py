"""The upload without any script: choose files, wait, look at the problems and what changes, confirm, receipt.

It lies at /plain/upload; /upload is the page with script, whose shell leads here where there is none. Both work on the
same jobs by the same actions, so that a draft begun in one is found by its number in the other.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import imports, settings
from beicha.actions.closing import Closed, closed_months
from beicha.actions.drafts import Draft
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import JOB_STATES, problem_text
from beicha.actions.submissions import Preview, preview, reportable_months
from beicha.actions.views import plain_drafts
from beicha.actions.views.reading import community_names
from beicha.actions.views.receipts import stored_reports
from beicha.web.answers import language_in
from beicha.web.headers import NO_STORE
from beicha.web.people import grant_of
from beicha.web.plain_pages import address, plain_page
from beicha.web.posted import MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, Posted, RefusedForm, posted, token_of, with_token
from beicha.words.language import later
from beicha.words.numbers import number_in
from beicha.words.times import on_day, zone

PLACE = "/plain/upload"
EARLIER = 5
"""So many earlier uploads are named below the form, to be opened again after a connection was lost."""

WHY_REFUSED = {
    400: later("The form did not arrive whole. Please send it again."),
    403: later("The form was not opened on this page, or its cookie is gone. Open it again, then send it."),
    413: later("That is too much: at most {files} files of {each} MB each, {all} MB together."),
}


def choose(request: Request) -> Response:
    """The form for month, community and files."""
    return _form(request)


def take(request: Request, form: Posted) -> Response:
    """Has the files read by a job, and goes on to where its draft will be."""
    months, communities = _choices(request)
    period, community = form.text("period"), form.text("community")
    if period not in ("", *months) or community not in ("", *communities):
        raise RefusedForm(400)
    if not form.files:
        return _form(request, 400, nothing=True)
    number = imports.start(
        grant_of(request),
        the_store(),
        form.files,
        now=_now(),
        kind="preview",
        community=community or None,
        period=period or None,
    )
    return _go(request, str(number))


def look(request: Request) -> Response:
    """Where the job is: waiting, with its draft, or ended without one."""
    number = _number(request)
    job = imports.status(grant_of(request), the_store(), number)
    if job.kind != "preview":
        raise LookupError(f"job {number} stores its files by itself")
    if job.active:
        return _with_form(request, "waiting.html", job=job, state=JOB_STATES[job.state])
    draft = imports.draft(grant_of(request), the_store(), number)
    if draft is None:
        return plain_page(request, "ended.html", failed=job.state == "failed")
    return _draft(request, number, draft)


def confirm(request: Request, form: Posted) -> Response:
    """Stores the draft and goes on to the receipt."""
    number = _number(request)
    with suppress(Closed):  # while it was looked at; the draft then says so
        imports.confirm(grant_of(request), the_store(), number, now=_now(), drop=form.texts("drop"))
    return _go(request, f"{number}/receipt")


def cancel(request: Request, _: Posted) -> Response:
    """Stops the job and goes back to where it was."""
    number = _number(request)
    imports.cancel(grant_of(request), the_store(), number, now=_now())
    return _go(request, str(number))


def receipt(request: Request) -> Response:
    """What was stored of the draft; back to the draft where it is not stored."""
    number = _number(request)
    draft = imports.draft(grant_of(request), the_store(), number)
    stored = () if draft is None else stored_reports(grant_of(request), the_store(), draft)
    if not stored:
        return _go(request, str(number))
    receipts = sorted({f"{one.version.receipt:06d}" for one in stored})
    language = language_in(request.query_params)
    warnings = [problem_text(one.again, language) for one in stored if one.again is not None]
    return plain_page(request, "receipt.html", stored=stored, receipts=receipts, warnings=warnings)


def _draft(request: Request, number: int, draft: Draft) -> Response:
    drop = request.query_params.getlist("drop")
    seen = preview(grant_of(request), the_store(), draft, drop)
    shown = plain_drafts.shown_draft(grant_of(request), the_store(), seen, language_in(request.query_params))
    closed = _closed(request, seen)
    return _with_form(request, "draft.html", number=number, draft=shown, drop=drop, closed=closed)


def _closed(request: Request, seen: Preview) -> list[str]:
    """Why nothing of the draft can be stored: the months in it that take nothing more."""
    fresh = {report.key for report in seen.reports if not report.no_change}
    reports = [report for report in seen.draft.reports if report.key in fresh]
    found = closed_months(grant_of(request), the_store(), reports, now=_now())
    return [problem_text(problem, language_in(request.query_params)) for problem in found]


def _form(request: Request, status: int = 200, *, nothing: bool = False) -> Response:
    months, communities = _choices(request)
    jobs = [job for job in imports.recent(grant_of(request), the_store(), 10 * EARLIER) if job.kind == "preview"]
    return _with_form(
        request,
        "upload.html",
        status,
        months=months,
        communities=communities,
        earlier=jobs[:EARLIER],
        states=JOB_STATES,
        nothing=nothing,
        most_files=MOST_FILES,
        most_megabytes=MOST_FILE_BYTES >> 20,
    )


def _with_form(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A page with a form on it, and the token that the form is known by."""
    token = token_of(request)
    return with_token(plain_page(request, template, status, token=token, **values), token)


def _choices(request: Request) -> tuple[list[str], dict[str, str]]:
    """The months and the communities that can be chosen."""
    months = reportable_months(_now().astimezone(zone()).date())
    return months, community_names(grant_of(request), the_store(), months[0])


def _now() -> datetime:
    return on_day(datetime.now(UTC), settings.demo_today(the_store()) or "")


def _number(request: Request) -> int:
    return number_in(request.path_params["number"])


def _go(request: Request, place: str) -> Response:
    return RedirectResponse(address(f"{PLACE}/{place}", language_in(request.query_params)), 303, headers=NO_STORE)


def _seen(show: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """The page, or a sentence where there is no such job or it is not for this reader."""

    def answer(request: Request) -> Response:
        try:
            return show(request)
        except (LookupError, Refused):
            return plain_page(request, "gone.html", 404)

    return answer


def _sent(act: Callable[[Request, Posted], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The action on a form that was taken, outside of the loop that answers everybody; or why it was not."""

    async def answer(request: Request) -> Response:
        try:
            form = await posted(request)
            return await run_in_threadpool(_seen(lambda asked: act(asked, form)), request)
        except RefusedForm as refused:
            limits = {"files": MOST_FILES, "each": MOST_FILE_BYTES >> 20, "all": MOST_BYTES >> 20}
            why = WHY_REFUSED[refused.status]
            return plain_page(request, "refused.html", refused.status, why=why, limits=limits)

    return answer


ROUTES: tuple[BaseRoute, ...] = (
    Route(PLACE, _seen(choose), methods=["GET"]),
    Route(PLACE, _sent(take), methods=["POST"]),
    Route(f"{PLACE}/{{number}}", _seen(look), methods=["GET"]),
    Route(f"{PLACE}/{{number}}/confirm", _sent(confirm), methods=["POST"]),
    Route(f"{PLACE}/{{number}}/cancel", _sent(cancel), methods=["POST"]),
    Route(f"{PLACE}/{{number}}/receipt", _seen(receipt), methods=["GET"]),
)
