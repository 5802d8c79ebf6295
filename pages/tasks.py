"""Rectification tasks (整改任务): what is to be put right by when, who answers for it, and its closing."""

import streamlit as st

from beicha.ui import clock, office
from beicha.ui.downloads import draw_task_downloads
from beicha.ui.frame import Frame
from beicha.ui.tasks import draw_board, draw_bulk, draw_counts, draw_list, draw_noting, draw_where, pick_way

frame: Frame = st.session_state["frame"]
view = office.tasks(frame.street, frame.line, clock.now())
draw_counts(view, frame.language)
way = pick_way(frame.language)
if way == "lost":
    draw_bulk(frame, view)
elif way == "note":
    draw_noting(frame)
elif way == "board":
    draw_board(view, frame.language)
else:
    draw_list(view, frame.language)
    draw_where(view, frame.language)
    draw_task_downloads(frame.street, frame.line, frame.language)
