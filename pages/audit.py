"""The audit (操作记录): who did what, when and from where, with what stood before and after."""

import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.views.audit_trail import read_audit
from beicha.ui.audit import draw_chain, draw_rows, pick
from beicha.ui.audit.filters import below
from beicha.ui.frame import Frame
from beicha.ui.person import grant
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Audit"), anchor=False)
asked = pick(frame.language)
page = read_audit(grant(), the_store(), asked.wanted, below(), language=frame.language)
draw_chain(page.checked, frame.language)
draw_rows(page, asked, frame.language)
