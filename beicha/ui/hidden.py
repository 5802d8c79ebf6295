"""Seeing what is hidden in rows: a switch for who may, off at first, that says that looking is written down."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from beicha.ui import clock, office
from beicha.words.language import Language, later, say
from beicha.words.masking import hides_any

HIDDEN = later("Identity numbers, phones and names of children are hidden.")
LOOKING = later("Identity numbers, phones and names of children are hidden. Looking at them is written down.")


def asked_at(
    rows: Iterable[Mapping[str, Any]], period: str, community: str, key: str, language: Language
) -> datetime | None:
    """The moment, where the reader asks to see what is hidden in these rows' values; None where nobody asks or may."""
    if not hides_any(rows):
        return None
    if not office.may_ask(period, community):
        st.caption(say(language, HIDDEN))
        return None
    if not st.toggle(say(language, "Show everything"), key=f"whole-{key}", help=say(language, LOOKING)):
        return None
    st.caption(say(language, "It is written down that you looked at this today."))
    return clock.now()
