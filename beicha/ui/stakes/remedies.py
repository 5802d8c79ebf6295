"""What is at stake grouped by what is to be done, and tasks of what is ticked."""

import pandas as pd
import streamlit as st

from beicha.actions.views.stakes import Stakes
from beicha.ui import clock, office
from beicha.ui.frame import Frame
from beicha.ui.person import holds
from beicha.ui.tables import draw_to_tick
from beicha.ui.tasks.bulk import draw_form, draw_made
from beicha.words.language import Language, later, say


def draw_remedies(frame: Frame, view: Stakes) -> None:
    """The criteria that lose points, each with what its communities together would win."""
    language, number = frame.language, st.column_config.NumberColumn
    draw_made(language)
    columns = {
        "what": st.column_config.TextColumn(say(language, "Criterion"), width="medium"),
        "gain": number(say(language, "District +"), format="%.3f"),
        "communities": number(say(language, "Communities that lose by it"), format="%d"),
        "remedy": st.column_config.TextColumn(say(language, "What to do"), width="medium"),
        "line": st.column_config.TextColumn(say(language, "Lead")),
    }
    what = [f"{code} {title}" for code, title in view.remedies["title"].items()]
    table = view.remedies.assign(what=what)[list(columns)].reset_index(drop=True)
    key = f"remedies-{frame.period}-{frame.street}-{frame.line}"
    ticked = draw_to_tick(table, columns, key, say(language, "By remedy"), most=12)
    text = later(
        "How much the district score rises if the criterion becomes met in all these communities. "
        "Tick some to make tasks of them."
    )
    st.caption(say(language, text))
    if ticked:
        _draw_ticked(frame, view, list(view.remedies.index[ticked]), language)


def _draw_ticked(frame: Frame, view: Stakes, codes: list[str], language: Language) -> None:
    text = later("Doing all that is ticked raises the district score by {gain}.")
    st.markdown(say(language, text, gain=f"{office.gain_together(frame, tuple(codes)):.3f}"))
    if not view.exact and len(codes) > 1:
        text = later(
            "The edition gives who is not applicable the mean of others, so together they may win a little more or "
            "less than this sum."
        )
        st.caption(say(language, text))
    if not holds("assign"):
        return
    chosen: pd.DataFrame = view.each[view.each["criterion"].isin(codes)]
    known = office.tasks("", "", clock.now()).rows
    open_ = {(row.task.new.community, row.task.new.criterion) for row in known if row.state in ("open", "claimed")}
    pairs = zip(chosen["community"], chosen["criterion"], strict=True)
    free = chosen[[pair not in open_ for pair in pairs]]
    text = later("{n} findings, of which {open} have an open task already.")
    st.caption(say(language, text, n=len(chosen), open=len(chosen) - len(free)))
    draw_form(frame, free, language)
