"""Figures kept between reruns: made once for what they show, shared, never changed."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from beicha.ui import office


def kept_figure(key: tuple[object, ...], draw: Callable[[], Any]) -> Any:
    """The figure for a key of plain values and the present data, drawn at the first call only."""
    return _kept(office.version(), key, draw)


@st.cache_resource(max_entries=256, show_spinner=False)
def _kept(version: str, key: tuple[object, ...], _draw: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _draw()
