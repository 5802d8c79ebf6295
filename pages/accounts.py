"""Accounts (账号): who may sign in, what each may do, and where they are signed in."""

import streamlit as st

from beicha.ui.accounts import draw_import, draw_list, draw_new, draw_opened, draw_ticket, opened
from beicha.ui.accounts.asking import all_accounts, draw_why, what_to_give
from beicha.ui.frame import Frame
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Accounts"), anchor=False)
draw_why()
everyone, known = all_accounts(), what_to_give()
account = opened(everyone)
if account is not None:
    draw_opened(account, known, frame.language)
else:
    draw_ticket(frame.language)
    draw_list(everyone, known, frame.language)
    draw_new(known, frame.language)
    draw_import(known, frame.language)
