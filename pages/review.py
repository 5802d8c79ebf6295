"""Review (审核): pass and return the month's reports, make the month final, open it again."""

import streamlit as st

from beicha.ui import office
from beicha.ui.downloads import draw_review_download
from beicha.ui.empty import draw_no_community, draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.review import draw_counts, draw_deciding, draw_units

frame: Frame = st.session_state["frame"]
if not frame.period:
    draw_no_months(frame.language)
    st.stop()

view = office.review(frame.period, frame.street)
if not view.units:
    draw_no_community(frame.language)
    st.stop()
draw_counts(view, frame.language)
decisions = st.container()
chosen = draw_units(view, frame.language)
with decisions:
    draw_deciding(view, chosen, frame.language)
draw_review_download(frame.period, frame.street, frame.language)
