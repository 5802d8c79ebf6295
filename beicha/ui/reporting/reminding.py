"""The reminder for those who have not reported, to be copied into a chat group."""

import streamlit as st

from beicha.actions import settings
from beicha.actions.opening import the_store
from beicha.actions.views.reminder import reminder
from beicha.actions.views.reporting import Reporting
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.words.language import Language, say


def draw_reminder(view: Reporting, language: Language) -> None:
    """The text in a field where it can be changed, selected and copied; nothing where nobody is missing."""
    st.subheader(say(language, "Reminder"), anchor=False)
    sender = settings.district_name(grant(), the_store())
    text = reminder(view, sender, language, now=clock.now())
    if not text:
        st.caption(say(language, "All communities in view reported."))
        return
    label = say(language, "Click into the text, select all (Ctrl+A), copy (Ctrl+C), and send it to the group.")
    st.text_area(label, text, height=240)
