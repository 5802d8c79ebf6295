"""What to look for in the audit: days, a person, a kind of action, an object; all of it in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.views.audit_trail import Wanted, kinds, people, wanted_of
from beicha.ui.frame import unique_labels
from beicha.ui.person import grant
from beicha.words.language import Language, say
from beicha.words.numbers import number_in

BELOW = "below"
"""In the URL besides: the number that the rows of a page are below."""
WIDTH = 150


@dataclass(frozen=True)
class Asked:
    """What was chosen: ``wanted`` for the rows, ``address`` for a link to the same ones."""

    wanted: Wanted
    address: Mapping[str, str]


def pick(language: Language) -> Asked:
    """Draws the filters, each with all as its first choice."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        since = _pick_day(say(language, "From day"), "from")
        until = _pick_day(say(language, "To day"), "to")
        who = _pick_name(say(language, "Who acted"), "who", people(grant(), the_store(), language), language)
        action = _pick_name(say(language, "Action"), "action", kinds(language), language)
        about = st.text_input(
            say(language, "Object"), key="object", bind="query-params", width=WIDTH, max_chars=80, on_change=_to_newest
        )
    days = {name: day.isoformat() for name, day in (("from", since), ("to", until)) if day}
    texts = {name: text for name, text in (("who", who), ("action", action), ("object", about)) if text}
    return Asked(wanted_of(since, until, who, action, about), days | texts)


def below() -> int | None:
    """The number that the rows of this page are below, None for the newest."""
    try:
        return number_in(st.query_params.get(BELOW, "")) or None
    except LookupError:
        return None


def go(to: int) -> None:
    """For a callback: shows the rows below a number, or with 0 the newest."""
    if to:
        st.query_params[BELOW] = str(to)
    else:
        _to_newest()


def _pick_day(label: str, key: str) -> date | None:
    found: date | None = st.date_input(
        label, value=None, key=key, bind="query-params", width=WIDTH, format="YYYY-MM-DD", on_change=_to_newest
    )
    return found


def _pick_name(label: str, key: str, names: Mapping[str, str], language: Language) -> str:
    labels, everything = unique_labels(names), say(language, "All")
    options = [everything, *labels]
    chosen = st.selectbox(label, options, key=key, bind="query-params", width=WIDTH, on_change=_to_newest)
    return labels.get(str(chosen), "")


def _to_newest() -> None:
    st.query_params.pop(BELOW, None)
