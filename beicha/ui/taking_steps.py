"""Taking a step with what is chosen in a list: a button for each, and a text where one is asked for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from beicha.words.language import Language, say

Take = Callable[[str, str, Any], None]
"""Told the step, the text, and what ``more`` gave."""
More = Callable[[str], Any]
"""Draws what a step asks for besides a text, and gives it; None where it asks for nothing else, or not for it yet."""


@dataclass(frozen=True)
class Steps:
    """The steps that can be taken with the chosen ones, and how: ``asking`` are those that need a text."""

    possible: Sequence[str]
    names: Mapping[str, str]
    asking: Collection[str]
    longest: int
    take: Take
    label: str
    hint: str
    more: More = lambda _: None


def draw_steps(key: str, steps: Steps, language: Language) -> None:
    """The buttons, and the form of the step that was asked for."""
    with st.container(horizontal=True, gap="small"):
        for number, verb in enumerate(steps.possible):
            kind: Literal["primary", "secondary"] = "primary" if number == 0 else "secondary"
            act, arguments = (_ask, (key, verb)) if verb in steps.asking else (steps.take, (verb, "", None))
            st.button(say(language, steps.names[verb]), key=f"{key}-{verb}", on_click=act, args=arguments, type=kind)
    asked = st.session_state.get(f"{key}-asked")
    if asked in steps.possible:
        _draw_form(key, str(asked), steps, language)


def forget(key: str) -> None:
    """Asks for nothing any more."""
    for name in ("asked", "text"):
        st.session_state.pop(f"{key}-{name}", None)


def _ask(key: str, verb: str) -> None:
    """For a callback: asks for what a step needs."""
    st.session_state[f"{key}-asked"] = verb


def _draw_form(key: str, verb: str, steps: Steps, language: Language) -> None:
    with st.container(border=True):
        text = st.text_area(say(language, steps.label), key=f"{key}-text", max_chars=steps.longest, height=90)
        besides = steps.more(verb)
        given = bool(text.strip() or besides)
        if not given:
            st.caption(say(language, steps.hint))
        with st.container(horizontal=True, gap="small"):
            if st.button(say(language, "Confirm"), key=f"{key}-confirm", type="primary", disabled=not given):
                steps.take(verb, text, besides)
                st.rerun()
            st.button(say(language, "Cancel"), key=f"{key}-cancel", on_click=forget, args=(key,))
