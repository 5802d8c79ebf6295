"""Many accounts from a table: the template, what the table would do, and, once taken in, the codes to hand over."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from beicha.actions import account_import
from beicha.actions.account_files import code_workbook
from beicha.actions.account_import import AccountPlan, IssuedCode, PlannedAccount
from beicha.actions.handing_out import DESK
from beicha.actions.opening import the_store
from beicha.actions.views.accounts import Giving, post_in_words
from beicha.actions.views.drafts import named_file
from beicha.ui.accounts.asking import now
from beicha.ui.downloads import draw_link
from beicha.ui.person import grant
from beicha.ui.tables import draw_problems, draw_table
from beicha.words.language import Language, later, say

_SEEN, _TICKET = "account_plan", "account_ticket"
_OUTCOMES = {"new": later("new"), "changed": later("gets posts"), "unchanged": later("unchanged")}


@dataclass(frozen=True)
class Seen:
    """A table that was looked at: which file, and what it would do."""

    file: str
    plan: AccountPlan


def draw_import(known: Giving, language: Language) -> None:
    """The way from the template to accounts, step by step."""
    with st.expander(say(language, "Many accounts from a table"), icon=":material/group_add:", key="account_import"):
        st.caption(say(language, "Download the table, fill in one row for each post, and choose it here."))
        draw_link(
            say(language, "Download the table of accounts"), "/download/accounts-template.xlsx", {"lang": language},
            key="account_template",
        )  # fmt: skip
        file = st.file_uploader(say(language, "Table of accounts (.xlsx)"), key="account_file")
        if file is None:
            st.session_state.pop(_SEEN, None)
            return
        _draw_seen(_seen(file), file, known, language)


def draw_ticket(language: Language) -> None:
    """The codes that were made and wait to be fetched; nothing where none do."""
    ticket = st.session_state.get(_TICKET, "")
    if not ticket:
        return
    with st.container(border=True):
        if not DESK.waits(ticket, now()):
            st.session_state.pop(_TICKET)
            st.info(say(language, "The codes were fetched. Where the file is lost, give new codes to those who wait."))
            return
        text = later("The one-time codes are ready. Fetch them now: the file can be fetched once, within 15 minutes.")
        st.success(say(language, text))
        draw_link(
            say(language, "Download the one-time codes"), "/download/handed-out.xlsx",
            {"ticket": ticket, "lang": language}, key="account_codes",
        )  # fmt: skip


def leave_codes(codes: Sequence[IssuedCode], language: Language) -> None:
    """Leaves a workbook with the codes to be fetched once."""
    if codes:
        content = code_workbook(grant(), the_store(), codes, language=language, now=now())
        st.session_state[_TICKET] = DESK.leave(grant(), named_file("登录码.xlsx", content), now())


def _seen(file: "st.runtime.uploaded_file_manager.UploadedFile") -> Seen:
    """What the file would do, worked out once for each file that is chosen."""
    seen: Seen | None = st.session_state.get(_SEEN)
    if seen is None or seen.file != file.file_id:
        named = named_file(file.name, file.getvalue())
        seen = Seen(file.file_id, account_import.preview(grant(), the_store(), named, now=now()))
        st.session_state[_SEEN] = seen
    return seen


def _draw_seen(
    seen: Seen, file: "st.runtime.uploaded_file_manager.UploadedFile", known: Giving, language: Language
) -> None:
    plan = seen.plan
    if not plan.may_be_stored:
        st.error(say(language, "Nothing is taken in: the table has errors. Mend them and choose the file again."))
    if plan.problems:
        draw_problems(plan.problems, "account_problems", language)
    if not plan.may_be_stored:
        return
    counts = {outcome: len(plan.having(outcome)) for outcome in _OUTCOMES}
    text = later("{new} new accounts, {changed} get posts, {unchanged} unchanged")
    st.markdown(f"**{say(language, text, **counts)}**")
    _draw_planned([*plan.having("new"), *plan.having("changed")], known, language)
    if not counts["new"] and not counts["changed"]:
        st.info(say(language, "The table says what is there already: there is nothing to take in."))
    elif st.button(say(language, "Take in"), type="primary", key="account_take_in"):
        _take_in(seen, file, language)


def _draw_planned(planned: Sequence[PlannedAccount], known: Giving, language: Language) -> None:
    if not planned:
        return
    table = pd.DataFrame(
        {
            "outcome": [say(language, _OUTCOMES[one.outcome]) for one in planned],
            "login": [one.login for one in planned],
            "name": [one.name for one in planned],
            "posts": ["；".join(post_in_words(post, known, language) for post in one.posts) for one in planned],
        }
    )
    columns = {
        "outcome": st.column_config.TextColumn(say(language, "Change"), width=80),
        "login": st.column_config.TextColumn(say(language, "Login"), width=130),
        "name": st.column_config.TextColumn(say(language, "Name"), width=100),
        "posts": st.column_config.TextColumn(say(language, "Posts"), width=420),
    }
    draw_table(table, columns, "account_planned", say(language, "Accounts of the table"))


def _take_in(seen: Seen, file: "st.runtime.uploaded_file_manager.UploadedFile", language: Language) -> None:
    named = named_file(file.name, file.getvalue())
    codes = account_import.take_in(grant(), the_store(), named, seen.plan, now=now())
    st.session_state.pop(_SEEN, None)
    if codes is None:
        st.session_state["account_why"] = say(language, "This changed in the meantime. Look again.")
    else:
        leave_codes(codes, language)
        st.toast(say(language, "Taken in."))
    st.rerun()
