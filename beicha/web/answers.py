"""What a route answers: a file to keep, or a plain sentence on why there is none."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from beicha.web.headers import NO_STORE
from beicha.words.language import DEFAULT, LANGUAGES, Language, later, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG, ZIP = "image/png", "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_FOUND = later("There is no such file. Go back to the page and try again.")


def file_answer(name: str, content: bytes, media_type: str = XLSX) -> Response:
    """The bytes as a file of that name, kept in no cache. The browser saves it and never shows it."""
    disposition = f"attachment; filename=\"download\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition, **NO_STORE})


def picture_answer(content: bytes) -> Response:
    """A JPEG to be shown in a page, kept in no cache."""
    return Response(content, media_type="image/jpeg", headers={"Content-Disposition": "inline", **NO_STORE})


def no_font(language: Language) -> Response:
    """A sentence with status 503: pictures need a font that this machine lacks."""
    text = later("This machine has no Chinese font to draw the picture with. Install one, such as fonts-noto-cjk.")
    return PlainTextResponse(say(language, text), 503, headers=NO_STORE)


def not_found(language: Language) -> Response:
    """A sentence with status 404."""
    return PlainTextResponse(say(language, NOT_FOUND), 404, headers=NO_STORE)


def language_in(query: Mapping[str, str]) -> Language:
    """The language that an address asks for, or the default."""
    return next((language for language in LANGUAGES if language == query.get("lang")), DEFAULT)
