"""Taking a draft in, and putting it in force from a month on."""

import streamlit as st

from beicha.actions import edition_drafts
from beicha.actions.edition_drafts import Draft, NameTakenError
from beicha.actions.opening import the_store
from beicha.ui import office
from beicha.ui.clock import now
from beicha.ui.person import grant
from beicha.ui.scoring_bar import scoring_bar
from beicha.words.language import Language, later, say
from scoring.edition import Edition


def draw_taking(draft: Draft, period: str, language: Language) -> None:
    """The button that keeps the draft for later, and the form that puts it in force."""
    st.subheader(say(language, "5. Take it in, put it in force"), anchor=False)
    edition = draft.edition
    assert edition is not None, "only an edition is taken in"
    if not draft.known:
        st.caption(say(language, "Taken in, the edition lies here for the others to see, and changes no score."))
        if st.button(say(language, "Take in, not yet in force"), key="draft_take"):
            _take_in(edition, language)
    scored = len([month for month in office.periods() if month >= period])
    text = later("All months from the one you write on are scored by it. Months with a score since {period}: {n}.")
    st.caption(say(language, text, n=scored, period=period))
    with st.form("draft_activate"):
        label = say(language, "In force from month")
        month = st.text_input(label, value=period, max_chars=7, placeholder="2026-01", key=f"draft_month_{period}")
        sent = st.form_submit_button(say(language, "Put in force"), type="primary")
    if sent:
        _activate(edition, month.strip(), language)


def _take_in(edition: Edition, language: Language) -> None:
    try:
        edition_drafts.take_in(grant(), the_store(), edition, now())
    except NameTakenError:
        _say_taken(language)
        return
    st.toast(say(language, "Taken in."))
    st.rerun()


def _activate(edition: Edition, month: str, language: Language) -> None:
    try:
        with scoring_bar(language) as told:
            edition_drafts.put_in_force(grant(), the_store(), edition, month, now(), told=told)
    except NameTakenError:
        _say_taken(language)
        return
    except ValueError:
        st.error(say(language, "A month is written like 2026-01."))
        return
    st.toast(say(language, "In force from {month}.", month=month))
    st.rerun()


def _say_taken(language: Language) -> None:
    st.error(say(language, "Another edition was in force under this name and version. Give this one a new version."))
