"""Who looks at this page: asked anew at every run, from the session that the gate named and never from what pages keep.

The gate strips what a browser says about itself and names the session in a header of its own, which Streamlit hands
over as ``st.user`` and holds a reconnecting browser to; the address it asks from is in another. In a third it names the
share links that the browser opened: on the pages of a link the reader sees that link's scope, whoever they are.
"""

from datetime import UTC, datetime, timedelta
from typing import TypeGuard

import streamlit as st

from beicha.actions import sessions, visiting
from beicha.actions.grants import Grant, Right, may, may_everywhere
from beicha.actions.opening import the_store
from beicha.actions.sessions import Person
from beicha.actions.visiting import Visit
from beicha.words.language import Language, say

_KEY = "person"
_LINK = "share_link"
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


def is_in(who: Person | None) -> TypeGuard[Person]:
    """Whether somebody is signed in, and has a password of their own."""
    return who is not None and not who.must_change


def person() -> Person:
    """Who looks at the page; the run ends where nobody does any more."""
    found, seen = st.session_state.get(_KEY, (None, datetime.min.replace(tzinfo=UTC)))
    if datetime.now(UTC) - seen > FRESH:
        found = look()
    if not is_in(found):
        st.rerun()
    return found


def links() -> dict[str, str]:
    """The share links that the gate found opened in this browser, by public id, each with its seal."""
    named = str(st.user.get("links") or "")
    return dict(part.split(".", 1) for part in named.split(",") if part)


def ask_link(public_id: str) -> Visit:
    """How a share link that this browser opened answers now."""
    return visiting.look_by_seal(the_store(), public_id, links().get(public_id, ""), now=datetime.now(UTC))


def look_through(public_id: str) -> Visit | None:
    """What the reader sees from now on is the share link's scope, where it lives; '' gives them back their own."""
    found = ask_link(public_id) if public_id else None
    st.session_state[_LINK] = (public_id, found, datetime.now(UTC)) if found else None
    return found


def grant() -> Grant:
    """What they may do here; every action gets it."""
    looked = st.session_state.get(_LINK)
    if looked is None:
        return person().grant
    public_id, found, seen = looked
    if datetime.now(UTC) - seen > FRESH:
        found = look_through(public_id)
    if found.answer != "alive":
        st.rerun()
        return Grant("-")  # where a run cannot begin anew at once, nothing is seen in it
    shown: Grant = found.shared.grant
    return shown


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
