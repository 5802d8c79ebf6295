"""Figures on a page: drawn once for what they show, kept, with a name for those who cannot see them."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from beicha.ui import office
from beicha.ui.charts.theme import CONFIG


class Plain(go.Figure):  # type: ignore[misc]
    """A finished figure that is put into plain values once, and not again for every reader."""

    _once: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The plain values; shared, never changed."""
        if self._once is None:
            self.__dict__["_once"] = super().to_dict()
        return self.__dict__["_once"]  # type: ignore[no-any-return]


def draw_chart(
    make: Callable[[], go.Figure], key: str, alt: str, *shown: Any, on_select: Callable[[], None] | None = None
) -> None:
    """The figure that ``make`` gives for the plain values ``shown``; with ``on_select`` a click on a mark calls it."""
    st.plotly_chart(
        office.keep(lambda: Plain(make()), key, *shown),
        theme=None,
        config=CONFIG,
        key=key,
        on_select=on_select or "ignore",
        selection_mode="points",
        alt=alt,
    )
