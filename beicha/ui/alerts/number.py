"""How many warnings there are, for a page that leads to them."""

import streamlit as st

from beicha.ui import clock, office
from beicha.ui.person import holds
from beicha.words.language import Language, say


def draw_number(street: str, line: str, language: Language) -> None:
    """The number, and the way to the warnings; for whoever has the page, where there are any."""
    if not holds("rows") or "alerts" not in st.session_state["pages"]:
        return
    found = office.alerts(street, line, clock.now())
    if found.all:
        label = say(language, "Alerts: {n}", n=found.all)
        st.page_link(st.session_state["pages"]["alerts"], label=label, icon=":material/notification_important:")
