"""Reporting (上报情况): who has reported the month, who late, who not, and a reminder to send."""

import streamlit as st

from beicha.ui import clock, office
from beicha.ui.downloads import draw_reporting_download
from beicha.ui.empty import draw_no_community, draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.reporting import draw_headline, draw_reminder, draw_streets, draw_units

frame: Frame = st.session_state["frame"]
if not frame.period:
    draw_no_months(frame.language)
    st.stop()

view = office.reporting(frame.period, frame.street, clock.now())
if not view.units:
    draw_no_community(frame.language)
    st.stop()
draw_headline(view, frame.language)
left, right = st.columns([3, 2], gap="large")
with left:
    draw_units(view, frame.language)
with right:
    draw_streets(view, frame.language)
    draw_reminder(view, frame.language)
draw_reporting_download(view, frame.street, frame.language)
