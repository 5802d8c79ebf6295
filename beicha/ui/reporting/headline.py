"""The numbers of the month's reporting: how many of how many, how many of them late, and when it was due."""

import streamlit as st

from beicha.actions.views.reporting import Reporting
from beicha.ui.metrics import card
from beicha.words.language import Language, say
from beicha.words.numbers import NONE, percent


def draw_headline(view: Reporting, language: Language) -> None:
    """Title and numbers."""
    st.title(say(language, "Reporting {period}", period=view.period), anchor=False)
    st.caption(_due(view, language))
    expected, missing, late = len(view.units), view.count("not_reported"), view.count("late")
    with st.grid(4, min_column_width=150, gap="small"):
        card(say(language, "Reported"), f"{expected - missing} / {expected}", say(language, "of all that are expected"))
        card(say(language, "Reported late"), str(late), say(language, "after the due day"))
        card(say(language, "Not reported"), str(missing), say(language, "no report of this month"))
        rate = NONE if view.rate is None else percent(view.rate / 100)
        note = say(language, "of all that are expected") if view.is_over else say(language, "known after the due day")
        card(say(language, "In time"), rate, note)


def _due(view: Reporting, language: Language) -> str:
    if view.due is None:
        return say(language, "No due day is set, so nothing is late. The office sets it in the set-up list.")
    if view.is_over:
        return say(language, "Was due by {due}.", due=view.due.isoformat())
    return say(language, "Due by {due}.", due=view.due.isoformat())
