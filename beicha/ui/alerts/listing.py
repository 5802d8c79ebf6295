"""The warnings as a list, by kind; the one that is chosen opens what lies behind it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from beicha.actions.views.alerts import MOST, Alert, AlertList, of_kind
from beicha.ui import clock, links, office
from beicha.ui.frame import Frame, unique_labels
from beicha.ui.tables import arrow, choosing, chosen_row, draw_table
from beicha.ui.texts import literal
from beicha.words.alerts import KINDS, alert_text, kind_text
from beicha.words.language import Language, later, say
from beicha.words.numbers import score

_TABLE = "alert_rows"
_EVERY = ""


def draw_alerts(frame: Frame) -> None:
    """The list, and the way to what the chosen warning is about."""
    language = frame.language
    found = office.alerts(frame.street, frame.line, clock.now())
    if not found.all:
        st.caption(say(language, "No warnings at the moment."))
        return
    kind = _pick_kind(found, language)
    shown = of_kind(found, kind)
    if found.all > MOST:
        text = later("{n} in all; shown are the {most} that cost most.")
        st.caption(say(language, text, n=found.all, most=MOST))
    key = "-".join((_TABLE, frame.street, frame.line, kind))  # a choice in one list is none in another
    _draw_table(shown, key, language)
    place = chosen_row(key, len(shown))
    if place is not None:
        _draw_chosen(shown[place], language)


def _pick_kind(found: AlertList, language: Language) -> str:
    names = {_EVERY: say(language, "All kinds")}
    for kind in KINDS:
        count = len(of_kind(found, kind))
        if count:
            names[kind] = say(language, "{kind} ({n})", kind=kind_text(kind, language), n=count)
    chosen = st.pills(
        say(language, "Kind"), list(names), format_func=lambda kind: names[kind], default=_EVERY, required=True,
        key="alert_kind", label_visibility="collapsed",
    )  # fmt: skip
    return str(chosen) if chosen in names else _EVERY


def _draw_table(shown: Sequence[Alert], key: str, language: Language) -> None:
    rows = [
        {
            "points": one.points,
            "kind": kind_text(one.kind, language),
            "who": who_text(one, language),
            "criterion": f"{one.criterion} {one.title}".strip() or None,
            "text": sentence_of(one, language),
            "line": one.line_title or None,
        }
        for one in shown
    ]
    column = st.column_config.TextColumn
    columns = {
        "points": st.column_config.NumberColumn(say(language, "Points at risk"), format="%.2f", width=76),
        "kind": column(say(language, "Kind"), width=96),
        "who": column(say(language, "Community"), width=110),
        "criterion": column(say(language, "Criterion"), width=190),
        "text": column(say(language, "What is wrong"), width=420),
        "line": column(say(language, "Line"), width=130),
    }
    table = arrow(pd.DataFrame(rows, columns=list(columns)))
    draw_table(table, columns, key, say(language, "Alerts"), most=MOST, on_select=choosing(key))
    note = later("From what is handed in so far. Choose a row to read all of it and to open what lies behind it.")
    st.caption(say(language, note))


def who_text(one: Alert, language: Language) -> str | None:
    """The community, or how many; None for a line."""
    if len(one.communities) > 1:
        return say(language, "{n} communities", n=len(one.communities))
    return one.communities[0][1] if one.communities else None


def sentence_of(one: Alert, language: Language) -> str:
    """What is wrong, in words."""
    return alert_text(one.kind, one.values, score(one.points), len(one.communities), language)


def _draw_chosen(one: Alert, language: Language) -> None:
    """The whole sentence, and the ways from there."""
    with st.container(border=True):
        about = [who_text(one, language) or one.line_title, f"{one.criterion} {one.title}".strip()]
        st.markdown(f"**{literal(' · '.join(part for part in about if part))}**")
        st.markdown(literal(sentence_of(one, language)))
        if one.kind == "piling":
            label = say(language, "Open the tasks of this line")
            st.button(label, key="alert_tasks", on_click=links.open_tasks, args=(one.line,))
        else:
            _draw_ways(one, language)


def _draw_ways(one: Alert, language: Language) -> None:
    names = dict(one.communities)
    code = one.communities[0][0]
    if len(names) > 1:
        labels = unique_labels(names)
        chosen = st.selectbox(
            say(language, "Community"), list(labels), key=f"alert_of_{one.kind}_{one.criterion}", width=220
        )
        code = labels[str(chosen)]
    criterion = f"{one.criterion} {one.title}".strip()
    with st.container(horizontal=True, gap="small"):
        label = say(language, "Open the criterion and its rows") if criterion else say(language, "Open the community")
        st.button(label, key="alert_open", on_click=links.open_finding, args=(code, one.period, criterion))
        if one.kind == "drifting":
            label = say(language, "Self-report and verification over the months")
            st.button(label, key="alert_verified", on_click=links.open_verified, args=(code, one.period))
