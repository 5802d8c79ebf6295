"""Writing a daily report: three fields, large enough for a thumb, with what was written before."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from beicha.actions.daily import LONGEST, DailyEntry, DailyError, problems_in, problems_text, writable, write
from beicha.actions.opening import the_store
from beicha.actions.views.daily import DailyView
from beicha.ui import clock
from beicha.ui.person import grant, holds
from beicha.words.language import Language, later, say
from beicha.words.times import shown

FAULTS = {
    "empty": later("Write something in one of the three fields."),
    "long": later("A text is too long: at most 2000 characters in each field."),
    "many": later("At most 30 problems, one a line."),
    "early": later("This day has not come yet."),
    "old": later("A report can be written up to 31 days back."),
}
_SAID = "daily_said"


def draw_writing(view: DailyView, language: Language) -> None:
    """The form for the areas that the reader reports for; nothing for others."""
    if not holds("daily"):
        return
    mine = {area.code: area.name for area in writable(grant(), the_store(), view.day)}
    if not mine:
        return
    st.subheader(say(language, "Write the report"), anchor=False)
    said = st.session_state.pop(_SAID, "")
    if said:
        st.success(said)
    area = next(iter(mine))
    if len(mine) > 1:
        area = str(
            st.selectbox(say(language, "Unit"), list(mine), format_func=lambda code: mine[code], key="daily_area")
        )
    _draw_form(view, area, language)


def _draw_form(view: DailyView, area: str, language: Language) -> None:
    row = next((row for row in view.rows if row.area.code == area), None)
    known, places = (row.report.entry if row and row.report else None), view.places.get(area, {})
    if row is not None and row.report is not None:
        told = say(
            language,
            "Written {time} by {who}, version {n}.",
            time=shown(row.report.made_at),
            who=row.report.made_by,
            n=row.versions,
        )
        st.caption(told)
    key = f"{area}-{view.day.isoformat()}-{row.versions if row else 0}"
    with st.form(f"daily-{key}", border=False):
        work = _field(say(language, "Work done"), known.work if known else "", f"daily-work-{key}")
        hint = say(language, "One a line. Begin with a community's name and a colon to say where it is.")
        problems = problems_text(known.problems, places) if known else ""
        wrong = st.text_area(
            say(language, "Problems"), problems, key=f"daily-wrong-{key}", max_chars=LONGEST, height=110, help=hint
        )
        needs = _field(say(language, "To be coordinated"), known.needs if known else "", f"daily-needs-{key}")
        sent = st.form_submit_button(say(language, "Send the report"), type="primary", width="stretch")
    if sent:
        _write(view.day, area, (work, wrong or "", needs), places, language)


def _field(label: str, text: str, key: str) -> str:
    return st.text_area(label, text, key=key, max_chars=LONGEST, height=90) or ""


def _write(day: date, area: str, texts: tuple[str, str, str], places: Mapping[str, str], language: Language) -> None:
    work, wrong, needs = (text.strip() for text in texts)
    try:
        write(grant(), the_store(), DailyEntry(area, day, work, problems_in(wrong, places), needs), now=clock.now())
    except DailyError as fault:
        st.error(say(language, FAULTS[fault.kind]))
    else:
        st.session_state[_SAID] = say(language, "The report is kept ({time}).", time=shown(clock.now()))
        st.rerun()
