"""One account opened: its posts, its code, whether it may sign in, and where it is signed in."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from beicha.actions import accounts
from beicha.actions.accounts import ListedAccount
from beicha.actions.opening import the_store
from beicha.actions.views.accounts import Giving, post_in_words, state_of
from beicha.ui.accounts.asking import do, now
from beicha.ui.accounts.codes import NewCode, draw_code, keep_code
from beicha.ui.accounts.giving import pick_post
from beicha.ui.accounts.lost_factor import draw_lost_factor
from beicha.ui.accounts.sign_ins import draw_sign_ins
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.times import shown

_KEY = "account_opened"


def opened(everyone: Sequence[ListedAccount]) -> ListedAccount | None:
    """The account that is opened, None where the list is to be shown."""
    login = st.session_state.get(_KEY, "")
    return next((account for account in everyone if account.login == login), None)


def open_account(login: str) -> None:
    """Opens an account at the next run; '' goes back to the list."""
    st.session_state[_KEY] = login
    st.session_state.pop("account_code", None)


def draw_opened(account: ListedAccount, known: Giving, language: Language) -> None:
    """Everything about one account that the reader may see and do."""
    back = say(language, "Back to the list")
    st.button(
        back, icon=":material/arrow_back:", type="tertiary", key="account_back", on_click=open_account, args=("",)
    )
    st.subheader(literal(account.name), anchor=False)
    st.caption(literal(f"{say(language, 'Login')} {account.login} · {_standing(account, language)}"))
    draw_code(language)
    if account.own:
        st.info(say(language, "This is your own account: others give and take its posts."))
    _draw_posts(account, known, language)
    if not account.own:
        _draw_giving(account, known, language)
    if account.demo:
        st.caption(say(language, "An account of the demo: it has no password and no code."))
    elif not account.yours:
        st.caption(say(language, "One of its posts lies beyond yours, so an administrator looks after this account."))
    else:
        if not account.own:
            _draw_door(account, language)
            draw_lost_factor(account, language)
        draw_sign_ins(account, language)


def _standing(account: ListedAccount, language: Language) -> str:
    state = say(language, state_of(account))
    if account.ready or account.demo or account.disabled:
        return state
    if account.code_ends_at is None or account.code_ends_at <= now():
        return f"{state}（{say(language, 'its code has run out')}）"
    return f"{state}（{say(language, 'its code is good until {time}', time=shown(account.code_ends_at))}）"


def _draw_posts(account: ListedAccount, known: Giving, language: Language) -> None:
    st.markdown(f"**{say(language, 'Posts')}**")
    if not account.posts:
        st.caption(say(language, "It holds no post, so nothing can be done with it."))
    for one in account.posts:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(post_in_words(one.post, known, language), width="content")
            if one.yours and st.button(say(language, "Take away"), key=f"take_{one.id}", type="tertiary"):
                do(partial(accounts.take_post, grant(), the_store(), account.login, one.id, now=now()), language)


def _draw_giving(account: ListedAccount, known: Giving, language: Language) -> None:
    with st.expander(say(language, "Give one more post")):
        post = pick_post(known, "give", language)
        pressed = st.button(say(language, "Give"), key="give_post", disabled=post is None)
    if pressed and post is not None:
        do(partial(accounts.give_post, grant(), the_store(), account.login, post, now=now()), language)


def _draw_door(account: ListedAccount, language: Language) -> None:
    """A new code, and whether the account may sign in."""
    st.markdown(f"**{say(language, 'Signing in')}**")
    act, name = (accounts.enable, later("Enable")) if account.disabled else (accounts.disable, later("Disable"))
    with st.container(horizontal=True, gap="small"):
        with st.popover(say(language, "One-time code"), key="code_popover"):
            text = later("For a forgotten password. The present one ends, and the person is signed out everywhere.")
            st.markdown(say(language, text))
            wanted = st.button(say(language, "Give a new code"), key="new_code", type="primary")
        with st.popover(say(language, "Name"), key="name_popover"):
            name_now = st.text_input(
                say(language, "Name"), value=account.name, key=f"name_of_{account.id}", max_chars=40
            )
            renamed = st.button(say(language, "Save"), key="account_rename")
        switched = st.button(say(language, name), key="account_switch")
    if not account.disabled:
        st.caption(say(language, "Disabling signs the person out within seconds; what they handed in stays."))
    if wanted:
        do(partial(_give_code, account), language)
    if renamed:
        do(partial(accounts.rename, grant(), the_store(), account.login, name_now, now=now()), language)
    if switched:
        do(partial(act, grant(), the_store(), account.login, now=now()), language)


def _give_code(account: ListedAccount) -> None:
    code = accounts.new_code(grant(), the_store(), account.login, now=now())
    keep_code(NewCode(account.login, account.name, code))
