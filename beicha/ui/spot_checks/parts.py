"""Which part of the page to look at."""

import streamlit as st

from beicha.actions.grants import may_everywhere
from beicha.actions.spot_draws import may_record
from beicha.ui.person import grant
from beicha.words.language import Language, later, say

_PARTS = {
    "observations": later("Observations"),
    "verified": later("Self-report and verification"),
    "enter": later("Enter a visit"),
    "draw": later("Draw points"),
}


def pick_part(language: Language) -> str:
    """The part that was chosen, among those that the reader has."""
    there = ["observations", "verified"]
    if may_record(grant()):
        there += ["enter", "draw"]
    elif may_everywhere(grant(), "audit"):
        there.append("draw")
    chosen = st.segmented_control(
        say(language, "Part of the page"),
        there,
        default=there[0],
        required=True,
        format_func=lambda part: say(language, _PARTS[part]),
        key="spot_part",
        label_visibility="collapsed",
    )
    return chosen if chosen in there else there[0]
