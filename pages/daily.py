"""Daily reports (每日汇报): each zone's or street's day in three fields, and the day of all on one page."""

from datetime import date

import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.views.daily import read_daily
from beicha.ui import clock
from beicha.ui.daily import draw_duty, draw_rollup, draw_writing
from beicha.ui.frame import Frame
from beicha.ui.person import grant
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Daily reports"), anchor=False)
chosen = st.date_input(say(frame.language, "Day"), clock.today(), key="daily_day", format="YYYY-MM-DD", width=160)
view = read_daily(grant(), the_store(), chosen if isinstance(chosen, date) else clock.today(), now=clock.now())
if not view.rows:
    st.caption(say(frame.language, "There are no zones or streets in view on this day."))
    st.stop()
draw_writing(view, frame.language)
draw_rollup(view, frame.language)
draw_duty(view.duty, frame.language)
