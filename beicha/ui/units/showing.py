"""Who answers for a unit, where somebody looks for whom to call: with an account alone, never behind a share link."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from beicha.actions import units
from beicha.actions.opening import the_store
from beicha.ui import office
from beicha.ui.person import grant, holds
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

_TITLES = {
    "first": later("First responsible"),
    "direct": later("Directly responsible"),
    "contact": later("Contact"),
    "phone": later("Telephone"),
}


def contacts(period: str) -> Mapping[str, Any]:
    """The people of a month's areas by code; none for whoever may not see them."""
    if not holds("contacts"):
        return {}
    found: Mapping[str, Any] = office.keep(lambda: units.people_of(grant(), the_store(), period), "contacts", period)
    return found


def contact_columns(language: Language) -> dict[str, str]:
    """The headings of contact and telephone in a table."""
    return {name: say(language, _TITLES[name]) for name in ("contact", "phone")}


def titles(language: Language) -> dict[str, str]:
    """What the fields are called."""
    return {name: say(language, title) for name, title in _TITLES.items()}


def draw_people(period: str, code: str, language: Language) -> None:
    """The people of an area in one small line; nothing where nobody is named."""
    people = contacts(period).get(code)
    if people is None:
        return
    named = [
        f"{title} {literal(getattr(people, name))}" for name, title in titles(language).items() if getattr(people, name)
    ]
    st.caption(" · ".join(named))
