"""Forms that people send: where they come from, and no more of them than is allowed.

A form is taken where it holds the same random token as a cookie of this site: another site's page can make a browser
send a form, but neither read nor set the cookie, and the browser leaves it away from what other sites send
(SameSite=Strict). The gate has refused foreign Origins before; old browsers send none, so this does not ask for one.
"""

import asyncio
import re
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from beicha.actions.submissions import NamedFile

COOKIE = "beicha_form"
MOST_FILES = 20
MOST_FILE_BYTES = 20 << 20
MOST_BYTES = 100 << 20
"""Of all files of one form together; they wait on disk while they arrive."""
MOST_DRAINED = 1 << 30
"""A form that is too large is read to its end, and forgotten, up to here: a browser shows no answer before that."""
MOST_SECONDS = 600
MOST_SMALL, MOST_SMALL_SECONDS = 32 << 10, 20
"""Of a form without files, such as the one for signing in."""
_FOLDERS = re.compile(r"^.*[/\\]", re.DOTALL)


class RefusedForm(Exception):  # noqa: N818 - a refusal is the answer, not a fault of the program
    """A form that is not taken; ``status`` is 400, 403 or 413."""

    def __init__(self, status: int) -> None:
        super().__init__(f"a form was refused with {status}")
        self.status = status


@dataclass(frozen=True)
class Posted:
    """A form that was taken: its fields, and the files of the field ``files``."""

    fields: FormData
    files: tuple[NamedFile, ...] = ()

    def text(self, name: str) -> str:
        """The text of a field, '' where it was not sent."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """All texts of a field that may be sent several times."""
        return tuple(value for value in self.fields.getlist(name) if isinstance(value, str))


def token_of(request: Request) -> str:
    """The token for a form on the answer: the browser's own, or a new one."""
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(32)


def with_token(response: Response, token: str) -> Response:
    """The answer, with the token given to the browser."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict")
    return response


async def posted(request: Request, *, files: bool = True) -> Posted:
    """The form that a person sent; raises RefusedForm where it is not one of ours, broken, or more than is allowed.

    Without ``files`` it is a small one, of a few fields, that strangers may send too.
    """
    cookie = request.cookies.get(COOKIE, "")
    if not cookie:
        raise RefusedForm(403)
    fields = await (_parsed(request) if files else _parsed_small(request))
    try:
        sent = fields.get("token", "")
        if not isinstance(sent, str) or not secrets.compare_digest(sent.encode(), cookie.encode()):
            raise RefusedForm(403)
        return Posted(fields, await _files(fields))
    finally:
        await fields.close()


async def _parsed(request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise RefusedForm(400)
    stream = request.stream()
    parser = MultiPartParser(
        request.headers, _bounded(stream, MOST_BYTES), max_files=10 * MOST_FILES, max_fields=50, max_part_size=4096
    )
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return await _parsed_or_drained(parser, stream)
    except (MultiPartException, ClientDisconnect, TimeoutError) as broken:
        raise RefusedForm(400) from broken


async def _parsed_small(request: Request) -> FormData:
    """A form of a few short fields; of a larger one no more is read than that."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise RefusedForm(400)
    stream = _bounded(request.stream(), MOST_SMALL)
    parser = MultiPartParser(request.headers, stream, max_files=0, max_fields=10, max_part_size=4096)
    try:
        async with asyncio.timeout(MOST_SMALL_SECONDS):
            return await parser.parse()
    except (MultiPartException, ClientDisconnect, TimeoutError) as broken:
        raise RefusedForm(400) from broken


async def _parsed_or_drained(parser: MultiPartParser, stream: AsyncIterator[bytes]) -> FormData:
    try:
        fields = await parser.parse()
        _close_unfinished(parser, fields)
        return fields
    except (MultiPartException, RefusedForm):
        left = MOST_DRAINED
        async for chunk in stream:
            left -= len(chunk)
            if left < 0:
                break
        raise


def _close_unfinished(parser: MultiPartParser, fields: FormData) -> None:
    """Of a form that was cut off the last file is no field, and nobody else would close its temporary file."""
    kept = {id(value.file) for _, value in fields.multi_items() if isinstance(value, UploadFile)}
    for file in parser._files_to_close_on_error:
        if id(file) not in kept:
            file.close()


async def _bounded(stream: AsyncIterator[bytes], most: int) -> AsyncGenerator[bytes, None]:
    left = most
    async for chunk in stream:
        left -= len(chunk)
        if left < 0:
            raise RefusedForm(413)
        yield chunk


async def _files(fields: FormData) -> tuple[NamedFile, ...]:
    """The files that were chosen; a browser sends an empty one where none was, an old one its folders as well."""
    chosen = [file for file in fields.getlist("files") if isinstance(file, UploadFile) and file.filename]
    if len(chosen) > MOST_FILES or any((file.size or 0) > MOST_FILE_BYTES for file in chosen):
        raise RefusedForm(413)
    return tuple([NamedFile(_FOLDERS.sub("", file.filename or ""), await file.read()) for file in chosen])
