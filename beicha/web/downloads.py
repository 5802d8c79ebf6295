"""Files that leave over plain HTTP: forms to fill in, files as sent, results and lists."""

from datetime import UTC, date, datetime
from io import BytesIO

from starlette.requests import Request
from starlette.routing import BaseRoute

from beicha.actions.account_files import account_template
from beicha.actions.areas import area_table
from beicha.actions.audit_export import MOST_ROWS, export
from beicha.actions.checked_files import checked_file
from beicha.actions.handing_out import DESK
from beicha.actions.lines import line_table
from beicha.actions.opening import the_store
from beicha.actions.spot_draws import draw_form
from beicha.actions.submissions import sent_file
from beicha.actions.views.audit_trail import wanted_of
from beicha.actions.views.import_results import results_csv, results_workbook
from beicha.actions.views.paper import community_workbook
from beicha.actions.views.templates import (
    community_workbook_filled,
    community_workbook_to_fill,
    office_workbook_to_fill,
)
from beicha.web.answers import language_in
from beicha.web.file_routes import Made, file_route
from beicha.web.paper_downloads import PAPERS
from beicha.web.people import grant_of
from beicha.web.view_downloads import VIEWS
from beicha.words.language import say
from beicha.words.numbers import number_in


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


def spot_form(request: Request) -> Made:
    """The office's workbook with the points of the draw ``number`` written in."""
    query, language = request.query_params, language_in(request.query_params)
    return draw_form(grant_of(request), the_store(), number_in(query["number"]), language=language)


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


ROUTES: tuple[BaseRoute, ...] = (
    file_route("community.xlsx", community_page),
    file_route("community-template.xlsx", community_template, silent=True),
    file_route("community-filled.xlsx", filled_template),
    file_route("office-template.xlsx", office_template, silent=True),
    file_route("areas.xlsx", areas_table),
    file_route("lines.xlsx", lines_table),
    file_route("spot-form.xlsx", spot_form),
    file_route("accounts-template.xlsx", accounts_template, silent=True),
    file_route("handed-out.xlsx", handed_out),
    file_route("import.xlsx", import_workbook),
    file_route("import.csv", import_csv, "text/csv; charset=utf-8"),
    file_route("checked", checked),
    file_route("audit.xlsx", audit_rows, silent=True),
    file_route("original", original, "application/octet-stream"),
    *PAPERS,
    *VIEWS,
)
