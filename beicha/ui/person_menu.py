"""The reader's own menu above every page: who is signed in, the way to the password and the sign-ins, the way out."""

from datetime import UTC, datetime

import streamlit as st

from beicha.actions import sessions
from beicha.actions.account_texts import ROLE_TITLES
from beicha.actions.opening import the_store
from beicha.actions.sessions import Person
from beicha.ui.texts import literal
from beicha.words.language import Language, say


def draw_person_menu(who: Person, language: Language) -> None:
    """The menu under the person's name; the demo's people have neither a password nor a way out."""
    if who.demo:
        return
    with st.popover(literal(who.name), key="person_menu", width="content"):
        titles = dict.fromkeys(say(language, ROLE_TITLES[post.role]) for post in who.grant.posts)
        st.caption("、".join(titles))
        st.link_button(say(language, "Password"), f"/account/password?lang={language}", type="tertiary")
        st.link_button(say(language, "Second factor"), f"/account/factor?lang={language}", type="tertiary")
        st.link_button(say(language, "Sign-ins"), f"/account/sessions?lang={language}", type="tertiary")
        st.button(say(language, "Sign out"), key="sign_out", on_click=_sign_out, args=(who,))


def _sign_out(who: Person) -> None:
    """For a callback: the session ends here and now; the gate then leads every open page of it to the sign-in."""
    sessions.end(the_store(), who, now=datetime.now(UTC))
