"""Compare (对比): two months, two communities, a community beside the others, and its self-report over the months."""

import streamlit as st

from beicha.ui.compare import draw_communities, draw_months, draw_others, draw_verified_over, pick_way
from beicha.ui.empty import draw_no_community, draw_no_months
from beicha.ui.frame import Frame
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
if not frame.period:
    draw_no_months(frame.language)
    st.stop()
st.title(say(frame.language, "Compare"), anchor=False)
way = pick_way(frame.language)
if way == "months":
    draw_months(frame)
elif not frame.community:
    draw_no_community(frame.language)
else:
    {"communities": draw_communities, "others": draw_others, "verified": draw_verified_over}[way](frame)
