"""From a number to what lies behind it: opening a community, a criterion, a street."""

import streamlit as st

from beicha.ui import office
from beicha.ui.frame import label_of


def open_community(code: str, criterion: str = "") -> None:
    """Goes to the community's page, with a criterion opened where one is named. For callbacks."""
    street = st.session_state.get("frame")
    period = street.period if street else ""
    choices = office.choices(period)
    st.session_state["community"] = label_of(choices.communities(street.street if street else ""), code)
    if criterion:
        st.session_state["criterion"] = criterion
    else:
        st.session_state.pop("criterion", None)
    st.switch_page(st.session_state["pages"]["community"], query_params={})


def open_street(code: str) -> None:
    """Filters the overview by a street. For callbacks."""
    frame = st.session_state["frame"]
    st.session_state["street"] = label_of(office.choices(frame.period).streets, code)
