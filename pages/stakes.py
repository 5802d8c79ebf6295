"""Points to win (得分空间): where the next point comes from, by remedy and one by one."""

import streamlit as st

from beicha.ui import office
from beicha.ui.empty import draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.stakes import draw_each, draw_remedies
from beicha.words.language import later, say

WAYS = {"remedies": later("By remedy"), "each": later("One by one")}

frame: Frame = st.session_state["frame"]
view = office.stakes(frame.period, frame.street, frame.line) if frame.period else None
if view is None:
    draw_no_months(frame.language)
    st.stop()
st.title(say(frame.language, "Points to win"), anchor=False)
if view.each.empty:
    st.caption(say(frame.language, "No points were lost here this month."))
    st.stop()
way = st.segmented_control(
    say(frame.language, "What is listed"),
    list(WAYS),
    default="remedies",
    required=True,
    format_func=lambda name: say(frame.language, WAYS[name]),
    key="stakes_way",
    label_visibility="collapsed",
)
if way == "each":
    draw_each(view, frame.language)
else:
    draw_remedies(frame, view)
