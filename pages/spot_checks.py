"""Spot checks (督查): points drawn, visits written down, what was seen, and self-report beside verification."""

import streamlit as st

from beicha.ui.empty import draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.spot_checks import draw_drawing, draw_entering, draw_observations, draw_verified, pick_part

frame: Frame = st.session_state["frame"]
if not frame.period:
    draw_no_months(frame.language)
    st.stop()
DRAWN = {
    "observations": draw_observations,
    "verified": draw_verified,
    "enter": draw_entering,
    "draw": draw_drawing,
}
DRAWN[pick_part(frame.language)](frame)
