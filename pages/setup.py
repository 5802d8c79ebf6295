"""Set-up (设置): what the office enters once, step by step, and the workbooks to hand out."""

import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.setup import status
from beicha.ui.frame import Frame
from beicha.ui.person import grant
from beicha.ui.setup.due_day import draw_due_day
from beicha.ui.setup.edition import draw_edition
from beicha.ui.setup.steps import draw_steps
from beicha.ui.setup.tables import draw_areas, draw_lines
from beicha.ui.setup.templates import draw_templates
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Set-up"), anchor=False)
draw_steps(status(grant(), the_store()), frame.language)
left, right = st.columns(2, gap="large")
with left:
    draw_areas(frame.language)
    draw_lines(frame.language)
    st.page_link(
        st.session_state["pages"]["units"],
        label=say(frame.language, "Name who answers for areas and lines"),
        icon=":material/contact_phone:",
    )
with right:
    draw_edition(frame.language)
    draw_due_day(frame.language)
    draw_templates(frame.language)
    st.page_link(
        st.session_state["pages"]["upload"],
        label=say(frame.language, "Go to the upload"),
        icon=":material/upload_file:",
    )
