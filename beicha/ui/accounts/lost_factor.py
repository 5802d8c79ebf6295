"""The second factor of an account that its person has lost: taken away by somebody else, set up anew at the sign-in."""

from functools import partial

import streamlit as st

from beicha.actions import accounts
from beicha.actions.accounts import ListedAccount
from beicha.actions.opening import the_store
from beicha.ui.accounts.asking import do, now
from beicha.ui.person import grant
from beicha.words.language import Language, later, say

ABOUT = later(
    "Signs in with a second factor. For a lost phone without recovery codes: make sure that it is the person, then "
    "take it away. The password stays, and the person is signed out everywhere."
)


def draw_lost_factor(account: ListedAccount, language: Language) -> None:
    """What to do when the person has lost the second factor; nothing where there is none."""
    if not account.factor:
        return
    with st.popover(say(language, "Second factor"), key="factor_popover"):
        st.markdown(say(language, ABOUT))
        taken = st.button(say(language, "Take the second factor away"), key="factor_drop", type="primary")
    if taken:
        do(partial(accounts.drop_second_factor, grant(), the_store(), account.login, now=now()), language)
