"""The communities of a month in review: how many stand how, and the list to choose from."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.review_states import STATES
from beicha.actions.views.review import ReviewUnit, ReviewView
from beicha.ui.metrics import card
from beicha.ui.tables import draw_to_tick, pick_state
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded, signed
from beicha.words.review import DECIDED, REVIEW_WORDS, review_text
from beicha.words.times import shown

_ALL = "all"
TABLE = "review_table"


def draw_counts(view: ReviewView, language: Language) -> None:
    """Title and numbers."""
    st.title(say(language, "Review {period}", period=view.period), anchor=False)
    notes = {
        "submitted": later("waits for the street"),
        "returned": later("waits for the community"),
        "passed": later("waits for the office"),
        "final": later("takes nothing more"),
    }
    with st.grid(4, min_column_width=150, gap="small"):
        for state, note in notes.items():
            card(say(language, REVIEW_WORDS[state][1]), str(view.count(state)), say(language, note))  # type: ignore[arg-type]


def draw_units(view: ReviewView, language: Language) -> list[ReviewUnit]:
    """The list, all or those that stand in one way; gives those that are chosen in it."""
    chosen = _pick_state(view, language)
    units = [unit for unit in view.units if chosen in (_ALL, unit.state)]
    if not units:
        st.caption(say(language, "Nobody stands so this month."))
        return []
    alt = say(language, "Communities with how their month stands in review")
    key = f"{TABLE}-{view.period}-{chosen}"
    return [units[row] for row in draw_to_tick(_table(units, language), _columns(language), key, alt, most=30)]


def _pick_state(view: ReviewView, language: Language) -> str:
    names = {_ALL: f"{say(language, 'All')} {len(view.units)}"}
    names |= {state: f"{review_text(state, language)} {view.count(state)}" for state in STATES}
    return pick_state(names, "review_state", language)


def _columns(language: Language) -> dict[str, Any]:
    return {
        "name": st.column_config.TextColumn(say(language, "Community")),
        "state": st.column_config.TextColumn(say(language, "State")),
        "score": st.column_config.NumberColumn(say(language, "Score"), format="%.2f"),
        "street": st.column_config.TextColumn(say(language, "Street")),
        "last": st.column_config.TextColumn(say(language, "Last step")),
        "reason": st.column_config.TextColumn(say(language, "Reason")),
    }


def _table(units: Sequence[ReviewUnit], language: Language) -> pd.DataFrame:
    rows = [
        [
            unit.name,
            review_text(unit.state, language),
            None if unit.score is None else float(rounded(unit.score)),
            unit.street_name,
            _last(unit, language),
            _reason(unit, language),
        ]
        for unit in units
    ]
    return pd.DataFrame(rows, columns=list(_columns(language)))


def _last(unit: ReviewUnit, language: Language) -> str | None:
    if unit.last is None:
        return None
    done = say(language, DECIDED[unit.last.step.verb])
    return f"{shown(unit.last.made_at)} {done} · {unit.last.made_by}"


def _reason(unit: ReviewUnit, language: Language) -> str | None:
    """Why, or that a final month's score has moved since."""
    if unit.moved is not None:
        return say(language, "the score has moved since: {change}", change=signed(unit.moved))
    if unit.last is None:
        return None
    items = "；".join(f"{code}：{text}" for code, text in (unit.last.step.items or {}).items())
    return "；".join(part for part in (unit.last.step.reason, items) if part) or None
