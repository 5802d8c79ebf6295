"""Warnings (预警): what goes wrong and costs points, few and ranked, each with what lies behind it."""

import streamlit as st

from beicha.ui.alerts import draw_alerts
from beicha.ui.frame import Frame
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Alerts"), anchor=False)
draw_alerts(frame)
