"""What the office allows of links: none at all, for how long, and whether they have to end or need a password."""

from functools import partial

import streamlit as st

from beicha.actions import share_policy
from beicha.actions.opening import the_store
from beicha.actions.share_policy import LONGEST_DAYS, Policy
from beicha.ui.person import grant, holds_everywhere
from beicha.ui.shares.asking import do, now
from beicha.words.language import Language, say


def draw_policy(language: Language) -> None:
    """The switches, for the office alone."""
    if not holds_everywhere("set_up"):
        return
    present = share_policy.policy(the_store())
    with st.expander(say(language, "Rules for links")), st.form("share_policy", border=False):
        allowed = st.toggle(say(language, "Links may be made and opened"), present.allowed)
        st.caption(say(language, "Switched off, no link opens any more, not even those made before."))
        must_end = st.toggle(say(language, "Every link has to end"), present.must_end)
        most_days = st.number_input(
            say(language, "Longest life in days"), 1, LONGEST_DAYS, present.most_days, width=200
        )
        needs_password = st.toggle(say(language, "Every link needs a password"), present.must_have_password)
        st.caption(say(language, "These hold for links made from now on."))
        pressed = st.form_submit_button(say(language, "Save"), type="primary")
    if pressed:
        new = Policy(allowed, int(most_days), must_end, needs_password)
        do(partial(share_policy.set_policy, grant(), the_store(), new, now=now()), language)
