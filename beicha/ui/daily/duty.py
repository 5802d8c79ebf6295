"""When daily reports are expected: from which day to which, on which weekdays, by what hour."""

from datetime import date
from typing import Any

import streamlit as st

from beicha.actions.daily import Duty, set_duty
from beicha.actions.opening import the_store
from beicha.ui import clock
from beicha.ui.person import grant, holds
from beicha.words.language import Language, later, say

WEEKDAYS = (later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"), later("Sun"))


def draw_duty(duty: Duty, language: Language) -> None:
    """The form, for whoever sets the office up."""
    if not holds("set_up"):
        return
    with st.expander(say(language, "When reports are expected"), key="daily_duty"), st.form("daily-duty", border=False):
        with st.container(horizontal=True, gap="small"):
            first = _pick(say(language, "From"), duty.first, "daily_from")
            last = _pick(say(language, "To"), duty.last, "daily_to")
            label = say(language, "By what hour")
            hour = st.number_input(label, 1, 23, duty.hour, key="daily_hour", width=140)
        days = st.pills(
            say(language, "Weekdays"), range(7), format_func=lambda day: say(language, WEEKDAYS[day]),
            selection_mode="multi", default=list(duty.weekdays), key="daily_weekdays",
        )  # fmt: skip
        st.caption(say(language, "Without a first day none is expected, and nobody is told as missing."))
        sent = st.form_submit_button(say(language, "Save"))
    if sent:
        _save(Duty(first, last, tuple(sorted(days or ())), int(hour)), language)


def _pick(label: str, value: date | None, key: str) -> date | None:
    found: Any = st.date_input(label, value, key=key, format="YYYY-MM-DD", width=160)
    return found if isinstance(found, date) else None


def _save(duty: Duty, language: Language) -> None:
    try:
        set_duty(grant(), the_store(), duty, now=clock.now())
    except ValueError:
        st.error(say(language, "The first day lies after the last."))
    else:
        st.toast(say(language, "Saved."))
        st.rerun()
