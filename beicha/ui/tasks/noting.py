"""A task from a note: what somebody saw or was told, about no criterion; it scores nothing by itself."""

from datetime import timedelta

import streamlit as st

from beicha.actions import tasks
from beicha.actions.opening import the_store
from beicha.actions.tasks import LONGEST, NewTask
from beicha.ui import clock, office
from beicha.ui.frame import Frame, unique_labels
from beicha.ui.person import grant
from beicha.words.language import Language, later, say

BROUGHT_BY = {
    "督查": later("an inspector"),
    "市民监督员": later("a citizen monitor"),
    "群众来信来电": later("a resident"),
    "上级交办": later("a higher office"),
    "媒体": later("the media"),
}
"""Who brings notes: as it is kept, and as it is said."""
DAYS = timedelta(days=7)


def draw_noting(frame: Frame) -> None:
    """The form, for whoever assigns."""
    language, known = frame.language, office.choices(frame.period)
    places, lines = unique_labels(known.communities(frame.street)), unique_labels(known.lines)
    if not places:
        st.caption(say(language, "No month has a score yet."))
        return
    with st.form("task-note", clear_on_submit=True):
        with st.container(horizontal=True, gap="small"):
            place = st.selectbox(say(language, "Community"), list(places), width=200)
            who = _pick_who(language)
            due = st.date_input(say(language, "By"), clock.today() + DAYS, format="YYYY-MM-DD", width=160)
        title = st.text_input(say(language, "In a few words"), max_chars=60)
        problem = st.text_area(say(language, "What is wrong"), max_chars=LONGEST, height=90)
        remedy = st.text_area(say(language, "What to do"), max_chars=LONGEST, height=70)
        with st.container(horizontal=True, gap="small"):
            lead = st.selectbox(say(language, "Lead"), ["", *lines], width=200)
            supporting = st.multiselect(say(language, "Supporting"), list(lines), width=320)
        sent = st.form_submit_button(say(language, "Make the task"), type="primary")
    if not sent:
        return
    if not (title or "").strip() or not (problem or "").strip():
        st.error(say(language, "Say in a few words what it is about, and what is wrong."))
        return
    others = tuple(lines[name] for name in supporting if name != lead)
    new = NewTask(
        places[str(place)], frame.period, "", title.strip(), problem.strip(), (remedy or "").strip(),
        lines.get(str(lead), ""), others, due, {}, f"note/{who}",
    )  # fmt: skip
    made = tasks.make(grant(), the_store(), [new], now=clock.now())
    st.success(say(language, "Task {number} is made.", number=f"{made[0]:06d}"))


def _pick_who(language: Language) -> str:
    label = say(language, "Brought by")
    return str(st.selectbox(label, list(BROUGHT_BY), format_func=lambda who: say(language, BROUGHT_BY[who]), width=180))
