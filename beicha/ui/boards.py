"""The interactive pages of share links: the overview and the communities of a link's scope, to be read alone.

Each link has addresses of its own, which lie hidden beside whatever pages the reader has; without its cookie there are
none. The link is looked up at every run, and every half minute while nobody touches the page.
"""

from dataclasses import dataclass

import streamlit as st

from beicha.actions.visiting import Answer, Shared, Visit
from beicha.ui import frame, office, person
from beicha.ui.sitemap import PAGES, PageEntry
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.times import shown

LOOK_SECONDS = 30
_ENTRIES = {entry.name: entry for entry in PAGES}
_ENDED: dict[Answer, str] = {
    "expired": later("This link has expired"),
    "revoked": later("This link was revoked"),
    "forbidden": later("Share links are switched off"),
}


@dataclass(frozen=True)
class Frames:
    """The places above a page: for what is said of it, and for its pickers."""

    band: st.delta_generator.DeltaGenerator
    pickers: st.delta_generator.DeltaGenerator


@dataclass(frozen=True)
class Board:
    """The pages of one link, by name, and how the link answers now."""

    public_id: str
    visit: Visit
    pages: dict[str, st.Page]


def boards(language: Language) -> tuple[Board, ...]:
    """Those of the links that this browser opened, dead ones too: their pages say so."""
    return tuple(_board(public_id, language) for public_id in person.links())


def board_of(found: tuple[Board, ...], chosen: st.Page) -> Board | None:
    """The board that a page belongs to."""
    return next((board for board in found if chosen in board.pages.values()), None)


def draw(board: Board, chosen: st.Page, frames: Frames, language: Language) -> None:
    """Draws a page of a link as its scope allows, or why it is no more to be seen."""
    visit = person.look_through(board.public_id)
    if visit is None or visit.answer != "alive" or visit.shared is None:
        person.look_through("")
        _draw_ended(board.visit, language)
        return
    watch()
    entry = next(_ENTRIES[name] for name, page in board.pages.items() if page == chosen)
    with frames.band:
        _draw_band(visit.shared, board, entry, language)
    if not office.periods():
        st.markdown(say(language, "There is nothing on this page yet. Please come back later."))
        return
    st.session_state["pages"] = board.pages
    with frames.pickers:
        st.session_state["frame"] = frame.pick(language, entry.pickers, office.periods(), office.choices)
    chosen.run()


@st.fragment(run_every=LOOK_SECONDS)
def watch() -> None:
    """Looks at the link while nobody touches the page: a page of a dead link must not stay on the screen."""
    person.grant()


def _board(public_id: str, language: Language) -> Board:
    visit = person.ask_link(public_id)
    view = visit.shared.scope.view if visit.shared is not None else "overview"
    first, *more = ("overview", "community") if view == "overview" else ("community",)
    pages = {first: _page(first, f"board-{public_id}", language)}
    return Board(public_id, visit, pages | {name: _page(name, f"board-{public_id}-{name}", language) for name in more})


def _page(name: str, place: str, language: Language) -> st.Page:
    entry = _ENTRIES[name]
    return st.Page(entry.path, title=say(language, entry.title), url_path=place, visibility="hidden")


def _draw_band(shared: Shared, board: Board, entry: PageEntry, language: Language) -> None:
    """What is looked at, until when, and the ways to the other pages of the link."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        end = say(language, "until {time}", time=shown(shared.ends_at)) if shared.ends_at else ""
        note = " · ".join(part for part in (say(language, "read only"), end) if part)
        badge = f":blue-badge[{say(language, 'Shared')}]"
        st.markdown(f"{badge} **{literal(shared.title)}** :small[{note}]", width="content")
        if entry.name != "overview" and "overview" in board.pages:
            st.page_link(board.pages["overview"], label=say(language, "Back to the overview"))
        page = f"/shared/{board.public_id}?lang={language}"
        st.link_button(say(language, "Page to read and print"), page, type="tertiary", icon=":material/print:")


def _draw_ended(visit: Visit, language: Language) -> None:
    st.subheader(say(language, _ENDED.get(visit.answer, later("This link is no longer open"))), anchor=False)
    names = (visit.shared.maker.unit, visit.shared.maker.name) if visit.shared is not None else ()
    whom = " ".join(name for name in names if name)
    if whom:
        st.markdown(literal(say(language, "To go on reading, ask for a new link: {whom}", whom=whom)))
    else:
        st.markdown(say(language, "To go on reading, ask whoever gave it to you for a new link."))
