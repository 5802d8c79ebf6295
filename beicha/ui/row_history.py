"""A row's history on the screen: every version in which it appeared, changed, stayed or went."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.fact_history import FactKey, fact_history
from beicha.actions.opening import the_store
from beicha.actions.views.community import CommunityView
from beicha.actions.views.versions import history_table
from beicha.ui import office
from beicha.ui.hidden import asked_at
from beicha.ui.person import grant
from beicha.ui.tables import draw_rows, draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.rows import whole_text
from scoring.edition import Edition

COLUMNS_LEFT_OUT_WHEN_BLANK = ("corrected",)


def draw_rows_with_history(
    rows: pd.DataFrame,
    view: CommunityView,
    edition: Edition,
    language: Language,
    key: str,
    *,
    whole: Callable[[datetime], pd.DataFrame],
) -> None:
    """Evidence rows of the community and month in view; one that is chosen shows its history to whom it is open.

    ``whole`` gives the rows with nothing hidden, for who asks.
    """
    at = asked_at(rows["values"], view.period, view.code, key, language)
    rows = rows if at is None else whole(at)
    if not office.opens_files(view.period, view.code):
        draw_rows(rows, edition, language, key)
        return
    st.caption(say(language, "Choose a row to see when it came, who changed it, and from which file."))
    draw_rows(
        rows, edition, language, key,
        lambda ledger, values: draw_row_history(FactKey(view.code, view.period, ledger, values), language, at),
    )  # fmt: skip


def draw_row_history(key: FactKey, language: Language, at: datetime | None = None) -> None:
    """The history of a row, newest first; nothing is hidden where somebody asked at a moment."""
    edition, ledger, values = office.edition_in_force(key.period), key.ledger, key.values
    assert edition is not None, "a row is read under an edition"
    known = edition.ledger(ledger)
    events = fact_history(grant(), the_store(), key, asked_at=at)
    with st.container(border=True):
        st.markdown(f"**{say(language, 'History of this row')}**")
        st.caption(literal(whole_text(known, values, language)))
        table = history_table(events, known, language)
        if table.empty:
            st.caption(say(language, "No version holds this row as it stands."))
            return
        blank = [column for column in COLUMNS_LEFT_OUT_WHEN_BLANK if not table[column].any()]
        draw_table(
            table.drop(columns=blank), _columns(language), f"history-{ledger}", say(language, "History of this row")
        )


def _columns(language: Language) -> dict[str, Any]:
    return {
        "time": st.column_config.TextColumn(say(language, "Time"), width=120),
        "version": st.column_config.TextColumn(say(language, "Version"), width=120),
        "what": st.column_config.TextColumn(say(language, "What happened"), width=90),
        "changes": st.column_config.TextColumn(say(language, "Old → new"), width=340),
        "file": st.column_config.TextColumn(say(language, "From file"), width=190),
        "place": st.column_config.TextColumn(say(language, "Sheet and row"), width=130),
        "through": st.column_config.TextColumn(say(language, "Through"), width=130),
        "who": st.column_config.TextColumn(say(language, "Who"), width=70),
        "corrected": st.column_config.TextColumn(say(language, "Corrected on the page"), width=220),
    }
