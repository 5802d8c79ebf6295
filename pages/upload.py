"""Upload (上报): hand in workbooks, see what changes before anything is stored, look back and restore."""

import streamlit as st

from beicha.ui import office
from beicha.ui.empty import draw_no_editions
from beicha.ui.frame import Frame
from beicha.ui.links import draw_problem_help
from beicha.ui.person import holds_everywhere
from beicha.ui.setup.templates import draw_templates
from beicha.ui.upload.choosing import pick_way
from beicha.ui.upload.looking_back import draw_history
from beicha.ui.upload.many import draw_many
from beicha.ui.upload.one import draw_one
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Upload"), anchor=False)
if not office.all_editions():
    draw_no_editions(frame.language)
    st.stop()

with st.container(horizontal=True, gap="small"):
    way = pick_way(frame.language)
    draw_problem_help(frame.language)
if way == "one":
    draw_one(frame.language)
elif way == "many":
    draw_many(frame.language)
else:
    draw_history(frame.language)
if not holds_everywhere("set_up"):
    draw_templates(frame.language)
