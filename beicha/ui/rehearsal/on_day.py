"""Readiness on the day of the inspection: what leaves its window by then, down to the rows."""

import datetime

import streamlit as st

from beicha.actions.views.leaving import Readiness
from beicha.ui import clock, office
from beicha.ui.person import holds
from beicha.ui.tables import choosing, chosen_row, draw_rows, draw_table, state_text
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import score
from scoring.edition import Edition

_KEY = "leaving"
MOST = 300


def pick_day(period: str, language: Language) -> str:
    """The month of the inspection; '' where no day is chosen, or none after the month that is looked at."""
    name = say(language, "Day of the inspection (empty: as it stands)")
    least = datetime.date.fromisoformat(f"{period}-01")
    most = clock.today() + datetime.timedelta(days=1100)
    day = st.date_input(
        name, None, min_value=least, max_value=max(most, least), key="inspection_day", bind="query-params",
        format="YYYY-MM-DD", width=260,
    )  # fmt: skip
    if day is None:
        return ""
    month = f"{day:%Y-%m}"
    if month <= period:
        st.caption(say(language, "The day lies in a month that is scored already; windows stay as they are."))
        return ""
    return month


def readiness_on(period: str, month: str, language: Language) -> Readiness | None:
    """The month as it stands on the day, None without one; told how far it is while it is worked out."""
    if not month:
        return None
    place = st.empty()
    text = later("Working out what still counts by then … {done} of {total}")

    def tell(done: int, total: int) -> None:
        place.progress(done / max(total, 1), say(language, text, done=done, total=total))

    found = office.readiness(period, month, tell)
    place.empty()
    return found


def draw_leaving(ready: Readiness, edition: Edition, month: str, language: Language) -> None:
    """The findings that lose points by then; choosing one shows the rows that no longer count."""
    st.subheader(say(language, "What leaves its window by {month}", month=month), anchor=False)
    found = ready.findings.head(MOST)
    if found.empty:
        st.caption(say(language, "Nothing leaves its window by then."))
        return
    text = later("{n} findings lose points by then unless it is done again from {month} on: {points} points in all.")
    total = score(float(ready.findings["taken"].sum()))
    st.caption(say(language, text, n=int((ready.findings["taken"] > 0).sum()), month=month, points=total))
    columns = {
        "name": st.column_config.TextColumn(say(language, "Community")),
        "what": st.column_config.TextColumn(say(language, "Criterion"), width="medium"),
        "taken": st.column_config.NumberColumn(say(language, "Points taken"), format="%.2f"),
        "after": st.column_config.TextColumn(say(language, "Then")),
        "remedy": st.column_config.TextColumn(say(language, "What to do"), width="medium"),
        "line": st.column_config.TextColumn(say(language, "Lead")),
    }
    what = [f"{code} {title}" for code, title in zip(found["criterion"], found["title"], strict=True)]
    after = [state_text(state, language) for state in found["after"]]
    alt = say(language, "What leaves its window by {month}", month=month)
    draw_table(
        found.assign(what=what, after=after)[list(columns)], columns, _KEY, alt, most=8, on_select=choosing(_KEY)
    )
    number = chosen_row(_KEY, len(found))
    if number is not None and holds("rows"):
        one = found.iloc[number]
        rows = office.leaving(ready.then.period, month, str(one["community"]), str(one["criterion"]))
        st.markdown(f"**{literal(one['name'])} {literal(what[number])}** · "
                    + say(language, "The rows that no longer count by then"))  # fmt: skip
        draw_rows(rows, edition, language, "leaving-rows")
