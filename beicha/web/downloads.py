"""Files that leave over plain HTTP: by what they are, with the right checked, kept in no cache."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from beicha.actions.account_files import account_template
from beicha.actions.areas import area_table
from beicha.actions.audit_export import MOST_ROWS, export
from beicha.actions.checked_files import checked_file
from beicha.actions.documents.annual import annual_paper, annual_workbook
from beicha.actions.documents.daily import daily_paper, daily_workbook
from beicha.actions.documents.forms import sample_form
from beicha.actions.documents.issuing import draft, issued_file
from beicha.actions.documents.orders import MOST, orders, rectification_notice
from beicha.actions.documents.scope import Nothing, PaperAsk
from beicha.actions.evidence import photo
from beicha.actions.exporting import note_export
from beicha.actions.exports.calendar import calendar_file, calendar_sheets
from beicha.actions.exports.overview import overview_sheets
from beicha.actions.exports.pictures import NoFontError, gaps_picture, sections_picture, trend_picture
from beicha.actions.exports.review import review_sheets
from beicha.actions.exports.tasks import task_sheets
from beicha.actions.grants import Refused
from beicha.actions.handing_out import DESK
from beicha.actions.lines import line_table
from beicha.actions.opening import the_store
from beicha.actions.settings import demo_today
from beicha.actions.spot_draws import draw_form
from beicha.actions.submissions import sent_file
from beicha.actions.views.audit_trail import wanted_of
from beicha.actions.views.import_results import results_csv, results_workbook
from beicha.actions.views.paper import community_workbook
from beicha.actions.views.reporting_paper import reporting_workbook
from beicha.actions.views.templates import (
    community_workbook_filled,
    community_workbook_to_fill,
    office_workbook_to_fill,
)
from beicha.actions.views.verified_paper import verified_workbook
from beicha.papers.separate import csv_zip
from beicha.papers.sheets import Sheet, workbook_of
from beicha.web.answers import DOCX, PNG, XLSX, ZIP, file_answer, language_in, no_font, not_found, picture_answer
from beicha.web.people import grant_of
from beicha.words.language import say
from beicha.words.numbers import number_in
from beicha.words.times import on_day

Made = tuple[str, bytes]
"""A file's name and its bytes."""
ASKED = (
    "period",
    "community",
    "street",
    "line",
    "version",
    "sha256",
    "job",
    "kind",
    "unreviewed",
    "paper",
    "tasks",
    "day",
    "year",
)
"""What an address says about a file, as far as the audit notes it."""


def community_page(request: Request) -> Made:
    """The page of ``community`` in ``period`` as a workbook; with ``whole=1`` nothing in its rows is hidden."""
    query, language = request.query_params, language_in(request.query_params)
    now = datetime.now(UTC)
    place = query["period"], query["community"]
    whole = query.get("whole") == "1"
    return community_workbook(grant_of(request), the_store(), *place, language=language, now=now, whole=whole)


def community_template(request: Request) -> Made:
    """The empty workbook of ``community`` (or of any) for ``period``."""
    query, language = request.query_params, language_in(request.query_params)
    community = query.get("community", "")
    return community_workbook_to_fill(grant_of(request), the_store(), query["period"], community, language=language)


def filled_template(request: Request) -> Made:
    """The workbook of ``community`` for ``period`` with what persists from earlier months."""
    query, language = request.query_params, language_in(request.query_params)
    return community_workbook_filled(
        grant_of(request), the_store(), query["period"], query["community"], language=language
    )


def office_template(request: Request) -> Made:
    """The empty workbook of the office for ``period``."""
    language = language_in(request.query_params)
    return office_workbook_to_fill(grant_of(request), the_store(), request.query_params["period"], language=language)


def areas_table(request: Request) -> Made:
    """The areas as a table to change and take in again."""
    return "区划表.xlsx", area_table(grant_of(request), the_store())


def lines_table(request: Request) -> Made:
    """The lines as a table to change and take in again."""
    return "条线表.xlsx", line_table(grant_of(request), the_store())


