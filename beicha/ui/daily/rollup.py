"""The day of all units on one page: who reported when, what they wrote, and tasks of the problems with one click."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from beicha.actions import settings, tasks
from beicha.actions.opening import the_store
from beicha.actions.tasks import NewTask
from beicha.actions.views.daily import DailyRow, DailyView, Problem, missing_text, origin
from beicha.ui import clock
from beicha.ui.downloads import draw_link
from beicha.ui.metrics import card
from beicha.ui.person import grant, holds
from beicha.ui.tables import arrow, draw_table
from beicha.ui.texts import literal
from beicha.words.daily import daily_text
from beicha.words.language import Language, say
from beicha.words.tasks import task_text
from beicha.words.times import shown

DAYS = timedelta(days=3)
_MADE = "daily_task"


def draw_rollup(view: DailyView, language: Language) -> None:
    """Numbers, the units, the reminder, what was written, and the month so far."""
    with st.grid(4, min_column_width=140, gap="small"):
        expected = sum(row.state != "free" for row in view.rows)
        card(
            say(language, "On time"),
            f"{view.count('in_time')} / {expected}",
            say(language, "by {hour}:00", hour=view.duty.hour),
        )
        card(say(language, "Reported late"), str(view.count("late")), say(language, "after the hour"))
        card(say(language, "Not reported"), str(view.count("missing")), say(language, "the hour is over"))
        problems = sum(len(row.problems) for row in view.rows)
        card(say(language, "Problems"), str(problems), say(language, "told in the reports"))
    _draw_links(view, language)
    for row in view.rows:
        _draw_row(row, view, language)
    _draw_reminder(view, language)
    _draw_month(view, language)


def _draw_links(view: DailyView, language: Language) -> None:
    values = {"day": view.day.isoformat(), "lang": language}
    with st.container(horizontal=True, gap="small"):
        draw_link(say(language, "Download this page (.xlsx)"), "/download/daily.xlsx", values)
        draw_link(say(language, "One page (.docx)"), "/download/daily.docx", values)


def _draw_row(row: DailyRow, view: DailyView, language: Language) -> None:
    when = shown(row.first)[11:] if row.first else ""
    head = " · ".join(part for part in (row.area.name, row.above, daily_text(row.state, language), when) if part)
    with st.container(border=True, gap="small"):
        st.markdown(f"**{literal(head)}**")
        if row.report is None:
            return
        entry = row.report.entry
        for title, text in (
            (say(language, "Work done"), entry.work),
            (say(language, "To be coordinated"), entry.needs),
        ):
            if text:
                st.markdown(f"{title}：{literal(text)}")
        for problem in row.problems:
            _draw_problem(problem, row, view, language)
        st.caption(
            literal(
                " · ".join(
                    (shown(row.report.made_at), row.report.made_by, say(language, "version {n}", n=row.versions))
                )
            )
        )


def _draw_problem(problem: Problem, row: DailyRow, view: DailyView, language: Language) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        text = f"{problem.name}：{problem.text}" if problem.name else problem.text
        st.markdown(f"{problem.number}\\. {literal(text)}", width="content")
        if problem.task and problem.state:
            st.caption(literal(f"{problem.task:06d} {task_text(problem.state, language)}"))
        elif holds("assign"):
            _draw_making(problem, row, view, language)


def _draw_making(problem: Problem, row: DailyRow, view: DailyView, language: Language) -> None:
    """One click where the community is known; else it is asked for."""
    key, name = f"daily-{row.area.code}-{problem.number}", say(language, "Make it a task")
    if problem.community:
        st.button(name, key=key, type="tertiary", on_click=_make, args=(problem, row, view, problem.community))
        return
    with st.popover(name, type="tertiary"):
        places = view.places[row.area.code]
        place = st.selectbox(
            say(language, "Community"), list(places), format_func=lambda code: places[code], key=f"{key}-place"
        )
        st.button(say(language, "Make the task"), key=key, on_click=_make, args=(problem, row, view, place))


def _make(problem: Problem, row: DailyRow, view: DailyView, community: str) -> None:
    due, period = clock.today() + DAYS, f"{view.day:%Y-%m}"
    where = origin(row.area.code, view.day, problem.text)
    new = NewTask(community, period, "", problem.text[:60], problem.text[: tasks.LONGEST], "", "", (), due, {}, where)
    tasks.make(grant(), the_store(), [new], now=clock.now())


def _draw_reminder(view: DailyView, language: Language) -> None:
    text = missing_text(view, settings.district_name(grant(), the_store()), now=clock.now())
    if text and holds("set_up"):
        st.text_area(say(language, "Reminder"), text, height=110, key=f"daily-reminder-{view.day.isoformat()}")


def _draw_month(view: DailyView, language: Language) -> None:
    if not any(one.expected for one in view.month):
        return
    st.subheader(say(language, "The month so far"), anchor=False)
    columns = {
        "name": say(language, "Unit"),
        "rate": st.column_config.NumberColumn(say(language, "In time %"), format="%.2f"),
        "expected": say(language, "Expected"),
        "in_time": say(language, "On time"),
        "late": say(language, "Reported late"),
    }
    rows = [[one.name, one.rate, one.expected, one.in_time, one.late] for one in view.month]
    table = arrow(pd.DataFrame(rows, columns=list(columns)))
    draw_table(table, columns, "daily_month", say(language, "The month so far"))
