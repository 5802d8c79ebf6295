"""A new account: login, name and its first post."""

from functools import partial

import streamlit as st

from beicha.actions import accounts
from beicha.actions.grants import Post
from beicha.actions.opening import the_store
from beicha.actions.views.accounts import Giving
from beicha.ui.accounts.asking import do, now
from beicha.ui.accounts.codes import NewCode, keep_code
from beicha.ui.accounts.giving import pick_post
from beicha.ui.accounts.opened import open_account
from beicha.ui.person import grant
from beicha.words.language import Language, say


def draw_new(known: Giving, language: Language) -> None:
    """The form for a new account; its code is shown once it is made."""
    with st.expander(say(language, "New account"), icon=":material/person_add:"):
        with st.container(horizontal=True, gap="small"):
            about = say(language, "What the person signs in with: letters, digits or Chinese characters, no spaces.")
            login = st.text_input(say(language, "Login"), key="new_login", max_chars=64, width=220, help=about)
            name = st.text_input(say(language, "Name"), key="new_name", max_chars=40, width=220)
        post = pick_post(known, "new", language)
        ready = bool(login.strip() and name.strip() and post)
        pressed = st.button(say(language, "Make the account"), type="primary", key="new_make", disabled=not ready)
    if pressed and post:
        do(partial(_make, login, name, post), language)


def _make(login: str, name: str, post: Post) -> None:
    code = accounts.add(grant(), the_store(), login, name, [post], now=now())
    made = accounts.normal_login(login)
    open_account(made)
    keep_code(NewCode(made, name.strip(), code))
