"""Making tasks of many lost points at once: ticked in a list, one day for all."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.task_making import make_of_lost
from beicha.actions.tasks import MOST_AT_ONCE
from beicha.actions.views.lost_points import lost_points
from beicha.actions.views.tasks import TaskList
from beicha.ui import clock, office
from beicha.ui.frame import Frame
from beicha.ui.person import grant, holds
from beicha.ui.tables import draw_to_tick, state_text
from beicha.ui.tasks.orders import draw_orders
from beicha.words.language import Language, later, say

DAYS = timedelta(days=15)
_MADE = "tasks_made"


def draw_bulk(frame: Frame, view: TaskList) -> None:
    """The lost points of the newest month with a score, and the form for those that are ticked."""
    language = frame.language
    draw_made(language)
    month = office.month(frame.period) if frame.period else None
    if month is None:
        st.caption(say(language, "No month has a score yet."))
        return
    found = lost_points(month, view.rows, frame.street, frame.line)
    text = later("{period}: {n} findings lost points, {open} of them have an open task.")
    st.caption(say(language, text, period=frame.period, n=len(found), open=int((found["task"] > 0).sum())))
    left = found[found["task"] == 0].reset_index(drop=True)
    if left.empty:
        st.caption(say(language, "There is nothing left to assign."))
        return
    alt = say(language, "Lost points without a task")
    key = f"lost-{frame.period}-{frame.street}-{frame.line}-{len(left)}"
    chosen = draw_to_tick(_table(left, language), _columns(language), key, alt, most=12)
    if holds("assign"):
        draw_form(frame, left.loc[chosen], language)


def _columns(language: Language) -> dict[str, object]:
    return {
        "name": st.column_config.TextColumn(say(language, "Community")),
        "what": st.column_config.TextColumn(say(language, "Criterion"), width="medium"),
        "lost": st.column_config.NumberColumn(say(language, "Lost"), format="%.2f"),
        "state": st.column_config.TextColumn(say(language, "State")),
        "line": st.column_config.TextColumn(say(language, "Lead")),
        "street": st.column_config.TextColumn(say(language, "Street")),
    }


def _table(left: pd.DataFrame, language: Language) -> pd.DataFrame:
    what = [f"{code} {title}" for code, title in zip(left["criterion"], left["title"], strict=True)]
    states = [state_text(state, language) for state in left["state"]]
    values = {"name": left["name"], "what": what, "lost": left["lost"], "state": states}
    return pd.DataFrame(values | {"line": left["line"], "street": left["street"]})


def draw_form(frame: Frame, chosen: pd.DataFrame, language: Language) -> None:
    """The day, and the button that makes tasks of the chosen findings (columns community and criterion)."""
    if chosen.empty:
        st.caption(say(language, "Tick what is to be put right; what is wrong and what to do are filled in."))
        return
    many = len(chosen) > MOST_AT_ONCE
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        due = st.date_input(say(language, "By"), clock.today() + DAYS, key="bulk_due", format="YYYY-MM-DD", width=160)
        name = say(language, "Make {n} tasks", n=len(chosen))
        if st.button(name, key="bulk_make", type="primary", disabled=many):
            pairs = list(zip(chosen["community"], chosen["criterion"], strict=True))
            made = make_of_lost(grant(), the_store(), frame.period, pairs, due, language=language, now=clock.now())
            st.session_state[_MADE] = made, len(pairs) - len(made)
            st.rerun()
    if many:
        st.warning(say(language, "At most {n} at once.", n=MOST_AT_ONCE))


def draw_made(language: Language) -> None:
    """What was made last, with its papers one click away."""
    made, others = st.session_state.get(_MADE, ((), 0))
    if not made and not others:
        return
    with st.container(border=True):
        st.success(say(language, "Made {n} tasks.", n=len(made)))
        if others:
            st.caption(say(language, "{n} others have an open task already.", n=others))
        if made:
            draw_orders(made, language)
