"""Calendar (日历): what falls due by itself in a month, and the dates of the work."""

import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.views.calendar import read_calendar
from beicha.ui import clock
from beicha.ui.calendar import draw_month, pick_month
from beicha.ui.frame import Frame
from beicha.ui.person import grant
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
period = pick_month(frame.language)
st.title(say(frame.language, "Calendar {period}", period=period), anchor=False)
view = read_calendar(grant(), the_store(), period, frame.street, frame.line, now=clock.now())
if view is None:
    st.caption(say(frame.language, "No edition is in force in this month, so nothing falls due."))
    st.stop()
draw_month(view, frame)
