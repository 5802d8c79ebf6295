"""The list of steps with what is done, so that an empty database says what comes first."""

import streamlit as st

from beicha.actions.setup import SetUp
from beicha.words.language import Language, later, say

STEPS = (
    ("areas", later("Areas: district, streets and communities")),
    ("edition", later("Checklist edition, and from which month it is in force")),
    ("lines", later("Lines: they come with the edition")),
    ("due_day", later("The day by which a month is to be reported")),
    ("first_upload", later("The first upload")),
)


def draw_steps(done: SetUp, language: Language) -> None:
    """One line a step, with a sign for done; the first that is not done is set off."""
    following = next((key for key, _ in STEPS if not getattr(done, key)), "")
    lines = []
    for number, (key, name) in enumerate(STEPS, start=1):
        said = say(language, name)
        if getattr(done, key):
            lines.append(f"{number}. :green[✔] {said}")
        elif key == following:
            lines.append(f"{number}. **□ {said}** :blue-badge[{say(language, 'next')}]")
        else:
            lines.append(f"{number}. □ {said}")
    st.markdown("\n".join(lines))
