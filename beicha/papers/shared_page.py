"""The page a share link opens: plain HTML with bars and lines as SVG, for any browser, phone or sheet of A4.

It needs no script and asks for nothing besides itself: its one style sheet stands in it. Jinja2 escapes every value.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from beicha.papers.shared_trend import drawn
from beicha.papers.shared_values import SharedView
from beicha.words import colours
from beicha.words.language import Language, say
from beicha.words.numbers import percent, plain, score, signed
from beicha.words.states import STATE_WORDS, state_word
from beicha.words.times import shown

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {"score": score, "signed": signed, "plain": plain, "percent": percent}
_ENVIRONMENT.globals |= {"colours": colours, "states": STATE_WORDS, "state_word": state_word}


@dataclass(frozen=True)
class Around:
    """What stands around the values: the language, what kind of link it is, and where else one can go from it.

    ``expires`` is None for a link without end, ``title`` the link's own and ``whom`` who is asked for a new one, either
    may be ''. ``dashboard`` is the address of the interactive view; ``months`` are the other months of the link and
    ``languages`` the other languages of this page, each with a name and an address.
    """

    language: Language
    frozen: bool
    expires: datetime | None
    dashboard: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    title: str = ""
    whom: str = ""
    months: tuple[tuple[str, str], ...] = ()


def render(view: SharedView, around: Around) -> str:
    """The page as HTML."""
    headings = view.sections if view.kind == "area" else ()
    return _ENVIRONMENT.get_template(f"shared_{view.kind}.html").render(
        say=partial(say, around.language),
        language=around.language,
        html_language=around.language.replace("_", "-"),
        view=view,
        heading=view.heading,
        around=around,
        made=shown(datetime.fromisoformat(view.heading.made)),
        expires=shown(around.expires) if around.expires else "",
        trend=drawn(view.trend, view.heading.pass_mark),
        headings=[_in_style(title) for title in headings],
    )


def _in_style(text: str) -> Markup:
    """The text as the inside of a string in a style sheet, whatever stands in it."""
    return Markup("".join(f"\\{ord(character):06x}" for character in text))  # noqa: S704 - nothing but hex digits
