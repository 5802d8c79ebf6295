"""Share links (分享链接): what leaders open without an account, made, listed and revoked."""

import streamlit as st

from beicha.ui.frame import Frame
from beicha.ui.person import holds
from beicha.ui.shares import draw_list, draw_made, draw_new, draw_policy
from beicha.ui.shares.asking import draw_why
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
st.title(say(frame.language, "Share links"), anchor=False)
st.caption(say(frame.language, "A link opens one view in any browser, also on a phone, without an account. Nobody can change anything there."))  # fmt: skip # noqa: E501
draw_why()
draw_made(frame.language)
if holds("share"):
    draw_new(frame.language)
draw_list(frame.language)
draw_policy(frame.language)
