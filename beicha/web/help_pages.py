"""Help as plain pages, open to every browser: the problems that a file can have."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from beicha.actions.views.problem_help import problem_help
from beicha.web.answers import language_in
from beicha.web.plain_pages import plain_page
from beicha.words.language import later

TITLES = {
    "error": later("Errors: to be mended before storing"),
    "warning": later("Warnings: please look at them"),
    "note": later("Notes: good to know"),
}


def problems(request: Request) -> Response:
    """Every kind of problem under its code as an anchor, or those that hold the words of ``q``."""
    wanted = request.query_params.get("q", "").strip()[:100]
    found = problem_help(language_in(request.query_params), wanted)
    return plain_page(request, "problems.html", found=found, titles=TITLES, wanted=wanted)


ROUTES: tuple[BaseRoute, ...] = (Route("/help/problems", problems, methods=["GET"]),)
