"""Plain HTML pages: templates in both languages, everything escaped, no script, kept in no cache.

Jinja2, which Streamlit brings along, escapes every value by itself and stops at a name that is not there.
"""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from beicha.web.answers import language_in
from beicha.web.headers import NO_STORE
from beicha.web.page_shell import HTML_LANGUAGE
from beicha.web.people import person_or_none
from beicha.words.language import Language, say
from beicha.words.numbers import score, signed
from beicha.words.times import shown

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_NAMES: dict[Language, str] = {"zh_CN": "中文", "en": "English"}

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters |= {"shown": shown, "score": score, "signed": signed}


def plain_page(request: Request, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """The template in the language that the address asks for, filled with the values."""
    language = language_in(request.query_params)
    html = _ENVIRONMENT.get_template(template).render(
        say=partial(say, language),
        language=language,
        html_language=HTML_LANGUAGE[language],
        languages=other_languages(request, language),
        person=person_or_none(request),
        **values,
    )
    return HTMLResponse(html, status, headers=NO_STORE)


def address(path: str, language: Language) -> str:
    """An address of a plain page in the language."""
    return f"{path}?{urlencode({'lang': language})}"


def other_languages(request: Request, language: Language) -> list[tuple[str, str]]:
    """The other languages' names with this page's address in them; an answer to a form has no address of its own."""
    if request.method != "GET":
        return []
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return [
        (name, f"{request.url.path}?{urlencode([*query, ('lang', other)])}")
        for other, name in LANGUAGE_NAMES.items()
        if other != language
    ]
