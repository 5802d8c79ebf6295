"""Papers (公文材料): the month's notice and what else goes out, as drafts and under numbers."""

import streamlit as st

from beicha.ui.empty import draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.papers import draw_forms, draw_issued, draw_making
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
if not frame.period:
    draw_no_months(frame.language)
    st.stop()
st.title(say(frame.language, "Papers {period}", period=frame.period), anchor=False)
draw_making(frame)
draw_issued(frame.language)
draw_forms(frame.language)
