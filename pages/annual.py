"""Results of the year (年度结果): communities and lines, with the months they come from, bands and awards."""

import streamlit as st

from beicha.actions.views.annual import years_of
from beicha.ui import clock, office
from beicha.ui.annual import draw_communities, draw_lines, draw_rule, pick_year
from beicha.ui.empty import draw_no_months
from beicha.ui.frame import Frame
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
years = years_of(office.periods())
if not years:
    draw_no_months(frame.language)
    st.stop()
st.title(say(frame.language, "Results of the year"), anchor=False)
year, unreviewed = pick_year(years, frame.language)
view = office.annual(year, unreviewed, clock.now())
if view is None:
    st.caption(say(frame.language, "No month of this year has a score."))
    st.stop()
draw_communities(view, frame.language)
draw_lines(view, frame.language)
draw_rule(view.rule, frame.language)
