"""The band that tells everybody that what they see is invented."""

import streamlit as st

from beicha.ui import office
from beicha.words.language import Language, say


def draw(language: Language) -> None:
    """Draws the band where the database is the demo one."""
    today = office.demo_today()
    if today:
        name = say(language, "Demo data")
        text = say(language, "Every place and number is invented. Today is taken to be {day}.", day=today)
        st.markdown(f":orange-badge[{name}] :small[{text}]")
