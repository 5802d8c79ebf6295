"""Rehearsal (迎检预演): what a random draw of communities would come to, and what would change it."""

import streamlit as st

from beicha.ui import office
from beicha.ui.empty import draw_no_months
from beicha.ui.frame import Frame
from beicha.ui.rehearsal import (
    draw_communities,
    draw_criteria,
    draw_enough,
    draw_leaving,
    draw_outlook,
    draw_streets,
    draw_worst,
    pick_day,
    pick_wish,
    readiness_on,
)
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
edition = office.edition_in_force(frame.period) if frame.period else None
if edition is None:
    draw_no_months(frame.language)
    st.stop()
st.title(say(frame.language, "Rehearsal of the inspection"), anchor=False)
day = pick_day(frame.period, frame.language)
wish = pick_wish(office.choices(frame.period).streets, edition.pass_mark, frame.language)
ready = readiness_on(frame.period, day, frame.language)
month = ready.then if ready else office.month(frame.period)
view = office.rehearsal(month, day, wish) if month else None
if month is None or view is None:
    st.info(say(frame.language, "Nobody is drawn here: choose at least one community, in a month seen with all lines."))
    st.stop()
draw_outlook(view, f"{day}-{frame.period}-{wish}", frame.language)
draw_streets(view, frame.language)
if ready:
    draw_leaving(ready, edition, day, frame.language)
left, right = st.columns(2, gap="large")
with left:
    draw_communities(view, frame.language)
with right:
    draw_criteria(view, frame.language)
draw_enough(month, day, wish, frame.language)
draw_worst(view, frame.language)
