"""The only script: who looks, navigation, the frame above every page, the page itself."""

import streamlit as st

from beicha.actions.grants import Refused
from beicha.ui import boards, clock, demo_band, frame, office
from beicha.ui.boards import Board, Frames
from beicha.ui.person import draw_signed_out, holds, is_in, look, look_through
from beicha.ui.person_menu import draw_person_menu
from beicha.ui.sitemap import ROOT, PageEntry, offered
from beicha.words.language import Language, later, say

BEGINNINGS = ("overview", "setup")
"""Pages that lie at "/" alone where they are the first; links to the others name them."""

ONE_ROW = 12
"""So many pages fit beside each other on a screen of 1280 points; more of them are put under headings."""

NO_RIGHT = later("You have no right to this. If you should have it, ask the civilization office.")

_LOGO = ROOT / "beicha" / "ui" / "logo.svg"
_ICON = ROOT / "beicha" / "web" / "static" / "icon.svg"


def main() -> None:
    """Draws the page that the address names, under the frame, for whoever is signed in or opened a share link."""
    look_through("")
    who = look()
    st.logo(str(_LOGO), size="large")
    office.look()
    band = st.container()
    left, right = st.columns([6, 2], vertical_alignment="bottom")
    pickers = left.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with right.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="right", gap="small"):
        language = frame.pick_language()
        if is_in(who):
            draw_person_menu(who, language)
    frames = Frames(band, pickers)
    with band:
        demo_band.draw(who, language)
    shared, entries = boards.boards(language), offered(who.grant) if is_in(who) else ()
    if entries:
        _draw_page(entries, shared, frames, language)
    elif shared:
        _draw_visited(shared, frames, language)
    elif is_in(who):
        _draw_nothing_offered(language)
    else:
        _draw_nobody(language)


def _draw_page(entries: tuple[PageEntry, ...], shared: tuple[Board, ...], frames: Frames, language: Language) -> None:
    first = _first(entries)
    pages = {entry.name: _page(entry, first, language) for entry in entries}
    home = [] if first.name in BEGINNINGS else [_home(first, language)]
    chosen = st.navigation(_menu(entries, pages, [*home, *_pages_of(shared)], language), position="top")
    _set_title(chosen.title, language)
    board = boards.board_of(shared, chosen)
    if board is not None:
        _draw_board(board, chosen, frames, language)
        return
    st.session_state["pages"] = pages
    entry = next((entry for entry in entries if pages[entry.name] == chosen), first)
    with frames.pickers:
        st.session_state["frame"] = frame.pick(language, entry.pickers, *office.offers(entry.months, clock.today()))
    _run(chosen, language)


def _menu(
    entries: tuple[PageEntry, ...], pages: dict[str, st.Page], others: list[st.Page], language: Language
) -> dict[str, list[st.Page]]:
    """The pages under their headings, in the order of the headings; few pages stand side by side without any."""
    menu: dict[str, list[st.Page]] = {"": []}
    for entry in entries:
        heading = say(language, entry.group) if entry.group and len(entries) > ONE_ROW else ""
        menu.setdefault(heading, []).append(pages[entry.name])
    menu[""] += others
    return menu


def _draw_visited(shared: tuple[Board, ...], frames: Frames, language: Language) -> None:
    """The pages of share links alone; at "/" lies nothing."""
    nothing = st.Page(lambda: None, title=say(language, "Beicha"), url_path="visited", default=True)
    chosen = st.navigation([nothing, *_pages_of(shared)], position="hidden")
    board = boards.board_of(shared, chosen)
    if board is None:
        draw_signed_out(language)
        return
    _set_title(chosen.title, language)
    _draw_board(board, chosen, frames, language)


def _draw_board(board: Board, chosen: st.Page, frames: Frames, language: Language) -> None:
    try:
        boards.draw(board, chosen, frames, language)
    except Refused:
        st.error(say(language, NO_RIGHT))


def _run(chosen: st.Page, language: Language) -> None:
    try:
        chosen.run()
    except Refused:
        st.error(say(language, NO_RIGHT))


def _pages_of(shared: tuple[Board, ...]) -> list[st.Page]:
    return [page for board in shared for page in board.pages.values()]


def _set_title(title: str, language: Language) -> None:
    st.set_page_config(page_title=f"{title} · {say(language, 'Beicha')}", page_icon=str(_ICON), layout="wide")


def _page(entry: PageEntry, first: PageEntry, language: Language) -> st.Page:
    title, about = say(language, entry.title), say(language, entry.help)
    return st.Page(entry.path, title=title, help=about, default=entry == first and first.name in BEGINNINGS)


def _home(first: PageEntry, language: Language) -> st.Page:
    """The first page once more, at "/" and unlisted: Streamlit takes its own address from the page that begins."""
    return st.Page(first.path, title=say(language, first.title), url_path="home", default=True, visibility="hidden")


def _first(entries: tuple[PageEntry, ...]) -> PageEntry:
    """An empty database begins with the set-up list for who sets it up, any other with the first page offered."""
    setup = [entry for entry in entries if entry.name == "setup"]
    return setup[0] if setup and holds("set_up") and not office.periods() else entries[0]


def _draw_nobody(language: Language) -> None:
    st.navigation([st.Page(lambda: None, title="Beicha", url_path="signed-out")], position="hidden")
    draw_signed_out(language)


def _draw_nothing_offered(language: Language) -> None:
    st.navigation([st.Page(lambda: None, title="Beicha", url_path="account-only")], position="hidden")
    st.subheader(say(language, "There is no page for your posts"), anchor=False)
    st.markdown(say(language, "You can change your password and see your sign-ins. Ask an administrator for more."))


main()
