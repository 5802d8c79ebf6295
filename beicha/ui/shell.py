"""The only script: navigation, the frame above every page, the page itself."""

import streamlit as st

from beicha.ui import demo_band, frame, office
from beicha.ui.sitemap import PAGES, ROOT, PageEntry
from beicha.words.language import Language, say

_LOGO = ROOT / "beicha" / "ui" / "logo.svg"
_ICON = ROOT / "beicha" / "web" / "static" / "icon.svg"


def main() -> None:
    """Draws the page that the address names, under the frame."""
    office.look()
    st.logo(str(_LOGO), size="large")
    band = st.container()
    left, right = st.columns([8, 1], vertical_alignment="bottom")
    pickers = left.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with right:
        language = frame.pick_language()
    pages = {entry.name: _page(entry, language) for entry in PAGES}
    chosen = st.navigation(_visible(pages), position="top")
    st.set_page_config(page_title=f"{chosen.title} · {say(language, 'Beicha')}", page_icon=str(_ICON), layout="wide")
    st.session_state["pages"] = pages
    entry = next(entry for entry in PAGES if pages[entry.name] == chosen)
    with band:
        demo_band.draw(language)
    with pickers:
        st.session_state["frame"] = frame.pick(language, entry.pickers, office.periods(), office.choices)
    chosen.run()


def _page(entry: PageEntry, language: Language) -> st.Page:
    title, about = say(language, entry.title), say(language, entry.help)
    return st.Page(entry.path, title=title, help=about, default=entry.name == _first())


def _visible(pages: dict[str, st.Page]) -> list[st.Page]:
    return list(pages.values())


def _first() -> str:
    """An empty database begins with the set-up list, any other with the overview."""
    return "overview" if office.periods() else "setup"


main()
