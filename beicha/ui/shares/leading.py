"""From a page to a link that shows it: the form of a new link, filled in with what is in view."""

import streamlit as st

from beicha.ui import office
from beicha.ui.frame import Frame, label_of
from beicha.ui.person import holds
from beicha.ui.shares.places import places
from beicha.words.language import say


def draw_share_button() -> None:
    """The button, for who may share."""
    frame: Frame = st.session_state["frame"]
    if holds("share") and "shares" in st.session_state["pages"]:
        name = say(frame.language, "Share this page")
        st.button(name, key="share_this", icon=":material/share:", type="tertiary", on_click=_begin, args=(frame,))


def _begin(frame: Frame) -> None:
    """For a callback: what is in view is chosen in the form, and the page of links opened."""
    area, names = frame.community or frame.street, places()
    st.session_state["share_areas"] = [label_of(names, area)] if area in names else []
    lines = office.choices(frame.period).lines
    st.session_state["share_lines"] = [label_of(lines, frame.line)] if frame.line in lines else []
    st.session_state["share_month"] = frame.period
    st.switch_page(st.session_state["pages"]["shares"], query_params={})
