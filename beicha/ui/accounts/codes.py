"""A one-time code, shown once: it is nowhere else, and a new one takes its place where it was lost."""

from dataclasses import dataclass

import streamlit as st

from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

_KEY = "account_code"
WHAT_TO_DO = later(
    "Hand both to the person alone, by word of mouth or by telephone. The code takes the place of the password once, "
    "within three days; then they set their own. It is shown only here: write it down now."
)


@dataclass(frozen=True)
class NewCode:
    """A code just made, and for whom."""

    login: str
    name: str
    code: str


def keep_code(found: NewCode) -> None:
    """Keeps a code for the page to show, until its reader has taken it down."""
    st.session_state[_KEY] = found


def draw_code(language: Language) -> None:
    """The code to hand over, with what to say; nothing where none was made."""
    found: NewCode | None = st.session_state.get(_KEY)
    if found is None:
        return
    with st.container(border=True):
        st.markdown(f"**{say(language, 'One-time code of {name}', name=literal(found.name))}**")
        left, right = st.columns(2)
        left.text_input(say(language, "Login"), value=found.login, key=f"code_login_{found.code}")
        right.text_input(say(language, "One-time code"), value=found.code, key=f"code_text_{found.code}")
        st.caption(say(language, WHAT_TO_DO))
        st.button(say(language, "I have written it down"), key="code_done", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(_KEY, None)
