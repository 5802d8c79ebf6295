"""Whole views that leave over plain HTTP: workbooks, CSV, pictures and calendars."""

from datetime import date

from starlette.requests import Request
from starlette.routing import BaseRoute

from beicha.actions.documents.annual import annual_workbook
from beicha.actions.documents.daily import daily_workbook
from beicha.actions.edition_drafts import workbook_of_edition
from beicha.actions.exports.calendar import calendar_file, calendar_sheets
from beicha.actions.exports.compare import compare_sheets
from beicha.actions.exports.overview import overview_sheets
from beicha.actions.exports.pictures import gaps_picture, sections_picture, trend_picture
from beicha.actions.exports.review import review_sheets
from beicha.actions.exports.tasks import task_sheets
from beicha.actions.opening import the_store
from beicha.actions.views.compare_reading import CompareAsk, way_in
from beicha.actions.views.reporting_paper import reporting_workbook
from beicha.actions.views.verified_paper import verified_workbook
from beicha.papers.separate import csv_zip
from beicha.papers.sheets import Sheet, workbook_of
from beicha.web.answers import PNG, ZIP, language_in
from beicha.web.file_routes import Made, file_route, today
from beicha.web.people import grant_of
from beicha.words.numbers import number_in


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
    return overview_sheets(grant_of(request), the_store(), query["period"], *narrowed, language=language, now=today())


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
    return task_sheets(grant_of(request), the_store(), *narrowed, language=language, now=today())


def review_table(request: Request) -> Made:
    """How ``period`` stands in review, of all streets or one."""
    query, language = request.query_params, language_in(request.query_params)
    street, now = query.get("street", ""), today()
    name, sheets = review_sheets(grant_of(request), the_store(), query["period"], street, language=language, now=now)
    return f"{name}.xlsx", workbook_of(sheets)


def gaps_chart(request: Request) -> Made:
    """The gap of each community in ``period`` as a picture."""
    query, language = request.query_params, language_in(request.query_params)
    narrowed = query.get("street", ""), query.get("line", "")
    return gaps_picture(grant_of(request), the_store(), query["period"], *narrowed, language=language, now=today())


def trend_chart(request: Request) -> Made:
    """The score over the months up to ``period`` as a picture."""
    query, language = request.query_params, language_in(request.query_params)
    street, now = query.get("street", ""), today()
    return trend_picture(grant_of(request), the_store(), query["period"], street, language=language, now=now)


def sections_chart(request: Request) -> Made:
    """What ``community`` got in each section in ``period`` as a picture."""
    query, language = request.query_params, language_in(request.query_params)
    where, now = (query["period"], query["community"]), today()
    return sections_picture(grant_of(request), the_store(), *where, language=language, now=now)


def calendar_table(request: Request) -> Made:
    """What falls due in ``period``, for all streets and lines or one."""
    query, language = request.query_params, language_in(request.query_params)
    asked = (query["period"], query.get("street", ""), query.get("line", ""))
    name, sheets = calendar_sheets(grant_of(request), the_store(), *asked, language=language, now=today())
    return f"{name}.xlsx", workbook_of(sheets)


def calendar_days(request: Request) -> Made:
    """The same for a phone's calendar."""
    query, language = request.query_params, language_in(request.query_params)
    asked = (query["period"], query.get("street", ""), query.get("line", ""))
    return calendar_file(grant_of(request), the_store(), *asked, language=language, now=today())


def daily_table(request: Request) -> Made:
    """The daily reports of ``day``, and the month so far."""
    day, language = date.fromisoformat(request.query_params["day"]), language_in(request.query_params)
    return daily_workbook(grant_of(request), the_store(), day, language=language, now=today())


def annual_table(request: Request) -> Made:
    """The same as a workbook."""
    query, language = request.query_params, language_in(request.query_params)
    year, unreviewed = number_in(query["year"]), query.get("unreviewed") == "1"
    return annual_workbook(grant_of(request), the_store(), year, unreviewed=unreviewed, language=language, now=today())


def verified_table(request: Request) -> Made:
    """Self-report beside verification in ``period``, of all streets and lines or of ``street`` and ``line``."""
    query, language = request.query_params, language_in(request.query_params)
    narrowed = query.get("street", ""), query.get("line", "")
    return verified_workbook(grant_of(request), the_store(), query["period"], *narrowed, language=language)


def reporting_table(request: Request) -> Made:
    """Who has reported ``period``, of all streets or of ``street``."""
    query, language = request.query_params, language_in(request.query_params)
    street = query.get("street", "")
    return reporting_workbook(grant_of(request), the_store(), query["period"], street, language=language, now=today())


def compare_table(request: Request) -> Made:
    """What is compared ``way``-wise in ``period``, of ``community`` or ``street``, ``beside`` the other."""
    query, language = request.query_params, language_in(request.query_params)
    narrowed = (query.get(key, "") for key in ("beside", "community", "street", "line"))
    ask = CompareAsk(way_in(query["way"]), query["period"], *narrowed)
    name, sheets = compare_sheets(grant_of(request), the_store(), ask, language=language, now=today())
    return f"{name}.xlsx", workbook_of(sheets)


def edition_table(request: Request) -> Made:
    """The edition with the ``digest`` as a workbook to be changed and handed in again."""
    return workbook_of_edition(grant_of(request), the_store(), request.query_params["digest"])


VIEWS: tuple[BaseRoute, ...] = (
    file_route("compare.xlsx", compare_table),
    file_route("reporting.xlsx", reporting_table),
    file_route("verified.xlsx", verified_table),
    file_route("annual.xlsx", annual_table),
    file_route("calendar.xlsx", calendar_table),
    file_route("calendar.ics", calendar_days, "text/calendar; charset=utf-8"),
    file_route("overview.xlsx", overview_table),
    file_route("overview.zip", overview_csv, ZIP),
    file_route("tasks.xlsx", task_table),
    file_route("tasks.zip", task_csv, ZIP),
    file_route("review.xlsx", review_table),
    file_route("gaps.png", gaps_chart, PNG),
    file_route("trend.png", trend_chart, PNG),
    file_route("sections.png", sections_chart, PNG),
    file_route("daily.xlsx", daily_table),
    file_route("edition.xlsx", edition_table),
)
