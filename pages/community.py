"""Community (社区): what one community got and lost, why, and the rows behind it."""

import streamlit as st

from beicha.ui import office
from beicha.ui.community import (
    draw_extra,
    draw_finding,
    draw_findings,
    draw_headline,
    draw_sections,
    draw_trend,
    draw_unmatched,
    pick_item,
)
from beicha.ui.downloads import draw_community_download
from beicha.ui.empty import draw_no_community, draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.person import holds
from beicha.ui.review import draw_review
from beicha.ui.units import draw_people

frame: Frame = st.session_state["frame"]
if not frame.period:
    draw_no_months(frame.language)
    st.stop()
if not frame.community:
    draw_no_community(frame.language)
    st.stop()

view, edition = office.community(frame.period, frame.community), office.edition(frame.period, frame.community)
draw_headline(view, frame.language)
draw_people(frame.period, frame.community, frame.language)
draw_review(frame.period, frame.community, frame.language)
left, right = st.columns([3, 2], gap="large")
with left:
    draw_sections(view, frame.language)
with right:
    draw_trend(view, frame.language)
draw_findings(view, edition, frame.line, frame.language)
code = pick_item(edition, frame.language)
if code in view.criteria.index:
    draw_finding(view, edition, code, frame.language)
elif code:
    draw_extra(view, edition, code, frame.language)
if office.opens_files(frame.period, frame.community):
    draw_unmatched(view, edition, frame.language)
if holds("rows"):
    draw_community_download(view, frame.language)
