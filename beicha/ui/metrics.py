"""The cards with one number each."""

from typing import Literal

import streamlit as st

Arrow = Literal["up", "down", "off"]


def card(name: str, value: str, note: str, direction: Arrow = "off") -> None:
    """A number with its name above and a note below; the arrow says which way it went, without judging by colour."""
    st.metric(name, value, delta=note, delta_color="off", delta_arrow=direction, border=True, height="stretch")


def arrow(change: str) -> Arrow:
    """Which way a signed difference points."""
    if change.startswith("+"):
        return "up"
    return "down" if change.startswith("−") else "off"
