"""Who looks at this page: asked anew at every run, from the session that the gate named and never from what pages keep.

The gate strips what a browser says about itself and names the session in a header of its own, which Streamlit hands
over as ``st.user`` and holds a reconnecting browser to; the address it asks from is in another.
"""

from datetime import UTC, datetime, timedelta

import streamlit as st

from beicha.actions import sessions
from beicha.actions.grants import Grant, Right, may, may_everywhere
from beicha.actions.opening import the_store
from beicha.actions.sessions import Person
from beicha.words.language import Language, say

_KEY = "person"
ADDRESS_HEADER = "X-Beicha-Address"
FRESH = timedelta(seconds=1)
"""What runs by itself, without the whole page, asks again when what it knows is older."""


def look() -> Person | None:
    """Who looks at the page now; None where the session has ended, or there was none."""
    now = datetime.now(UTC)
    number = str(st.user.get("session") or "")
    address = st.context.headers.get(ADDRESS_HEADER) or ""
    found = sessions.by_number(the_store(), int(number), now, address) if number.isdecimal() else None
    st.session_state[_KEY] = (found, now)
    return found


def person() -> Person:
    """Who looks at the page; the run ends where nobody does any more."""
    found, seen = st.session_state.get(_KEY, (None, datetime.min.replace(tzinfo=UTC)))
    if datetime.now(UTC) - seen > FRESH:
        found = look()
    if found is None or found.must_change:
        st.rerun()
    return found  # type: ignore[no-any-return]


def grant() -> Grant:
    """What they may do; every action gets it."""
    return person().grant


def holds(right: Right) -> bool:
    """Whether they hold the right anywhere: what to offer. Whether they may is decided in the action."""
    return may(grant(), right)


def holds_everywhere(right: Right) -> bool:
    """Whether they hold the right for everything."""
    return may_everywhere(grant(), right)


def draw_signed_out(language: Language) -> None:
    """Says that nobody is signed in here any more."""
    st.subheader(say(language, "You are signed out"), anchor=False)
    st.markdown(say(language, "What was stored is safe. Sign in again to go on."))
    st.link_button(say(language, "Sign in"), f"/login?lang={language}", type="primary")
