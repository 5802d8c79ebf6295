"""Taking the small forms that strangers may send too, such as the one for signing in."""

from collections.abc import Awaitable, Callable

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from beicha.web.plain_pages import plain_page
from beicha.web.posted import Posted, RefusedForm, posted
from beicha.words.language import later

STALE = later("The form was not opened on this page, or its cookie is gone. Please try again.")
AT_ONCE = 4
"""So many of these forms are worked at together; the others wait without a thread, so that pages go on meanwhile."""


_LIMITER: RunVar[CapacityLimiter] = RunVar("small forms")


def sent(act: Callable[[Request, Posted], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The action on a small form that was taken, outside of the loop that answers everybody; or why it was not."""

    async def answer(request: Request) -> Response:
        try:
            form = await posted(request, files=False)
        except RefusedForm as refused:
            if not request.cookies:
                return plain_page(request, "no_cookies.html", refused.status)
            return plain_page(request, "not_taken.html", refused.status, why=STALE, back=request.url.path)
        return await run_sync(act, request, form, limiter=_limiter())

    return answer


def _limiter() -> CapacityLimiter:
    """That of the loop that runs, which made it at the first form."""
    try:
        return _LIMITER.get()
    except LookupError:
        _LIMITER.set(CapacityLimiter(AT_ONCE))
        return _LIMITER.get()
