"""How a file leaves over plain HTTP: by what it is, with the right checked and noted, kept in no cache."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from beicha.actions.documents.scope import Nothing
from beicha.actions.exporting import note_export
from beicha.actions.exports.pictures import NoFontError
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.actions.settings import demo_today
from beicha.web.answers import XLSX, file_answer, language_in, no_font, not_found
from beicha.web.people import grant_of
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
    "way",
    "beside",
    "digest",
)
"""What an address says about a file, as far as the audit notes it."""


def file_route(name: str, make: Callable[[Request], Made], media_type: str = XLSX, *, silent: bool = False) -> Route:
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


def today() -> datetime:
    """Now; in the demo this time of day on its fixed day."""
    return on_day(datetime.now(UTC), demo_today(the_store()) or "")
