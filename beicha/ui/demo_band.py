"""The band that tells everybody that what they see is invented, and lets them look as somebody else would."""

from datetime import UTC, datetime

import streamlit as st

from beicha.actions import sessions, settings
from beicha.actions.opening import the_store
from beicha.actions.sessions import Person
from beicha.words.language import Language, say

_KEY = "demo_person"


def draw(who: Person | None, language: Language) -> None:
    """Draws the band where the database is the demo one; ``who`` is None for a visitor by a share link."""
    today = settings.demo_today(the_store()) or ""
    if not today:
        return
    name = say(language, "Demo data")
    text = say(language, "Every place and number is invented. Today is taken to be {day}.", day=today)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":orange-badge[{name}] :small[{text}]", width="content")
        if who is not None and who.demo:
            _pick_person(who, language)


def _pick_person(who: Person, language: Language) -> None:
    """Whose eyes to look with: each is an account of the demo, with rights of its own."""
    people = sessions.demo_people(the_store())
    st.session_state[_KEY] = who.login
    st.selectbox(
        say(language, "Look as"),
        list(people),
        format_func=lambda login: say(language, "as {name}", name=people[login]),
        key=_KEY,
        on_change=_become,
        args=(who,),
        label_visibility="collapsed",
        width=240,
    )


def _become(who: Person) -> None:
    """For a callback: the session is that person's from now on."""
    sessions.switch_demo(the_store(), who, str(st.session_state[_KEY]), now=datetime.now(UTC))
