"""Every community that is expected, with how it stands, and the streets above them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.views.reporting import STATES, Reporting, Unit
from beicha.ui import links
from beicha.ui.tables import arrow, draw_table, pick_state
from beicha.words.language import Language, later, say
from beicha.words.reporting import days_text, reporting_text
from beicha.words.times import shown

_ALL = "all"
_PEOPLE = ("contact", "phone")
"""Columns that are there only where somebody is named whom the reader may know."""


def draw_units(view: Reporting, language: Language) -> None:
    """The communities, all or those that stand in one way; choosing one opens it."""
    st.subheader(say(language, "Who reported"), anchor=False)
    chosen = _pick_state(view, language)
    units = [unit for unit in view.units if chosen in (_ALL, unit.state)]
    if not units:
        st.caption(say(language, "Nobody stands so this month."))
        return
    st.session_state["reporting_codes"] = [unit.code for unit in units]
    alt = say(language, "Communities with the state of their reports")
    table = _table(units, language)
    named = [column for column in table if column not in _PEOPLE or table[column].notna().any()]
    draw_table(arrow(table[named]), _columns(language), "reporting", alt, most=30, on_select=_open)


_A_MOMENT = 122
"""Pixels in which a day and a time of day are not cut off."""


def _pick_state(view: Reporting, language: Language) -> str:
    names = {_ALL: f"{say(language, 'All')} {len(view.units)}"}
    names |= {state: f"{reporting_text(state, language)} {view.count(state)}" for state in STATES}
    return pick_state(names, "reporting_state", language)


def _columns(language: Language) -> dict[str, Any]:
    titles = {
        "name": later("Community"),
        "state": later("State"),
        "days": later("Against the due day"),
        "street": later("Street"),
        "first": later("First report"),
        "newest": later("Newest report"),
        "versions": later("Versions"),
        "contact": later("Contact"),
        "phone": later("Telephone"),
    }
    named = {column: say(language, title) for column, title in titles.items()}
    return named | {when: st.column_config.TextColumn(named[when], width=_A_MOMENT) for when in ("first", "newest")}


def _table(units: Sequence[Unit], language: Language) -> pd.DataFrame:
    rows = [
        [
            unit.name,
            reporting_text(unit.state, language),
            days_text(unit.state, unit.days, language) or None,
            unit.street_name,
            shown(unit.arrival.first) if unit.arrival else None,
            shown(unit.arrival.newest) if unit.arrival else None,
            unit.arrival.versions if unit.arrival else 0,
            unit.contact or None,
            unit.phone or None,
        ]
        for unit in units
    ]
    return pd.DataFrame(rows, columns=list(_columns(language)))


def _open() -> None:
    rows = st.session_state["reporting"].selection.rows
    if rows:
        links.open_community(st.session_state["reporting_codes"][rows[0]])


def draw_streets(view: Reporting, language: Language) -> None:
    """The streets, with the share of their communities that reported in time."""
    if len(view.streets) < 2:
        return
    st.subheader(say(language, "Streets"), anchor=False)
    columns: dict[str, Any] = {
        "name": say(language, "Street"),
        "rate": st.column_config.NumberColumn(say(language, "In time %"), format="%.2f"),
        "expected": say(language, "Expected"),
        "reported": say(language, "Reported in time"),
        "late": say(language, "Reported late"),
        "not_reported": say(language, "Not reported"),
    }
    rows = [[street.name, street.rate, street.expected, *street.counts.values()] for street in view.streets]
    table = arrow(pd.DataFrame(rows, columns=list(columns)))
    draw_table(table, columns, "reporting_streets", say(language, "Streets with the share that reported in time"))