def reporting_table(request: Request) -> Made:
    """Who has reported ``period``, of all streets or of ``street``."""
    query, language = request.query_params, language_in(request.query_params)
    street = query.get("street", "")
    return reporting_workbook(grant_of(request), the_store(), query["period"], street, language=language, now=_today())


def paper_draft(request: Request) -> Made:
    """A paper of ``kind`` about ``period`` to look at; with ``unreviewed=1`` it takes in what is not final."""
    query = request.query_params
    by = date.fromisoformat(query["by"]) if query.get("by") else None
    street, unreviewed = query.get("street", ""), query.get("unreviewed") == "1"
    ask = PaperAsk(query["period"], street, unreviewed, reply_by=by, added=query.get("added", ""))
    return draft(grant_of(request), the_store(), query["kind"], ask, now=_today())


def paper_as_issued(request: Request) -> Made:
    """The paper with this number in the store, as it went out."""
    return issued_file(grant_of(request), the_store(), number_in(request.query_params["paper"]))


def paper_form(_: Request) -> Made:
    """A form of papers to begin with."""
    return "公文模板.docx", sample_form()


def verified_table(request: Request) -> Made:
    """Self-report beside verification in ``period``, of all streets and lines or of ``street`` and ``line``."""
    query, language = request.query_params, language_in(request.query_params)
    narrowed = query.get("street", ""), query.get("line", "")
    return verified_workbook(grant_of(request), the_store(), query["period"], *narrowed, language=language)


def spot_form(request: Request) -> Made:
    """The office's workbook with the points of the draw ``number`` written in."""
    query, language = request.query_params, language_in(request.query_params)
    return draw_form(grant_of(request), the_store(), number_in(query["number"]), language=language)


def task_orders(request: Request) -> Made:
    """An order for each of the ``tasks``, numbers with commas between."""
    return orders(grant_of(request), the_store(), _numbers(request), now=_today())


def task_notice(request: Request) -> Made:
    """A letter to each community with those of the ``tasks`` that are to be put right."""
    return rectification_notice(grant_of(request), the_store(), _numbers(request), now=_today())


def _numbers(request: Request) -> list[int]:
    return [number_in(text) for text in request.query_params["tasks"].split(",")[: MOST + 1]]


def _today() -> datetime:
    """Now; in the demo this time of day on its fixed day."""
    return on_day(datetime.now(UTC), demo_today(the_store()) or "")


def daily_document(request: Request) -> Made:
    """The daily reports of ``day`` on one page."""
    day = date.fromisoformat(request.query_params["day"])
    return daily_paper(grant_of(request), the_store(), day, now=_today())


def daily_table(request: Request) -> Made:
    """The daily reports of ``day``, and the month so far."""
    day, language = date.fromisoformat(request.query_params["day"]), language_in(request.query_params)
    return daily_workbook(grant_of(request), the_store(), day, language=language, now=_today())


def annual_document(request: Request) -> Made:
    """The result of ``year`` as a paper; with ``unreviewed=1`` it takes in what is not final."""
    query = request.query_params
    year, unreviewed = number_in(query["year"]), query.get("unreviewed") == "1"
    return annual_paper(grant_of(request), the_store(), year, unreviewed=unreviewed, now=_today())


def annual_table(request: Request) -> Made:
    """The same as a workbook."""
    query, language = request.query_params, language_in(request.query_params)
    year, unreviewed = number_in(query["year"]), query.get("unreviewed") == "1"
    return annual_workbook(grant_of(request), the_store(), year, unreviewed=unreviewed, language=language, now=_today())


def overview_table(request: Request) -> Made:
    """The overview of ``period``, of all streets and lines or one: a sheet for each block."""
    name, sheets = _overview(request)
    return f"{name}.xlsx", workbook_of(sheets)


def overview_csv(request: Request) -> Made:
    """The same as CSV files in a zip."""
    name, sheets = _overview(request)
    return f"{name}.zip", csv_zip(sheets)


def _overview(request: Request) -> tuple[str, list[Sheet]]:
    query, language = request.query_params, language_in(request.query_params)
    narrowed = query.get("street", ""), query.get("line", "")
    return overview_sheets(grant_of(request), the_store(), query["period"], *narrowed, language=language, now=_today())


