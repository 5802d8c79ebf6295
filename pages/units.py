"""Responsible persons (责任人): who answers for each area and line, and how to reach them."""

import streamlit as st

from beicha.ui.frame import Frame
from beicha.ui.units import draw_naming
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Responsible persons"), anchor=False)
draw_naming(frame.language)
