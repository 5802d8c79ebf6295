"""The accounts as a list: searched by login and name, filtered by role, area and state; choosing one opens it."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from beicha.actions import accounts
from beicha.actions.account_import import IssuedCode
from beicha.actions.account_texts import ROLE_TITLES
from beicha.actions.accounts import ListedAccount
from beicha.actions.grants import ROLES
from beicha.actions.opening import the_store
from beicha.actions.views.accounts import EVERY_STATE, Giving, post_in_words, state_of
from beicha.ui.accounts.asking import do, now
from beicha.ui.accounts.importing import leave_codes
from beicha.ui.accounts.opened import open_account
from beicha.ui.person import grant
from beicha.ui.tables import draw_table
from beicha.words.language import Language, say
from scoring.texts import normal

_CHOSEN = "account_logins"


def draw_list(everyone: Sequence[ListedAccount], known: Giving, language: Language) -> None:
    """The filters and the accounts that pass them, or what to do where there are none."""
    if not any(not account.own for account in everyone):
        st.info(say(language, "There is no other account yet. Make the first one below, or take in a table."))
    found = _filtered(everyone, known, language)
    counts = (
        say(language, "{n} accounts", n=len(found))
        if len(found) == len(everyone)
        else say(language, "{n} of {all} accounts", n=len(found), all=len(everyone))
    )
    st.caption(f"{counts} · {say(language, 'Choose a row to open the account.')}")
    if not found:
        st.info(say(language, "No account passes the filters. Clear the search or choose all."))
        return
    table = pd.DataFrame(
        {
            "name": [account.name for account in found],
            "login": [account.login for account in found],
            "posts": [
                "；".join(post_in_words(one.post, known, language) for one in account.posts) for account in found
            ],
            "state": [say(language, state_of(account)) for account in found],
        }
    )
    columns = {
        "name": st.column_config.TextColumn(say(language, "Name"), width=110),
        "login": st.column_config.TextColumn(say(language, "Login"), width=130),
        "posts": st.column_config.TextColumn(say(language, "Posts"), width=460),
        "state": st.column_config.TextColumn(say(language, "State"), width=110),
    }
    st.session_state[_CHOSEN] = [account.login for account in found]
    draw_table(table, columns, "account_list", say(language, "Accounts"), most=15, on_select=_open_chosen)
    _draw_codes_again(found, language)


def _draw_codes_again(found: Sequence[ListedAccount], language: Language) -> None:
    """Where those who never signed in are looked at: new codes for all of them, in one file."""
    waiting = {one.login: one for one in found if one.yours and not (one.own or one.ready or one.demo or one.disabled)}
    if not waiting or len(waiting) < len(found):
        return
    if st.button(say(language, "New codes for these {n}", n=len(waiting)), key="codes_again"):
        do(partial(_give_codes, waiting, language), language)


def _give_codes(waiting: Mapping[str, ListedAccount], language: Language) -> None:
    codes = accounts.new_codes(grant(), the_store(), list(waiting), now=now())
    leave_codes(
        [
            IssuedCode(login, waiting[login].name, tuple(one.post for one in waiting[login].posts), code)
            for login, code in codes.items()
        ],
        language,
    )


def _open_chosen() -> None:
    rows = st.session_state["account_list"].selection.rows
    if rows:
        open_account(st.session_state[_CHOSEN][rows[0]])


def _filtered(everyone: Sequence[ListedAccount], known: Giving, language: Language) -> list[ListedAccount]:
    """The accounts that pass what is typed and chosen."""
    with st.container(horizontal=True, gap="small"):
        hint = say(language, "Login or name")
        typed = st.text_input(say(language, "Search"), key="account_search", width=200, placeholder=hint)
        roles = {say(language, ROLE_TITLES[role]): role for role in ROLES}
        role = roles.get(_chosen("role", say(language, "Role"), list(roles), language))
        held = {post.post.area for account in everyone for post in account.posts if post.post.area is not None}
        names = {known.area_names.get(code, code): code for code in sorted(held)}
        area = names.get(_chosen("area", say(language, "Area"), list(names), language))
        states = {say(language, state): state for state in EVERY_STATE}
        state = states.get(_chosen("state", say(language, "State"), list(states), language))
    wanted = normal(typed).casefold()
    return [
        account
        for account in everyone
        if wanted in f"{account.login} {normal(account.name).casefold()}"
        and (role is None or any(one.post.role == role for one in account.posts))
        and (area is None or any(one.post.area == area for one in account.posts))
        and state in (None, state_of(account))
    ]


def _chosen(key: str, label: str, options: list[str], language: Language) -> str:
    every = say(language, "All")
    return str(st.selectbox(label, [every, *options], key=f"account_{key}", width=160))
