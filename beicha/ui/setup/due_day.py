"""The day of the following month by which a month is to be reported."""

import streamlit as st

from beicha.actions import settings
from beicha.actions.opening import the_store
from beicha.ui.clock import now
from beicha.ui.person import grant
from beicha.words.language import Language, say


def draw_due_day(language: Language) -> None:
    """The day as it is set, and the form to set it."""
    st.subheader(say(language, "Due day"), anchor=False)
    present = settings.due_day(grant(), the_store())
    with st.form("due_day"):
        label = say(language, "Reports are due by this day of the following month")
        day = st.number_input(label, min_value=1, max_value=28, value=present or 5, step=1)
        sent = st.form_submit_button(say(language, "Save"))
    if sent:
        settings.set_due_day(grant(), the_store(), int(day), now())
        st.toast(say(language, "Saved."))
        st.rerun()
