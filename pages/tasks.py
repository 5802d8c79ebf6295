"""Rectification tasks (整改任务): what is to be put right by when, who answers for it, and its closing."""

import streamlit as st

from beicha.ui import clock, office
from beicha.ui.frame import Frame
from beicha.ui.tasks import draw_counts, draw_rows, draw_stepping, draw_where
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
view = office.tasks(frame.street, frame.line, clock.now())
draw_counts(view, frame.language)
if not view.rows:
    st.caption(say(frame.language, "There is no task here. The page of a community makes one from points it lost."))
    st.stop()
steps = st.container()
chosen = draw_rows(view, frame.language)
with steps:
    draw_stepping(chosen, frame.language)
draw_where(view, frame.language)
