"""Files that leave over plain HTTP: by what they are, with the right checked, kept in no cache."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.views.paper import community_workbook
from beicha.web.answers import file_answer, language_in, not_found


def community_page(request: Request) -> Response:
    """The page of ``community`` in ``period`` as an .xlsx file; 404 where there is no such page."""
    language = language_in(request.query_params)
    period, community = request.query_params.get("period", ""), request.query_params.get("community", "")
    try:
        now = datetime.now(UTC)
        name, content = community_workbook(OFFICE, the_store(), period, community, language=language, now=now)
    except (KeyError, ValueError):
        return not_found(language)
    return file_answer(name, content)


ROUTES: tuple[BaseRoute, ...] = (Route("/download/community.xlsx", community_page, methods=["GET"]),)
