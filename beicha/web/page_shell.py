"""The page shell: Streamlit's index.html in the reader's language, for every page address.

Streamlit says lang="en", titles the tab "Streamlit" and points at an interface that is closed here. The shell is made
from the installed file at start; where a new version no longer has the pieces that are replaced, it refuses to start.
It fills what older browsers lack, and leads whoever has no script, or too old a browser, to the plain form.
"""

import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from beicha.words.language import DEFAULT, LANGUAGES, Language, later, say

STATIC = Path(__file__).parent / "static"
TITLE = later("Beicha")
NEEDS_SCRIPT = later("This page needs JavaScript. Please allow it for this address and load the page again.")
TOO_OLD = later(
    "This browser is too old for this page. Please take Chrome or Edge 112, Firefox 116, Safari 17 or newer; "
    "in 360 or QQ browser switch to speed mode (极速模式)."
)
PLAIN_WAY = later("Hand in workbooks on the plain page, which works in every browser")
HTML_LANGUAGE: dict[Language, str] = {"zh_CN": "zh-CN", "en": "en"}

_NOT_PAGES = (
    "/_stcore/",
    "/media/",
    "/component/",
    "/static/",
    "/ui/",
    "/download/",
    "/plain/",
    "/help/",
    "/account/",
    "/s/",
    "/shared/",
    "/login",
    "/healthz",
    "/readyz",
    "/metrics",
    "/logout",
)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_INLINE_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_AGENT_LINK = re.compile(r'<link rel="service-desc"[^>]*>')
_ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')
_BODY_END = re.compile(r"</body>")
_SCRIPTS = "".join(f'<script src="/ui/{name}"></script>' for name in ("polyfills.js", "zh.js", "copy.js"))
_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')


class PageShell:
    """ASGI middleware that answers page addresses with the shell; everything else passes on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        for language in LANGUAGES:
            shell(language)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves the shell for page addresses, known or not: Streamlit itself tells the unknown ones."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and is_page(scope["path"]):
            response = HTMLResponse(shell(language_of(scope["query_string"])), headers={"Cache-Control": "no-cache"})
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_page(path: str) -> bool:
    """Whether a path is a page's address: not one of Streamlit's or our own routes, and not a file with a suffix."""
    if path.startswith(_NOT_PAGES) or path.startswith("//"):
        return False
    return "_stcore" not in path and "." not in path.rsplit("/", 1)[-1] and (path == "/" or not path.endswith("/"))


def language_of(query_string: bytes) -> Language:
    """The language that ``lang=`` in an address asks for, or the default."""
    asked = parse_qs(query_string.decode("latin-1")).get("lang", [DEFAULT])[-1]
    return next((language for language in LANGUAGES if language == asked), DEFAULT)


@cache
def shell(language: Language) -> str:
    """The page shell's HTML in the language; raises RuntimeError where Streamlit's file lacks a piece we replace."""
    index = Path(str(distribution("streamlit").locate_file("streamlit/static/index.html")))
    html = _COMMENT.sub("", index.read_text(encoding="utf-8"))
    title = say(language, TITLE)
    html = _replaced(html, re.compile(r'<html lang="en">'), f'<html lang="{HTML_LANGUAGE[language]}">')
    html = _replaced(html, re.compile(r"<title>Streamlit</title>"), f"<title>{title}</title>")
    html = _replaced(html, _ICON, '<link rel="icon" type="image/svg+xml" href="/ui/icon.svg">')
    html = _replaced(html, _FONT, "")
    html = _replaced(html, _AGENT_LINK, "")
    html = _replaced(html, _NOSCRIPT, f"<noscript>{_way_out(NEEDS_SCRIPT, language)}</noscript>")
    html = _replaced(html, _INLINE_SCRIPT, _SCRIPTS)
    hidden = f'<div id="old-browser" hidden>{_way_out(TOO_OLD, language)}</div>'
    return _replaced(html, _BODY_END, f'{hidden}<script src="/ui/old-browser.js"></script></body>')


def _way_out(why: str, language: Language) -> str:
    """Why the page stays empty, and the way to hand in workbooks all the same."""
    link = f'<a href="/plain/upload?lang={language}">{say(language, PLAIN_WAY)}</a>'
    return (
        f'<div style="max-width: 40em; margin: 2em auto; padding: 0 1em"><p>{say(language, why)}</p><p>{link}</p></div>'
    )


def _replaced(html: str, pattern: re.Pattern[str], new: str) -> str:
    changed, times = pattern.subn(lambda _: new, html)
    if times != 1:
        raise RuntimeError(f"Streamlit's index.html has {pattern.pattern!r} {times} times instead of once")
    return changed


def _file(name: str, media_type: str) -> Route:
    def serve(_: Request) -> Response:
        return FileResponse(STATIC / name, media_type=media_type, headers={"Cache-Control": "no-cache"})

    return Route(f"/ui/{name}", serve, methods=["GET"])


SCRIPT = "text/javascript; charset=utf-8"
ROUTES: tuple[BaseRoute, ...] = (
    _file("polyfills.js", SCRIPT),
    _file("old-browser.js", SCRIPT),
    _file("zh.js", SCRIPT),
    _file("copy.js", SCRIPT),
    _file("plain.css", "text/css; charset=utf-8"),
    _file("icon.svg", "image/svg+xml"),
)
