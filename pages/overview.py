"""Overview (总览): the month at a glance, the gap of every community, and what to do first."""

import streamlit as st

from beicha.ui import office
from beicha.ui.alerts import draw_number
from beicha.ui.downloads import draw_overview_downloads
from beicha.ui.empty import draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.overview import (
    draw_gaps,
    draw_headline,
    draw_lines,
    draw_matrix,
    draw_overdue,
    draw_stakes,
    draw_streets,
    draw_trend,
    draw_unreported,
)

frame: Frame = st.session_state["frame"]
if not frame.period:
    draw_no_months(frame.language)
    st.stop()

view = office.overview(frame.period, frame.street, frame.line)
draw_headline(view, frame.language)
gaps, todo = st.columns([3, 2], gap="large")
with gaps:
    draw_gaps(view, frame.language)
with todo:
    draw_stakes(view, frame.language)
    draw_unreported(view, frame.language)
    draw_overdue(frame.street, frame.line, frame.language)
    draw_number(frame.street, frame.line, frame.language)
draw_matrix(view, frame.language)
left, right = st.columns(2, gap="large")
with left:
    draw_trend(view, frame.language)
with right:
    draw_streets(view, frame.language)
    draw_lines(view, frame.language)
draw_overview_downloads(frame.period, frame.street, frame.line, frame.language)