def task_table(request: Request) -> Made:
    """The rectification tasks, of all streets and lines or one."""
    name, sheets = _tasks(request)
    return f"{name}.xlsx", workbook_of(sheets)


def task_csv(request: Request) -> Made:
    """The same as CSV files in a zip."""
    name, sheets = _tasks(request)
    return f"{name}.zip", csv_zip(sheets)


def _tasks(request: Request) -> tuple[str, list[Sheet]]:
    query, language = request.query_params, language_in(request.query_params)
    narrowed = query.get("street", ""), query.get("line", "")
    return task_sheets(grant_of(request), the_store(), *narrowed, language=language, now=_today())


def review_table(request: Request) -> Made:
    """How ``period`` stands in review, of all streets or one."""
    query, language = request.query_params, language_in(request.query_params)
    street, now = query.get("street", ""), _today()
    name, sheets = review_sheets(grant_of(request), the_store(), query["period"], street, language=language, now=now)
    return f"{name}.xlsx", workbook_of(sheets)


def gaps_chart(request: Request) -> Made:
    """The gap of each community in ``period`` as a picture."""
    query, language = request.query_params, language_in(request.query_params)
    narrowed = query.get("street", ""), query.get("line", "")
    return gaps_picture(grant_of(request), the_store(), query["period"], *narrowed, language=language, now=_today())


def trend_chart(request: Request) -> Made:
    """The score over the months up to ``period`` as a picture."""
    query, language = request.query_params, language_in(request.query_params)
    street, now = query.get("street", ""), _today()
    return trend_picture(grant_of(request), the_store(), query["period"], street, language=language, now=now)


def sections_chart(request: Request) -> Made:
    """What ``community`` got in each section in ``period`` as a picture."""
    query, language = request.query_params, language_in(request.query_params)
    where, now = (query["period"], query["community"]), _today()
    return sections_picture(grant_of(request), the_store(), *where, language=language, now=now)


def calendar_table(request: Request) -> Made:
    """What falls due in ``period``, for all streets and lines or one."""
    query, language = request.query_params, language_in(request.query_params)
    asked = (query["period"], query.get("street", ""), query.get("line", ""))
    name, sheets = calendar_sheets(grant_of(request), the_store(), *asked, language=language, now=_today())
    return f"{name}.xlsx", workbook_of(sheets)


def calendar_days(request: Request) -> Made:
    """The same for a phone's calendar."""
    query, language = request.query_params, language_in(request.query_params)
    asked = (query["period"], query.get("street", ""), query.get("line", ""))
    return calendar_file(grant_of(request), the_store(), *asked, language=language, now=_today())


def audit_rows(request: Request) -> Made:
    """The rows of the audit between the days ``from`` and ``to``, of ``who``, of one ``action``, about ``object``."""
    query, language = request.query_params, language_in(request.query_params)
    since, until = (date.fromisoformat(query[key]) if query.get(key) else None for key in ("from", "to"))
    wanted = wanted_of(since, until, query.get("who", ""), query.get("action", ""), query.get("object", ""))
    now, name = datetime.now(UTC), f"{say(language, 'Audit')}.xlsx"
    content = BytesIO()
    export(
        grant_of(request), the_store(), wanted, content, "xlsx", name=name, language=language, now=now, most=MOST_ROWS
    )
    return name, content.getvalue()


def accounts_template(request: Request) -> Made:
    """The empty table of accounts."""
    return "账号表.xlsx", account_template(grant_of(request), the_store(), f"{datetime.now(UTC):%Y-%m}")


def handed_out(request: Request) -> Made:
    """What was left at the desk for whoever asks, once; the ticket is no secret that others could use."""
    file = DESK.fetch(grant_of(request), request.query_params["ticket"], datetime.now(UTC))
    return file.name, file.content


def original(request: Request) -> Made:
    """A file of the submission ``version`` as it was sent, told apart by its ``sha256``."""
    query = request.query_params
    number, now = number_in(query["version"]), datetime.now(UTC)
    sent = sent_file(grant_of(request), the_store(), number, query["sha256"], now=now)
    if sent is None:
        raise KeyError(query["version"])
    return sent.name.rsplit("/", 1)[-1], sent.content


