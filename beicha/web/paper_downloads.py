"""Word papers that leave over plain HTTP, and the photos that stand in pages."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from beicha.actions.documents.annual import annual_paper
from beicha.actions.documents.daily import daily_paper
from beicha.actions.documents.forms import sample_form
from beicha.actions.documents.issuing import draft, issued_file
from beicha.actions.documents.orders import MOST, orders, rectification_notice
from beicha.actions.documents.scope import PaperAsk
from beicha.actions.evidence import photo
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.web.answers import DOCX, language_in, not_found, picture_answer
from beicha.web.file_routes import Made, file_route, today
from beicha.web.people import grant_of
from beicha.words.numbers import number_in


def paper_draft(request: Request) -> Made:
    """A paper of ``kind`` about ``period`` to look at; with ``unreviewed=1`` it takes in what is not final."""
    query = request.query_params
    by = date.fromisoformat(query["by"]) if query.get("by") else None
    street, unreviewed = query.get("street", ""), query.get("unreviewed") == "1"
    ask = PaperAsk(query["period"], street, unreviewed, reply_by=by, added=query.get("added", ""))
    return draft(grant_of(request), the_store(), query["kind"], ask, now=today())


def paper_as_issued(request: Request) -> Made:
    """The paper with this number in the store, as it went out."""
    return issued_file(grant_of(request), the_store(), number_in(request.query_params["paper"]))


def paper_form(_: Request) -> Made:
    """A form of papers to begin with."""
    return "公文模板.docx", sample_form()


def task_orders(request: Request) -> Made:
    """An order for each of the ``tasks``, numbers with commas between."""
    return orders(grant_of(request), the_store(), _numbers(request), now=today())


def task_notice(request: Request) -> Made:
    """A letter to each community with those of the ``tasks`` that are to be put right."""
    return rectification_notice(grant_of(request), the_store(), _numbers(request), now=today())


def _numbers(request: Request) -> list[int]:
    return [number_in(text) for text in request.query_params["tasks"].split(",")[: MOST + 1]]


def daily_document(request: Request) -> Made:
    """The daily reports of ``day`` on one page."""
    day = date.fromisoformat(request.query_params["day"])
    return daily_paper(grant_of(request), the_store(), day, now=today())


def annual_document(request: Request) -> Made:
    """The result of ``year`` as a paper; with ``unreviewed=1`` it takes in what is not final."""
    query = request.query_params
    year, unreviewed = number_in(query["year"]), query.get("unreviewed") == "1"
    return annual_paper(grant_of(request), the_store(), year, unreviewed=unreviewed, now=today())


def evidence_photo(request: Request) -> Response:
    """The photo of a task with this number, shown in the page; not noted, as a look at a page is not."""
    try:
        number = number_in(request.query_params.get("photo", ""))
        return picture_answer(photo(grant_of(request), the_store(), number))
    except (LookupError, Refused):
        return not_found(language_in(request.query_params))


PAPERS: tuple[BaseRoute, ...] = (
    Route("/download/photo.jpg", evidence_photo, methods=["GET"]),
    file_route("annual.docx", annual_document, DOCX),
    file_route("daily.docx", daily_document, DOCX),
    file_route("orders.docx", task_orders, DOCX),
    file_route("rectification-notice.docx", task_notice, DOCX),
    file_route("paper.docx", paper_draft, DOCX),
    file_route("issued.docx", paper_as_issued, DOCX),
    file_route("paper-form.docx", paper_form, DOCX, silent=True),
)
