"""Rows of the month that no criterion looks at: never dropped in silence."""

import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.ui import office
from beicha.ui.row_history import draw_rows_with_history
from beicha.words.language import Language, say
from scoring.edition import Edition


def draw_unmatched(view: CommunityView, edition: Edition, language: Language) -> None:
    """Lists them when opened."""
    with st.expander(
        say(language, "Rows of this month that count nowhere"), on_change="rerun", key="unmatched"
    ) as behind:
        if behind.open:
            rows = office.unmatched(view.period, view.code)
            if rows.empty:
                st.caption(say(language, "Every row of this month counts somewhere."))
            else:
                key = f"unmatched-{view.period}-{view.code}"
                draw_rows_with_history(
                    rows, view, edition, language, key,
                    whole=lambda at: office.unmatched_as_they_are(view.period, view.code, at),
                )  # fmt: skip