def import_workbook(request: Request) -> Made:
    """What became of the files of the import ``job``."""
    query, language = request.query_params, language_in(request.query_params)
    return results_workbook(
        grant_of(request), the_store(), number_in(query["job"]), language=language, now=datetime.now(UTC)
    )


def import_csv(request: Request) -> Made:
    """The same as CSV."""
    query = request.query_params
    return results_csv(grant_of(request), the_store(), number_in(query["job"]), language=language_in(query))


def checked(request: Request) -> Made:
    """The file of the upload ``job`` with this ``sha256``, its problems marked in it."""
    query, language = request.query_params, language_in(request.query_params)
    number, now = number_in(query["job"]), datetime.now(UTC)
    made = checked_file(grant_of(request), the_store(), number, query["sha256"], language, now=now)
    if made is None:
        raise KeyError(query["job"])
    return made.name, made.content


def _route(name: str, make: Callable[[Request], Made], media_type: str = XLSX, *, silent: bool = False) -> Route:
    """A download at /download/NAME; what is not there, or not for this reader, is a plain sentence with 404.

    Each is noted in the audit before it goes out, but for ``silent`` ones: they hold nothing of anybody, or note
    themselves.
    """

    def answer(request: Request) -> Response:
        try:
            file, content = make(request)
        except NoFontError:
            return no_font(language_in(request.query_params))
        except (LookupError, ValueError, Refused, Nothing):
            return not_found(language_in(request.query_params))
        if not silent:
            asked = {key: value for key, value in request.query_params.items() if key in ASKED}
            note_export(grant_of(request), the_store(), name, file, now=datetime.now(UTC), asked=asked)
        return file_answer(file, content, media_type)

    return Route(f"/download/{name}", answer, methods=["GET"])


def evidence_photo(request: Request) -> Response:
    """The photo of a task with this number, shown in the page; not noted, as a look at a page is not."""
    try:
        number = number_in(request.query_params.get("photo", ""))
        return picture_answer(photo(grant_of(request), the_store(), number))
    except (LookupError, Refused):
        return not_found(language_in(request.query_params))


ROUTES: tuple[BaseRoute, ...] = (
    _route("community.xlsx", community_page),
    _route("community-template.xlsx", community_template, silent=True),
    _route("community-filled.xlsx", filled_template),
    _route("office-template.xlsx", office_template, silent=True),
    _route("areas.xlsx", areas_table),
    _route("lines.xlsx", lines_table),
    _route("reporting.xlsx", reporting_table),
    _route("verified.xlsx", verified_table),
    _route("spot-form.xlsx", spot_form),
    Route("/download/photo.jpg", evidence_photo, methods=["GET"]),
    _route("annual.docx", annual_document, DOCX),
    _route("annual.xlsx", annual_table),
    _route("calendar.xlsx", calendar_table),
    _route("calendar.ics", calendar_days, "text/calendar; charset=utf-8"),
    _route("overview.xlsx", overview_table),
    _route("overview.zip", overview_csv, ZIP),
    _route("tasks.xlsx", task_table),
    _route("tasks.zip", task_csv, ZIP),
    _route("review.xlsx", review_table),
    _route("gaps.png", gaps_chart, PNG),
    _route("trend.png", trend_chart, PNG),
    _route("sections.png", sections_chart, PNG),
    _route("daily.docx", daily_document, DOCX),
    _route("daily.xlsx", daily_table),
    _route("orders.docx", task_orders, DOCX),
    _route("rectification-notice.docx", task_notice, DOCX),
    _route("paper.docx", paper_draft, DOCX),
    _route("issued.docx", paper_as_issued, DOCX),
    _route("paper-form.docx", paper_form, DOCX, silent=True),
    _route("accounts-template.xlsx", accounts_template, silent=True),
    _route("handed-out.xlsx", handed_out),
    _route("import.xlsx", import_workbook),
    _route("import.csv", import_csv, "text/csv; charset=utf-8"),
    _route("checked", checked),
    _route("audit.xlsx", audit_rows, silent=True),
    _route("original", original, "application/octet-stream"),
)
