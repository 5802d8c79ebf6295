"""A month of the calendar."""

from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.views.calendar import CalendarView, DueItem, months_around
from beicha.ui import clock
from beicha.ui.downloads import draw_link
from beicha.ui.frame import Frame
from beicha.ui.tables import arrow, choosing, chosen_row, draw_table
from beicha.ui.texts import literal
from beicha.words.calendar import event_text, kind_text, what_text
from beicha.words.language import Language, say

_KEY = "calendar_items"


def pick_month(language: Language) -> str:
    """The month, this one first."""
    months = months_around(clock.today())
    return str(st.selectbox(say(language, "Month"), months, key="calendar_month", bind="query-params", width=150))


def draw_month(view: CalendarView, frame: Frame) -> None:
    """Dates on top, then what falls due; the one that is chosen opens to the names."""
    language = frame.language
    if view.dates:
        st.subheader(say(language, "Dates"), anchor=False)
        told = (
            f"{one.day.isoformat()} {event_text(one.event, one.period, one.number, language)}" for one in view.dates
        )
        st.markdown("\n".join(f"- {literal(text)}" for text in told))
    st.subheader(say(language, "Falls due"), anchor=False)
    if not view.items:
        st.caption(say(language, "Nothing falls due in this month by itself."))
        return
    if not view.communities:
        st.caption(say(language, "This month has no score yet: it is not known who has what."))
    columns = _columns(language)
    table = pd.DataFrame([_cells(item, view, language) for item in view.items], columns=list(columns))
    draw_table(arrow(table), columns, _KEY, say(language, "Falls due"), most=25, on_select=choosing(_KEY))
    place = chosen_row(_KEY, len(view.items))
    if place is not None:
        _draw_missing(view.items[place], language)
    values = {"period": view.period, "street": frame.street, "line": frame.line, "lang": language}
    with st.container(horizontal=True, gap="small"):
        draw_link(say(language, "Download this page (.xlsx)"), "/download/calendar.xlsx", values)
        draw_link(say(language, "For a phone's calendar (.ics)"), "/download/calendar.ics", values)


def _columns(language: Language) -> dict[str, Any]:
    return {
        "title": st.column_config.TextColumn(say(language, "Criterion"), width="medium"),
        "what": say(language, "To be done"),
        "met": say(language, "Met"),
        "kind": say(language, "Why due"),
        "line": say(language, "Line"),
        "by": say(language, "By"),
    }


def _cells(item: DueItem, view: CalendarView, language: Language) -> list[Any]:
    met = None if item.met is None else f"{item.met} / {view.communities}"
    what, kind = what_text(item.kind, item.what, language) or None, kind_text(item.kind, language)
    return [f"{item.criterion} {item.title}", what, met, kind, item.line, item.by.isoformat()]


def _draw_missing(item: DueItem, language: Language) -> None:
    with st.container(border=True):
        st.markdown(f"**{literal(item.criterion)} {literal(item.title)}**")
        if item.met is None:
            st.caption(say(language, "This month has no score yet: it is not known who has what."))
        elif item.missing:
            st.markdown(literal(say(language, "Not yet: {names}", names="、".join(item.missing))))
        else:
            st.markdown(literal(say(language, "All for whom it is due have it.")))
