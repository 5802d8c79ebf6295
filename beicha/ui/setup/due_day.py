"""The day of the following month by which a month is to be reported, and when it closes for communities."""

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
        closes = _pick_closing(language)
        closing = say(language, "A report that meets a task's criterion closes the task; otherwise it asks for a check")
        tasks_close = st.checkbox(closing, settings.tasks_close(grant(), the_store()), key="tasks_close")
        sent = st.form_submit_button(say(language, "Save"))
    if sent:
        settings.set_due_day(grant(), the_store(), int(day), now())
        settings.set_closes_after(grant(), the_store(), closes, now())
        settings.set_tasks_close(grant(), the_store(), tasks_close, now())
        st.toast(say(language, "Saved."))
        st.rerun()


def _pick_closing(language: Language) -> int | None:
    """So many days after the due day, None for never."""
    label = say(language, "Days after the due day on which communities can still hand in themselves; blank: always")
    days = st.number_input(
        label, min_value=0, max_value=366, value=settings.closes_after(grant(), the_store()), step=1, key="closes_after"
    )
    return None if days is None else int(days)
