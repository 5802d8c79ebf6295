"""Where an upload is on its way: choose, check, confirm, receipt."""

import streamlit as st

from beicha.words.language import Language, later, say

STEPS = (later("Choose"), later("Check"), later("Confirm"), later("Receipt"))


def draw_steps(now: int, language: Language) -> None:
    """The steps in one line, the present one, counted from 0, in bold."""
    words = [f"{number} {say(language, step)}" for number, step in enumerate(STEPS, 1)]
    marked = [f"**{word}**" if number == now else f":gray[{word}]" for number, word in enumerate(words)]
    st.markdown(" › ".join(marked))
