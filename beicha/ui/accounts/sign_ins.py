"""Where an account is signed in, and ending that: an open page of it goes to the sign-in within seconds."""

from functools import partial

import streamlit as st

from beicha.actions import sessions
from beicha.actions.accounts import ListedAccount
from beicha.actions.opening import the_store
from beicha.actions.sessions import ListedSession
from beicha.ui.accounts.asking import do, now
from beicha.ui.person import grant
from beicha.words.browsers import browser_in_words
from beicha.words.language import Language, say
from beicha.words.times import shown


def draw_sign_ins(account: ListedAccount, language: Language) -> None:
    """The sessions of the account, each with a button that ends it, and one for all."""
    st.markdown(f"**{say(language, 'Where it is signed in')}**")
    found = sessions.listed_of(grant(), the_store(), account.login)
    if not found:
        st.caption(say(language, "Nowhere at present."))
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(_told(one, language), width="content")
            if st.button(say(language, "End"), key=f"end_{one.id}", type="tertiary"):
                _end(account, one.id, language)
    if len(found) > 1 and st.button(say(language, "End all sign-ins"), key="end_all"):
        _end(account, None, language)


def _told(one: ListedSession, language: Language) -> str:
    times = say(language, "since {since}, last used {seen}", since=shown(one.made_at), seen=shown(one.seen_at))
    return " · ".join(part for part in (browser_in_words(one.agent, language), one.address, times) if part)


def _end(account: ListedAccount, number: int | None, language: Language) -> None:
    do(partial(sessions.end_of, grant(), the_store(), account.login, number, now=now()), language)
