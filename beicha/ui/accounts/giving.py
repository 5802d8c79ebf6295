"""Choosing a post: the role, where it holds, for which lines; offered is what the reader may give."""

import streamlit as st

from beicha.actions.account_texts import ROLE_TITLES
from beicha.actions.grants import Post, Role
from beicha.actions.views.accounts import Giving
from beicha.words.language import Language, later, say

ABOUT = {
    "office": later("Sees and hands in everything, sets the office up, gives posts."),
    "street": later("Sees and hands in for its area, and looks after the accounts in it."),
    "clerk": later("Sees and hands in for its area alone."),
    "line": later("Sees the criteria that its lines lead."),
    "leader": later("Sees scores and reasons, and changes nothing."),
    "auditor": later("Sees everything and the record of who did what, and changes nothing."),
    "admin": later("Keeps accounts. Sees no scores."),
}


def pick_post(known: Giving, key: str, language: Language) -> Post | None:
    """Draws the pickers of a post and gives what is chosen; None where something is still missing. None is preset."""
    roles: dict[str, Role] = {say(language, ROLE_TITLES[role]): role for role in known.roles()}
    with st.container(horizontal=True, gap="small"):
        title = st.selectbox(say(language, "Role"), list(roles), index=None, key=f"{key}_role", width=180)
        if title is None:
            return None
        role = roles[str(title)]
        places = known.places(role, language)
        label = say(language, "Area")
        place = st.selectbox(label, list(places), index=None, key=f"{key}_area_{role}", width=260)
        chosen = _pick_lines(known, role, key, language)
    st.caption(say(language, ABOUT[role]))
    if place is None or (role == "line" and not chosen):
        return None
    return Post(role, places[str(place)], chosen or None)


def _pick_lines(known: Giving, role: Role, key: str, language: Language) -> tuple[str, ...]:
    """The lines chosen; a post for some lines alone is offered to departments, and to leaders over them."""
    if role not in ("line", "leader") or not known.lines:
        return ()
    titles = {title: code for code, title in known.lines.items()}
    hint = say(language, "Choose lines") if role == "line" else say(language, "All lines")
    chosen = st.multiselect(
        say(language, "Lines"), list(titles), key=f"{key}_lines_{role}", placeholder=hint, width=280
    )
    return tuple(titles[title] for title in chosen)
